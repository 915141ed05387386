"""Catalogues read from their address, over real HTTP; and what is refused."""

import gzip
import io
import json
import zipfile
from collections.abc import Iterator

import pytest

from dreiklang.core.fetching import Client, Patience
from dreiklang.core.models import Problem, Run
from dreiklang.monitoring.imports.catalogue_file import CannotReadCatalogue, first_address, read_file
from dreiklang.monitoring.imports.catalogue_harvest import harvest, harvest_address
from dreiklang.monitoring.models import Catalogue, CatalogueEntry, Dataset
from dreiklang.monitoring.queries.catalogue_wording import sentence
from dreiklang.monitoring.rules.harvests import HarvestState
from dreiklang.monitoring.services.catalogues import (
    CannotHarvest,
    begin_harvest,
    catalogue_at,
    daily_catalogues,
)
from dreiklang.monitoring.tests.catalogues import NOW
from dreiklang.people.rules import SYSTEM
from tests.catalogue_server.server import Portal, dataset, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Iterator[Portal]:
    with serving(Portal(pages=[dataset("a", "Bäume"), dataset("b", "Luft")])) as served:
        yield served


TURTLE = b'<https://stadt.example/d/1> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "B" .'


def packed(*files: tuple[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return whole.getvalue()


@pytest.mark.parametrize(
    "content", [gzip.compress(TURTLE), packed(("katalog/alles.ttl", TURTLE))], ids=["gzip", "zip"]
)
def test_a_packed_catalogue_is_unpacked(content: bytes) -> None:
    found = read_file(content)

    assert [one.iri for one in found.brought.datasets] == ["https://stadt.example/d/1"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(TURTLE)[:-12], "cut_off"),
        (gzip.compress(bytes(60 * 1024 * 1024)), "too_large"),
        (packed(("leer.ttl", bytes(60 * 1024 * 1024))), "too_large"),
        (packed(("a.ttl", TURTLE), ("b.ttl", TURTLE)), "several_files"),
        (packed(("a.ttl", TURTLE))[:60], "cut_off"),
        (packed(), "empty"),
    ],
    ids=["cut gzip", "gzip too large", "zip too large", "two files", "cut zip", "empty zip"],
)
def test_a_package_that_holds_no_one_catalogue_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(CannotReadCatalogue) as refusal:
        read_file(content)

    assert refusal.value.code == code
    assert sentence(code, value=refusal.value.words)


def test_a_count_in_words_does_not_stop_ckan() -> None:
    answer = {"success": True, "result": {"count": "viele", "results": [{"name": "a", "resources": []}]}}

    assert len(read_file(json.dumps(answer).encode()).brought.datasets) == 1


def read(portal: Portal, *, is_dry_run: bool = False) -> Run:
    client = Client(tries=1, patience=Patience(connect=5, piece=30, whole=60))
    return harvest_address(
        by=SYSTEM, catalogue=catalogue(portal), now=NOW, client=client, is_dry_run=is_dry_run
    )


def catalogue(portal: Portal) -> Catalogue:
    return catalogue_at(by=SYSTEM, address=portal.address, title="Portal")


def test_all_pages_are_read_and_an_unchanged_catalogue_is_not_sent_again(portal: Portal) -> None:
    first, second = read(portal), read(portal)

    assert (first.new_count, first.file_facts["page_count"]) == (2, 2)
    assert (second.unchanged_count, second.file_facts["is_unchanged"]) == (2, True)
    assert portal.answers == [(1, 200), (2, 200), (1, 304), (2, 304)]
    assert catalogue(portal).state == HarvestState.DONE
    assert set(Dataset.objects.values_list("visibility", flat=True)) == {"public"}


def test_a_change_on_the_second_page_brings_all_of_it(portal: Portal) -> None:
    read(portal)
    portal.pages[1] = dataset("b", "Luft", description="Neu gemessen")

    run = read(portal)

    assert (run.changed_count, run.unchanged_count, run.missing_count) == (1, 1, 0)
    assert portal.answers[2:] == [(1, 304), (2, 200), (1, 200)]


def test_a_page_less_lets_its_dataset_be_missing(portal: Portal) -> None:
    read(portal)
    del portal.pages[1]

    run = read(portal)

    assert run.missing_count == 1
    assert CatalogueEntry.objects.exclude(missing_since=None).get().dataset.title == "Luft"


def test_a_trial_keeps_nothing_and_a_broken_page_leaves_all(portal: Portal) -> None:
    assert read(portal, is_dry_run=True).new_count == 2
    assert not Dataset.objects.exists()
    read(portal)
    portal.pages[1] = "das ist kein Turtle"

    run = read(portal)

    assert run.state == "refused"
    assert Problem.objects.get(run=run).code in ("syntax", "cut_off")
    assert CatalogueEntry.objects.filter(missing_since=None).count() == 2
    assert catalogue(portal).state == HarvestState.BROKEN_OFF


def test_a_server_that_is_gone_is_named(portal: Portal) -> None:
    dead = catalogue_at(by=SYSTEM, address="http://127.0.0.1:9/catalog.ttl", title="weg")
    client = Client(tries=1, patience=Patience(connect=1, piece=1, whole=2))

    run = harvest_address(by=SYSTEM, catalogue=dead, now=NOW, client=client)

    assert (run.state, Problem.objects.get(run=run).code) == ("refused", "unreachable")


def test_a_next_page_inside_another_network_is_not_followed(portal: Portal) -> None:
    portal.pages = [
        f'{dataset("a", "Bäume")}<BASE/x> a hydra:PagedCollection ; hydra:nextPage "http://127.0.0.1:9/" .'
    ]

    run = read(portal)

    assert (run.state, Problem.objects.get(run=run).code) == ("refused", "not_public")
    assert not Dataset.objects.exists()


def test_two_do_not_read_one_catalogue_at_once(portal: Portal) -> None:
    one = catalogue(portal)
    begin_harvest(catalogue=one, now=NOW)

    with pytest.raises(CannotHarvest, match="running"):
        read(portal)


def test_the_job_reads_what_is_there_and_forgets_what_is_gone(portal: Portal) -> None:
    one = catalogue(portal)

    harvest(catalogue_id=0, by_id=None)
    harvest(catalogue_id=one.pk, by_id=None)

    assert Dataset.objects.count() == 2
    assert daily_catalogues() == []


CKAN = {
    "success": True,
    "result": {
        "count": 3,
        "results": [
            {
                "name": "baeume",
                "id": "1",
                "title": "Bäume",
                "notes": "Alle",
                "license_title": "Nur nach Rücksprache",
                "extras": [{"key": "issued", "value": "Februar 2021"}],
                "organization": {"title": "Stadt"},
                "ganz_eigenes": "bleibt",
                "resources": [{"id": "r", "url": "https://stadt.example/b.csv", "format": "CSV"}],
            }
        ],
    },
}


def test_ckan_says_its_next_stretch_and_nothing_of_it_is_lost() -> None:
    address = "https://daten.example/api/3/action/package_search?rows=1&start=0"

    read = read_file(json.dumps(CKAN).encode(), address=address).brought

    assert read.next == "https://daten.example/api/3/action/package_search?rows=1&start=1"
    assert (read.total, len(read.datasets), read.datasets[0].iri) == (
        3,
        1,
        "https://daten.example/dataset/baeume",
    )
    written = {(one.rule, one.words) for one in read.as_written[read.datasets[0].iri]}
    assert {("kept", "bleibt"), ("date", "Februar 2021"), ("licence", "Nur nach Rücksprache")} <= written


def test_a_search_of_ckan_is_asked_for_many_at_once() -> None:
    base = "https://daten.example/api/3/action/package_search"

    assert first_address(base) == f"{base}?rows=200&start=0"
    assert first_address(f"{base}?q=baum&rows=50") == f"{base}?q=baum&rows=50&start=0"
    assert first_address("https://daten.example/catalog.ttl") == "https://daten.example/catalog.ttl"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!doctype html><title>Anmeldung</title>", "html_page"),
        (b'{"success": false, "error": {"message": "Not found"}}', "service_answer"),
        (b'{"a": 1', "cut_off"),
        (b"a;b\n1;2\n", "not_rdf"),
        (b'{"a": 1}', "no_dataset"),
    ],
)
def test_what_is_no_catalogue_is_refused_by_name(content: bytes, code: str) -> None:
    with pytest.raises(CannotReadCatalogue) as caught:
        read_file(content)

    assert caught.value.code == code
