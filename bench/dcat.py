"""Our catalogue of 1,000 datasets with 7 resources each, read page by page in all three forms: memory of the process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date

from django.db import connection
from django.utils import timezone

from bench.databases import REPOSITORY, Databases
from bench.harness import Line
from dreiklang.core.enums import Visibility
from dreiklang.monitoring.rules.dcat.brought import Brought
from dreiklang.monitoring.rules.dcat.own import own_agent, own_dataset
from dreiklang.monitoring.rules.dcat.plain import PlainDataset, PlainResource
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from dreiklang.monitoring.services.catalogues import OwnDraft, catalogue_at, save_own_catalogue
from dreiklang.monitoring.services.harvesting import Harvest, take_over
from dreiklang.people.rules import SYSTEM

CITY = 500
DATASETS = int(os.environ.get("BENCH_DATASETS", "1000"))
FORMATS = ("CSV", "XLSX", "JSON", "GEOJSON", "GML", "KML", "PDF")
FORMS = ("ttl", "rdf", "jsonld")
MOST_MEGABYTES = 200


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case."""
    yield "dcat", lambda: list(_lines(databases))


def _lines(databases: Databases) -> Iterator[Line]:
    with databases.copy_of(databases.city(CITY)) as city:
        with databases.using(city):
            _fill()
        for form in FORMS:
            told = _read(databases.url(city), form)
            name = f"DCAT export of {DATASETS} datasets, {told['pages']} pages, {form}"
            ours = f"{told['seconds']:.1f} s, {told['size'] / 1e6:.1f} MB"
            yield Line(name, ours, "", told["memory"], MOST_MEGABYTES, "MB")


def _read(url: str, form: str) -> dict[str, float]:
    found = subprocess.run(
        [sys.executable, "-m", "bench.dcat_child", form],
        env={**os.environ, "DATABASE_URL": url},
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
        text=True,
    )
    answer: dict[str, float] = json.loads(found.stdout)
    return answer


def _fill() -> None:
    """The city's own catalogue, harvested from its portal."""
    publisher = own_agent(name="Stadt", iri="https://portal.example/amt")
    lists = shipped_vocabularies()
    datasets = tuple(
        own_dataset(
            _dataset(number), iri=f"https://portal.example/{number}", publisher=publisher, lists=lists
        )
        for number in range(DATASETS)
    )
    draft = OwnDraft(title="Datenkatalog", description="Alle Daten", publisher_name="Stadt")
    save_own_catalogue(by=SYSTEM, draft=draft, version=0)
    catalogue = catalogue_at(
        by=SYSTEM, address="https://portal.example/catalog.ttl", title="Portal", is_ours=True
    )
    brought = Brought(datasets=datasets, catalogue=None, further=(), as_written={}, remarks=())
    harvest = Harvest(brought=brought, is_complete=True, visibility=Visibility.PUBLIC)
    run = take_over(by=SYSTEM, catalogue=catalogue, harvest=harvest, now=timezone.now())
    assert run.new_count == DATASETS, "not all datasets came in"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _dataset(number: int) -> PlainDataset:
    words = f"Datensatz {number} mit Angaben zu Lage, Bezeichnung, Betreiber und Öffnungszeiten. " * 4
    resources = tuple(
        PlainResource(
            iri=f"https://portal.example/{number}/{form}",
            title=f"Datensatz {number} als {form}",
            access_url=f"https://portal.example/{number}.{form.lower()}",
            format=form,
            byte_size=1_000 + number,
            licence="cc-zero",
            modified_words="2026-01-28T05:29:46.515877",
        )
        for form in FORMATS
    )
    return PlainDataset(
        title=f"Datensatz {number}",
        description=words,
        identifier=str(number),
        contact_name="Amt für Geodaten",
        contact_email="geo@stadt.example",
        themes=("TRAN", "REGI"),
        keywords=("Straße", "Lage", f"Wort {number}"),
        rhythm="ANNUAL",
        modified_words=date(2026, 1, 1 + number % 28).isoformat(),
        place_words="Stadt",
        access_rights="PUBLIC",
        resources=resources,
    )
