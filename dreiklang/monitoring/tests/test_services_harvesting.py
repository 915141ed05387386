"""A catalogue becomes datasets here: nothing lost, nothing of the city's own overwritten, what vanished is marked."""

from datetime import date

import pytest

from dreiklang.core.enums import Outcome, Visibility
from dreiklang.core.models import Problem, RowResult
from dreiklang.monitoring.models import Catalogue, CatalogueEntry, Dataset, Resource
from dreiklang.monitoring.queries.catalogue_export import kept_catalogue
from dreiklang.monitoring.queries.catalogue_wording import sentence
from dreiklang.monitoring.rules.dcat.described import Described
from dreiklang.monitoring.rules.dcat.reading import ReadCatalogue, read_things, things_of
from dreiklang.monitoring.rules.harvests import HarvestState
from dreiklang.monitoring.services.harvesting import note_refused, publish_entries
from dreiklang.monitoring.services.own_datasets import change_dataset
from dreiklang.monitoring.tests.catalogues import (
    AIR,
    NOW,
    TREES,
    dataset_named,
    harvested,
    neighbours,
    said,
)
from dreiklang.people.rules import PUBLIC, SYSTEM
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


def test_a_dataset_comes_with_its_fields_and_resources() -> None:
    run = harvested(TREES + AIR)

    trees = dataset_named("Bäume")
    assert (run.new_count, run.row_count) == (2, 2)
    assert (trees.publisher_name, trees.rhythm, trees.themes) == ("Grünflächenamt", "ANNUAL", ["ENVI"])
    assert (trees.modified_on, trees.modified_words) == (date(2024, 2, 1), "2024-02-01")
    resource = trees.resources.get()
    assert (resource.title, resource.format, resource.licence) == ("als Tabelle", "CSV", "")
    assert resource.licence_words == "nur zum Ansehen"
    assert kept_catalogue(neighbours().pk) == _rebuilt(TREES + AIR)


def test_days_and_licences_in_words_are_kept_and_told() -> None:
    run = harvested(TREES)

    entry = CatalogueEntry.objects.get()
    words = {(rule, said) for rule, _predicate, said in entry.as_written}
    assert words == {("date", "01.02.2024"), ("date", "im Sommer"), ("licence", "nur zum Ansehen")}
    assert dataset_named("Bäume").issued_on is None
    told = set(Problem.objects.filter(run=run).values_list("code", "value"))
    assert {("date", "01.02.2024"), ("licence", "nur zum Ansehen")} <= told


def test_what_the_city_said_survives_the_next_harvest() -> None:
    harvested(TREES)
    person, office = people.account(), people.department()
    trees = dataset_named("Bäume")
    values = {
        "responsible_id": person.pk,
        "department_id": office.pk,
        "next_due_on": date(2026, 3, 1),
        "quality_note": "Ohne Straßenbäume",
        "visibility": Visibility.INTERNAL,
        "title": "Mein Titel",
    }
    change_dataset(by=SYSTEM, dataset_id=trees.pk, version=trees.version, values=values)

    run = harvested(TREES.replace("Alle Bäume der Stadt", "Alle Bäume"))

    after = Dataset.objects.defer("search").get(pk=trees.pk)
    assert (run.changed_count, run.new_count) == (1, 0)
    assert (after.title, after.description) == ("Bäume", "Alle Bäume")
    assert (after.responsible_id, after.department_id) == (person.pk, office.pk)
    assert (after.next_due_on, after.quality_note) == (date(2026, 3, 1), "Ohne Straßenbäume")
    assert after.visibility == Visibility.INTERNAL
    changed = RowResult.objects.get(run=run, outcome=Outcome.CHANGED)
    assert changed.differences == [
        {"field": "description", "before": "Alle Bäume der Stadt", "after": "Alle Bäume"}
    ]


def test_what_vanished_is_marked_and_comes_back() -> None:
    harvested(TREES + AIR)

    gone = harvested(TREES)
    again = harvested(TREES)
    air = CatalogueEntry.objects.get(dataset__title="Luft")
    assert (gone.missing_count, again.missing_count, air.missing_since) == (1, 0, NOW)

    harvested(TREES + AIR)

    air.refresh_from_db()
    assert air.missing_since is None


def test_one_page_of_three_lets_nothing_vanish() -> None:
    harvested(TREES + AIR)

    run = harvested(TREES, is_complete=False)

    assert run.missing_count == 0
    assert not CatalogueEntry.objects.exclude(missing_since=None).exists()


def test_an_unchanged_dataset_is_not_written_again() -> None:
    harvested(TREES)
    before = dataset_named("Bäume").version

    run = harvested(TREES)

    assert (run.unchanged_count, run.changed_count) == (1, 0)
    assert dataset_named("Bäume").version == before
    assert Problem.objects.filter(run=run).count() == 0


def test_the_same_resources_stay_the_same_rows() -> None:
    harvested(TREES)
    before = Resource.objects.get().pk

    harvested(TREES.replace("Alle Bäume der Stadt", "Alle Bäume"))

    assert Resource.objects.get().pk == before


def test_a_dry_run_shows_what_would_come_and_keeps_nothing() -> None:
    run = harvested(TREES, is_dry_run=True)

    assert (run.is_dry_run, run.new_count, Dataset.objects.count()) == (True, 1, 0)
    assert RowResult.objects.filter(run=run).count() == 1
    assert Catalogue.objects.get().state == HarvestState.NEVER


def test_a_refused_catalogue_leaves_all_as_it_was() -> None:
    harvested(TREES)

    run = note_refused(by=SYSTEM, catalogue=neighbours(), now=NOW, code="syntax", value="Stand:", line=1)

    assert run.state == "refused"
    assert Problem.objects.get(run=run).row == 1
    assert dataset_named("Bäume").entry.missing_since is None
    assert Catalogue.objects.get().state == HarvestState.BROKEN_OFF


def test_a_name_that_is_too_long_is_refused_alone() -> None:
    long = "x" * 1_200

    run = harvested(TREES + f':{long} a dcat:Dataset ; dct:title "Zu lang" .')

    assert (run.new_count, run.refused_count) == (1, 1)
    assert Problem.objects.filter(run=run, code="name_too_long", weight="error").exists()


def test_a_dataset_without_a_title_comes_under_its_code() -> None:
    harvested(':ohne a dcat:Dataset ; dct:description "Etwas" .')

    assert Dataset.objects.get().title == "ohne"


def test_two_datasets_with_the_same_end_of_name_get_different_codes() -> None:
    harvested("<https://a.example/d> a dcat:Dataset . <https://b.example/d> a dcat:Dataset .")

    codes = Dataset.objects.order_by("code").values_list("code", flat=True)
    assert len(set(codes)) == 2


def test_a_file_is_internal_until_somebody_shows_it() -> None:
    harvested(TREES, visibility=Visibility.INTERNAL)
    assert dataset_named("Bäume").visibility == Visibility.INTERNAL

    assert publish_entries(by=SYSTEM, catalogue_id=neighbours().pk) == 1

    assert dataset_named("Bäume").visibility == Visibility.PUBLIC


def test_only_those_who_run_catalogues_may_harvest() -> None:
    with pytest.raises(NotAllowed):
        publish_entries(by=PUBLIC, catalogue_id=1)


def _rebuilt(turtle: str) -> object:
    brought = said(turtle)
    things: dict[str, Described] = {one.iri: one for one in brought.further}
    for one in things_of(ReadCatalogue(datasets=brought.datasets)):
        things.setdefault(one.iri, one)
    return read_things(tuple(things[iri] for iri in sorted(things)))


EMPTY = ':katalog a dcat:Catalog ; dct:title "Daten der Nachbarn" .'


@pytest.mark.parametrize("is_dry_run", [True, False])
def test_a_catalogue_that_suddenly_names_nothing_marks_nothing(is_dry_run: bool) -> None:
    harvested(TREES + AIR)

    run = harvested(EMPTY, pages={"https://nachbarn.example/catalog.ttl": {}}, is_dry_run=is_dry_run)

    assert run.missing_count == 0
    assert not CatalogueEntry.objects.exclude(missing_since=None).exists()
    (problem,) = Problem.objects.filter(run=run)
    assert (problem.code, problem.value) == ("names_nothing", "https://nachbarn.example/catalog.ttl")
    assert "es wurde nichts als verschwunden vermerkt" in sentence(problem.code, value=problem.value)
    # So that the next answer is read, whatever the server says of it.
    assert is_dry_run or neighbours().pages == {}


def test_a_catalogue_of_which_somebody_says_that_it_is_empty_marks_all() -> None:
    harvested(TREES + AIR)

    assert harvested(EMPTY, is_emptied=True).missing_count == 2
    assert not Problem.objects.filter(code="names_nothing").exists()


def test_a_catalogue_that_was_empty_before_is_not_suspicious() -> None:
    harvested(EMPTY)

    assert not Problem.objects.filter(code="names_nothing", run=harvested(EMPTY)).exists()
