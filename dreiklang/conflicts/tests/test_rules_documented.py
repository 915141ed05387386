"""The worked numbers of docs/rules/conflicts.md are true."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely.geometry import box

from dreiklang.conflicts.rules import Finding, Kind, Limits, compare
from dreiklang.conflicts.rules.columns import Columns
from dreiklang.conflicts.rules.sharing import ground
from dreiklang.conflicts.tests.claims import TODAY, claim, on
from dreiklang.core.claims import Claim
from dreiklang.core.values import Period

PAGE = Path(__file__).resolve().parents[3] / "docs" / "rules" / "conflicts.md"
LIMITS = Limits(least_strength=0)
START = date(2027, 1, 1)


def rows(heading: str) -> list[dict[str, str]]:
    """The table below a heading, each row by column head."""
    text = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n#", 1)[0]
    lines = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    head, _line, *body = [[cell.strip() for cell in line] for line in lines]
    return [dict(zip(head, row, strict=True)) for row in body]


def effects(words: str, side: int) -> dict[str, Any]:
    """ "+3/-2 and -1/+2": what one side does to goal 1, goal 2 …"""
    said = [pair.split("/")[side] for pair in words.split(" and ")]
    return {
        "effects": on(*((f"goal:{n}", int(weight)) for n, weight in enumerate(said, 1) if weight.strip()))
    }


def rectangle(words: str) -> Any:
    length, width = (float(part) for part in words.split("×"))
    return box(0, 0, length, width)


def found(kind: Kind, *claims: Claim) -> list[Finding]:
    return [each for each in compare(claims, limits=LIMITS, today=TODAY) if each.kind is kind]


@pytest.mark.parametrize("row", rows("Worked numbers: place and time"), ids=lambda row: row["case"])
def test_place_and_time(row: dict[str, str]) -> None:
    period = Period(START, START + timedelta(days=int(row["shared days"]) - 1))
    one, other = (
        claim(
            f"measure:{side}",
            place=rectangle(row[name]),
            period=period,
            **effects(row["effects"], side),
        )
        for side, name in enumerate(("one", "other"))
    )

    (finding,) = found(Kind.PLACE_AND_TIME, one, other)

    columns = Columns([one, other], today=TODAY)
    shared = ground(columns, (np.array([0]), np.array([1])))
    assert f"{shared.closeness[0]:.3f}" == row["closeness"]
    assert f"{shared.area[0] / (shared.area[0] + 1000):.3f}" == row["known"]
    assert f"{min(int(row['shared days']) / 180, 1) ** 0.5:.3f}" == row["time"]
    assert (finding.sense, f"{finding.strength:.4f}") == (row["sense"], row["strength"])


@pytest.mark.parametrize("row", rows("Worked numbers: opposed effects"), ids=lambda row: row["case"])
def test_opposed_effects(row: dict[str, str]) -> None:
    near = float(row["nearness"])
    vectors = np.array([[1, 0], [near, (1 - near**2) ** 0.5]], dtype=np.float32)
    districts = {"0.33": ({1, 2, 3}, {1}), "1": ({1}, {1}), "0.22": (set(range(1, 10)), {1, 2})}[
        row["districts"]
    ]
    place = box(0, 0, 900, 800) if row["closeness"] != "0" else None
    one, other = (
        claim(
            f"measure:{side}",
            vector=vectors[side],
            areas=frozenset(districts[side]),
            place=place,
            is_lasting=True,
            **effects(row["effects"], side),
        )
        for side in (0, 1)
    )

    (finding,) = found(Kind.EFFECT, one, other)

    assert finding.strength == pytest.approx(float(row["weight"]) * float(row["meeting"]), abs=0.001)
    assert f"{finding.strength:.4f}" == row["strength"]


@pytest.mark.parametrize(
    "row", rows("Worked numbers: opposed effects on an indicator"), ids=lambda row: row["case"]
)
def test_opposed_effects_on_an_indicator(row: dict[str, str]) -> None:
    one, other = (
        claim(
            f"measure:{side}",
            areas=frozenset({1}),
            effects=(
                *on(("indicator:7", int(row[name]))),
                *effects(row["also on a goal"], side)["effects"],
            ),
        )
        for side, name in enumerate(('one on "Versiegelte Fläche"', "other"))
    )

    told = [(each.sense, f"{each.strength:.4f}") for each in found(Kind.EFFECT, one, other)]

    assert told == ([] if row["strength"] == "–" else [("conflict", row["strength"])])
    if told:
        reckoned = float(row["weight"]) * float(row["meeting"])
        assert reckoned == pytest.approx(float(row["strength"]), abs=0.0005)


@pytest.mark.parametrize("row", rows("Worked numbers: order"), ids=lambda row: row["case"])
def test_order(row: dict[str, str]) -> None:
    starts = date(2024, 9, 1)
    first = claim("measure:1", period=Period(starts, date.fromisoformat(row["first ends"])))
    then = claim(
        "measure:2",
        period=Period(starts, date.fromisoformat(row["then ends"])),
        needs_first=frozenset({"measure:1"}),
    )

    told = [(each.facts["days_left"], f"{each.strength:g}") for each in found(Kind.ORDER, first, then)]

    assert told == ([] if row["strength"] == "–" else [(int(row["days left"]), row["strength"])])


def test_the_page_names_the_thresholds_in_force() -> None:
    text = PAGE.read_text(encoding="utf-8")
    usual = Limits()

    for words in (
        f"below {usual.least_area_m2:g} m², or below {usual.least_area_share * 100:g} %",
        f"fewer than {usual.least_days} days",
        f"({usual.near_months} months)",
        f"nearness from {usual.least_nearness:g}, different leads",
        f"opposed (both weights from {usual.least_effect_weight})",
        f"listed from {usual.least_strength:g} on",
        f"kept from {usual.least_told:g} on",
    ):
        assert re.sub(r"\s+", " ", words) in re.sub(r"\s+", " ", text), words


def test_the_page_says_that_thresholds_reopen_nothing() -> None:
    """Shown by test_services_standing: the sentence and the tests go together."""
    text = re.sub(r"\s+", " ", PAGE.read_text(encoding="utf-8"))

    assert "Thresholds reopen nothing and overtake nothing." in text
    assert "What was said keeps the thresholds it was said under" in text
