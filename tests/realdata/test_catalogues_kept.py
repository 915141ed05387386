"""Rostock's catalogue and the examples of DCAT-AP.de through the command into the database, and out again the same."""

from pathlib import Path

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from dreiklang.config.cli import main
from dreiklang.core.enums import Outcome, RunState
from dreiklang.core.models import Problem, Run
from dreiklang.core.rdf import Iri, read_rdf
from dreiklang.monitoring.models import Catalogue, Dataset, OwnCatalogue, Resource
from dreiklang.monitoring.queries.catalogue_export import kept_catalogue
from dreiklang.monitoring.rules.dcat.reading import read_catalogue
from dreiklang.monitoring.rules.dcat.values import first_text
from dreiklang.monitoring.rules.dcat.writing import fit_for_export
from tests.realdata.dcat_files import DATA, EXAMPLES, ROSTOCK, upgraded_of

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.django_db,
    pytest.mark.skipif(not ROSTOCK.exists(), reason="../shared/data/catalogues is not there"),
]
FORMS = ("rdf", "ttl", "jsonld")


def taken_in(path: Path, *options: str) -> int:
    return main(["import", "catalogue", str(path), *options])


def the_city_publishes() -> None:
    OwnCatalogue.objects.create(
        title="Datenkatalog", description="Alle Daten der Stadt", publisher_name="Stadt Klarenbrück"
    )


def test_rostock_comes_in_with_all_its_resources_and_stays_as_it_is() -> None:
    assert taken_in(ROSTOCK, "--source", "OpenData.HRO") == 0

    run = Run.objects.get(source__kind="catalogue")
    assert (run.new_count, run.refused_count, run.state) == (100, 0, RunState.DONE)
    assert (Dataset.objects.count(), Resource.objects.count()) == (100, 773)
    assert Dataset.objects.filter(title="", publisher_name="").count() == 0
    assert Resource.objects.filter(licence="").count() == 0
    assert Resource.objects.exclude(byte_size=None).count() == 521
    told = Problem.objects.filter(run=run, code="more_pages").values_list("value", flat=True)
    assert list(told) == ["100/217"]
    assert kept_catalogue(Catalogue.objects.get().pk) == upgraded_of(ROSTOCK).value

    taken_in(ROSTOCK)

    again = Run.objects.filter(source__kind="catalogue").latest("pk")
    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 0, 100)


def test_rostock_goes_out_as_it_came_in(client: Client) -> None:
    the_city_publishes()
    taken_in(ROSTOCK, "--own", "--public")

    for form in FORMS:
        again = read_catalogue(read_rdf(outside(client, f"/catalog.{form}")).triples)

        assert again.datasets == upgraded_of(ROSTOCK).value.datasets
        assert first_text(again.catalogues[0].title) == "Datenkatalog"
        named = {one.value for one in again.catalogues[0].dataset if isinstance(one, Iri)}
        assert named == {one.iri for one in again.datasets}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_kept_as_it_is_and_goes_out_without_what_3_0_refuses(client: Client, name: str) -> None:
    the_city_publishes()
    said = upgraded_of(EXAMPLES[name]).value

    assert taken_in(EXAMPLES[name], "--own", "--public", "--skip-before-prefix") == 0

    assert kept_catalogue(Catalogue.objects.get().pk) == said
    again = read_catalogue(read_rdf(outside(client, "/catalog.ttl")).triples)
    assert again.datasets == fit_for_export(said.datasets).datasets


def outside(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert isinstance(answer, StreamingHttpResponse)
    return answer.getvalue()


def test_a_dry_run_leaves_nothing_behind(capsys: pytest.CaptureFixture[str]) -> None:
    assert taken_in(EXAMPLES["dcat_ap_de-RefImp_TTL_ADVANCED.ttl"], "--dry-run") == 0

    assert (Dataset.objects.count(), Catalogue.objects.count()) == (0, 0)
    run = Run.objects.get()
    assert (run.is_dry_run, run.new_count) == (True, 2)
    assert run.results.filter(outcome=Outcome.NEW).count() == 2
    assert "Es wurde nichts geändert." in capsys.readouterr().out


def test_a_line_before_the_first_prefix_is_refused_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    path = EXAMPLES["2024-02-22_UAG_Beispieldatensatz_v1.ttl"]

    assert taken_in(path) == 2

    said = capsys.readouterr().err
    assert "Zeile 1: Diese Zeile lässt sich nicht lesen: „Stand: 22.02.2024 16:12“." in said
    assert "--skip-before-prefix" in said
    assert Dataset.objects.count() == 0
    assert taken_in(path, "--skip-before-prefix") == 0
    assert "weggelassen: 1" in capsys.readouterr().out


def test_a_list_of_licences_is_no_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    assert taken_in(DATA / "dcat-licences" / "dcat_licenses.json") == 2
    assert "weder ein Datenkatalog noch ein Datensatz" in capsys.readouterr().err


def test_half_a_catalogue_is_refused_and_what_was_there_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = EXAMPLES["dcat_ap_de-RefImp_RDF_ADVANCED.rdf"]
    taken_in(whole)
    half = tmp_path / whole.name
    half.write_bytes(whole.read_bytes()[:4_000])

    assert taken_in(half) == 2

    assert "abgeschnitten" in capsys.readouterr().err
    assert Dataset.objects.filter(entry__missing_since=None).count() == 2
