"""Catalogues for tests: one that is kept here, and what was read of it, without a child process."""

from datetime import UTC, datetime
from typing import Any

from dreiklang.core.enums import Visibility
from dreiklang.core.models import Run
from dreiklang.monitoring.models import Catalogue, Dataset
from dreiklang.monitoring.rules.dcat.brought import Brought, brought, together
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from dreiklang.monitoring.services.catalogues import catalogue_at
from dreiklang.monitoring.services.harvesting import Harvest, take_over
from dreiklang.monitoring.tests.dcat import read
from dreiklang.people.rules import SYSTEM

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TREES = """
:katalog a dcat:Catalog ; dct:title "Daten der Nachbarn" ; dcat:dataset :baeume, :luft .
:baeume a dcat:Dataset ; dct:title "Bäume"@de ; dct:description "Alle Bäume der Stadt" ;
  dct:publisher [ a foaf:Agent ; foaf:name "Grünflächenamt" ] ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ;
  dct:modified "01.02.2024" ; dct:issued "im Sommer" ; dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
  dcat:distribution :baeume-csv .
:baeume-csv a dcat:Distribution ; dct:title "als Tabelle" ; dcat:accessURL <https://stadt.example/baeume.csv> ;
  dct:license "nur zum Ansehen" ; dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> .
"""
AIR = """
:luft a dcat:Dataset ; dct:title "Luft"@de ; dct:description "Messwerte" ; dct:publisher [ a foaf:Agent ; foaf:name "Umweltamt" ] .
"""


def said(turtle: str) -> Brought:
    """What a file with these statements holds."""
    return together([brought(read(turtle), lists=shipped_vocabularies())])


def harvested(turtle: str, *, is_ours: bool = False, **facts: Any) -> Run:
    """A harvest of the catalogue of the neighbours, complete and public."""
    catalogue = neighbours(is_ours=is_ours)
    options: dict[str, Any] = {"is_complete": True, "visibility": Visibility.PUBLIC} | facts
    is_dry_run = bool(options.pop("is_dry_run", False))
    harvest = Harvest(brought=said(turtle), **options)
    return take_over(by=SYSTEM, catalogue=catalogue, harvest=harvest, now=NOW, is_dry_run=is_dry_run)


def neighbours(*, is_ours: bool = False) -> Catalogue:
    """The catalogue itself."""
    address = "https://nachbarn.example/catalog.ttl"
    return catalogue_at(by=SYSTEM, address=address, title="Nachbarn", is_ours=is_ours)


def dataset_named(title: str) -> Dataset:
    """The dataset of that title."""
    return Dataset.objects.defer("search").get(title=title)
