"""The town's grant sheets: filled from what is known, completed by hand, one of them already sent."""

import csv
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from dreiklang.core.values import Unknown
from dreiklang.monitoring.queries.grants import layouts, sheet_lines
from dreiklang.monitoring.rules.sheet_entries import read_entry
from dreiklang.monitoring.rules.values import Refused
from dreiklang.monitoring.services.grants import complete_sheet, fill_sheet, send_sheet
from dreiklang.people.queries import department_by_key
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import areas_by_key_or_name


def fill_sheets(folder: Path) -> None:
    """Fill the sheets of the list, the oldest first; those that are there already stay."""
    there = {(one.record.area_words, one.record.year) for one in sheet_lines(SYSTEM)}
    with (folder / "foerderboegen.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file, delimiter=";"), key=lambda row: row["Jahr"])
    for row in rows:
        if (row["Gebiet"], int(row["Jahr"])) not in there:
            _fill(row)


def _fill(row: Mapping[str, str]) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    layout = (row["Vorlage"], row["Fassung"])
    office = department_by_key(row["Amt"])
    area = areas_by_key_or_name(texts=[row["Gebiet"]], level_key="stadtteile")[row["Gebiet"]]
    made = fill_sheet(
        by=SYSTEM,
        now=now,
        today=today,
        layout=layout,
        year=int(row["Jahr"]),
        area_id=area,
        department_id=office.pk if office else None,
    )
    by_hand = _entries(layout, row["Von Hand"])
    made = complete_sheet(by=SYSTEM, now=now, today=today, pk=made.pk, version=made.version, entries=by_hand)
    if row["Abgegeben am"]:
        on = datetime.strptime(row["Abgegeben am"], "%d.%m.%Y").date()  # noqa: DTZ007  # a day has no zone
        send_sheet(by=SYSTEM, today=today, pk=made.pk, version=made.version, on=on, to=row["An"])


def _entries(layout: tuple[str, str], written: str) -> dict[str, Decimal | str]:
    asked = {row.key: row for part in layouts()[layout].parts for row in part.rows}
    found: dict[str, Decimal | str] = {}
    for one in written.split("|"):
        key, _, words = one.partition(": ")
        entry = read_entry(asked[key], words, is_german=True)
        if isinstance(entry, Unknown | Refused):
            raise LookupError(f"{key}: {words}")
        found[key] = entry
    return found
