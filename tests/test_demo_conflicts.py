"""The invented town's radar: the planted conflicts and synergies stand among the first twenty, and the list stays readable."""

import csv
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dreiklang.conflicts import services
from dreiklang.conflicts.models import Candidate, StoredClaim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
DEMO = Path(__file__).resolve().parents[1] / "demo"
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
# As many as a coordinator reads.
MOST_READ, MOST_LISTED = 20, 40


def test_the_planted_conflicts_and_synergies_stand_among_the_first_twenty() -> None:
    services.compare_all(today=TODAY, now=NOW)

    listed = _listed()

    assert len(planted()) == 12
    assert [pair for pair in planted() if pair not in listed[:MOST_READ]] == []
    assert len(listed) <= MOST_LISTED
    assert (len(listed), len([pair for pair in listed if pair not in settled()])) == documented()


def documented() -> tuple[int, int]:
    """How many the rules page says are found, and how many of them the radar lists."""
    text = (DEMO.parent / "docs" / "rules" / "conflicts.md").read_text(encoding="utf-8")
    found = re.search(r": (\d+) candidates are found\..+? lists (\d+)\.", text, re.DOTALL)
    assert found
    return int(found[1]), int(found[2])


def settled() -> list[frozenset[str]]:
    """Of what the town's own story says that it is settled; those are not open any more."""
    with (DEMO / "klaerungen.csv").open(encoding="utf-8-sig") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    return [
        frozenset([row["Vorhaben"], row["Anderes Vorhaben"]])
        for row in rows
        if row["Schritt"] in ("Klärung", "Kein Konflikt")
    ]


def planted() -> list[frozenset[str]]:
    """The two numbers each row of the table in demo/README.md begins with."""
    text = (DEMO / "README.md").read_text(encoding="utf-8").split("### Zwölf angelegte", 1)[1]
    rows = re.findall(r"^\| \d+ \| (\S+) [^|·]* · (\S+) ", text, re.MULTILINE)
    return [frozenset(pair) for pair in rows]


def _listed() -> list[frozenset[str]]:
    numbers = dict(StoredClaim.objects.values_list("key", "number"))
    found = Candidate.objects.exclude(state="outdated").order_by("-strength", "pk")
    return [frozenset(numbers[key] for key in one.parties) for one in found]


def test_the_numbers_of_the_readme_are_measures_of_the_town() -> None:
    with (DEMO / "massnahmen.csv").open(encoding="utf-8") as source:
        numbers = {row["Nummer"] for row in csv.DictReader(source, delimiter=";")}

    assert all(pair <= numbers for pair in planted())
