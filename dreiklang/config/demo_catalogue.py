"""The town's data catalogue: what data there are, who keeps them, when they are due; and what makes districts alike."""

import csv
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.queries.catalogue import visible_datasets
from dreiklang.monitoring.queries.described import own_catalogue
from dreiklang.monitoring.queries.labels import indicator_ids
from dreiklang.monitoring.services.catalogues import OwnDraft, save_own_catalogue
from dreiklang.monitoring.services.own_datasets import change_dataset, create_dataset, save_resource
from dreiklang.monitoring.services.traits import choose_traits
from dreiklang.people.queries import department_by_key
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import municipality

TRAITS = ("anteil-unter-18", "anteil-ab-65", "arbeitslosenanteil", "einwohnerdichte", "leerstandsquote")
PUBLISHER = OwnDraft(
    title="Daten der Stadt Klarenbrück",
    description="Was die Ämter von Klarenbrück an Daten führen und weitergeben.",
    publisher_name="Stadt Klarenbrück",
    publisher_email="statistik@klarenbrueck.example",
    contact_name="Amt für Statistik und Wahlen",
    contact_email="statistik@klarenbrueck.example",
)


def describe_data(folder: Path) -> None:
    """Describe the datasets of the list; what is described already stays."""
    if own_catalogue() is None:
        save_own_catalogue(by=SYSTEM, draft=PUBLISHER, version=0)
    with (folder / "datensaetze.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            _describe(row)


def choose_what_is_alike() -> None:
    """Name the indicators by which districts are compared."""
    ids = indicator_ids()
    choose_traits(by=SYSTEM, indicator_ids=[ids[key] for key in TRAITS])


def _describe(row: Mapping[str, str]) -> None:
    there = visible_datasets(SYSTEM).filter(provider__key="stadt", title=row["Titel"]).first()
    if there is not None and there.description:
        return
    values = _values(row)
    if there is None:
        there = create_dataset(by=SYSTEM, values=values, city=municipality().name)
    else:
        there = change_dataset(by=SYSTEM, dataset_id=there.pk, version=there.version, values=values)
    if row["Adresse"]:
        resource = {
            "title": row["Ressource"],
            "access_url": row["Adresse"],
            "download_url": row["Adresse"],
            "format": row["Format"],
            "licence": row["Lizenz"],
        }
        save_resource(by=SYSTEM, dataset_id=there.pk, version=there.version, values=resource)


def _values(row: Mapping[str, str]) -> dict[str, Any]:
    office = department_by_key(row["Amt"])
    if office is None:
        raise LookupError(f"{row['Titel']}: no office {row['Amt']}")
    return {
        "title": row["Titel"],
        "description": row["Beschreibung"],
        "department_id": office.pk,
        "responsible_id": office.head_id,
        "publisher_name": PUBLISHER.publisher_name,
        "contact_name": office.name,
        "contact_email": PUBLISHER.contact_email,
        "themes": row["Themen"].split("|"),
        "keywords": row["Schlagworte"].split("|"),
        "rhythm": row["Rhythmus"],
        "modified_on": _day(row["Zuletzt geändert"]),
        "next_due_on": _day(row["Nächste Fassung"]),
        "quality_note": row["Güte"],
        "access_rights": "PUBLIC",
        "is_own": True,
        "visibility": Visibility.PUBLIC if row["Sichtbar"] == "ja" else Visibility.INTERNAL,
    }


def _day(text: str) -> date | None:
    return datetime.strptime(text, "%d.%m.%Y").date() if text else None  # noqa: DTZ007  # a day has no zone
