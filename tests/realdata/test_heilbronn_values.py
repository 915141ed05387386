"""Heilbronn's demography in three layouts: heads in two rows, merged cells, blanks that repeat, points in thousands."""

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from dreiklang.core.reading import Notation
from dreiklang.core.tables import Grid, read_grid
from dreiklang.monitoring.rules.layout_sums import totals_of
from dreiklang.monitoring.rules.layout_values import LongRow, TableShape
from dreiklang.monitoring.rules.layouts import (
    fits_broken,
    long_rows,
    notation_of,
    shape_of,
    suggested_plan,
)
from dreiklang.monitoring.rules.marks import Legend, ReadValue
from dreiklang.monitoring.rules.values import Refused

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "stadtteile" / "heilbronn"
CSV, BOOK, AGES = "demographie_stadtteile.csv", "demographie_stadtteile.xlsx", "population.csv"
NAMES = ("HN-Innenstadt", "HN-Äussere Bezirke", "Böckingen", "Neckargartach", "Sontheim")

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.exists(), reason="../shared/data/stadtteile/heilbronn is not there"),
]


@cache
def grid(name: str) -> Grid:
    return read_grid(FOLDER / name, filename=name)


@cache
def shape(name: str) -> TableShape:
    found = shape_of(grid(name))
    assert isinstance(found, TableShape)
    return found


@cache
def rows(name: str) -> tuple[LongRow, ...]:
    plan = suggested_plan(shape(name))
    return tuple(long_rows(grid(name), shape=shape(name), plan=plan, legend=Legend()))


def number(row: LongRow) -> Decimal:
    assert isinstance(row.value, ReadValue)
    assert row.value.value is not None
    return row.value.value


@pytest.mark.parametrize("name", [CSV, BOOK])
def test_titles_heads_and_footnotes_are_told_from_rows(name: str) -> None:
    found = shape(name)

    assert (found.header_rows, found.body_rows, found.total_rows) == ((4, 5), tuple(range(6, 17)), {16})
    assert found.days_in_titles == (date(2016, 12, 31),)
    assert [note.split(":")[0] for note in found.footnotes] == ["Quelle", "Hinweis"]
    assert Counter(one.group for one in found.columns if one.group) == {
        "Religionszugehörigkeit": 3,
        "Familienstand": 5,
        "Geschlecht": 2,
        "Zuwanderungsgeschichte": 3,
        "Altersgruppen 08": 8,
        "Einwohnerzahl vergangener Jahre": 6,
    }
    alone = [(one.letters, one.name) for one in found.columns if not one.group and not one.is_key]
    assert alone == [("X", "Gesamt"), ("AE", "Fläche in km²")]


@pytest.mark.parametrize("name", [CSV, BOOK])
def test_every_cell_is_a_number_of_ten_districts_and_their_sum(name: str) -> None:
    found = rows(name)

    assert len(found) == 11 * 29
    assert all(isinstance(one.value, ReadValue) for one in found)
    assert len({one.regions for one in found if not one.is_total}) == 10
    assert found[0].regions == ("001", "HN-Innenstadt")


def test_the_text_and_the_workbook_say_the_same_but_for_rounded_areas() -> None:
    for text, book in zip(rows(CSV), rows(BOOK), strict=True):
        if text.quantity == "Fläche in km²":
            assert number(text) == round(number(book), 2)
        else:
            assert (number(text), text.breakdown, text.period) == (
                number(book),
                book.breakdown,
                book.period,
            )


def test_heads_that_are_years_are_the_time_of_their_values() -> None:
    past = [one for one in rows(CSV) if one.quantity == "Einwohnerzahl vergangener Jahre"]
    centre = {one.period.ends_on.year: number(one) for one in past if one.regions[0] == "001"}

    assert centre == {1990: 29470, 1995: 29009, 2000: 28071, 2005: 28864, 2010: 29516, 2015: 32141}
    assert {one.period.ends_on for one in rows(CSV) if one.quantity == "Gesamt"} == {date(2016, 12, 31)}


def test_all_sums_are_right_so_all_points_were_read_right() -> None:
    for name, sums in ((CSV, 29), (AGES, 11 * 110)):
        plan = suggested_plan(shape(name))
        sign = notation_of(grid(name), shape=shape(name), plan=plan, legend=Legend())
        found = list(totals_of(grid(name), shape=shape(name), plan=plan, legend=Legend(), notation=sign))
        assert (sign, len(found)) == (Notation.GERMAN, sums)
        assert [one for one in found if not one.fits] == []


def test_single_years_of_age_repeat_their_district() -> None:
    found = [one for one in rows(AGES) if one.column.letters == "O"]
    parts = [one for one in found if not one.is_total]

    assert shape(AGES).repeat_columns == (0, 1)
    assert len(rows(AGES)) == 994 * 11
    assert sum(number(one) for one in parts) == 128612
    assert len({one.regions for one in parts}) == 9
    assert (parts[1].regions, parts[1].breakdown) == (
        ("001", "Kernstadt Heilbronn"),
        (("Alter", "01"), ("", "1 Jahr")),
    )


def test_the_same_head_twice_stays_two_columns() -> None:
    twice = [one.letters for one in shape(AGES).columns if one.name == "nichtdeutsch"]

    assert twice == ["K", "N"]


def test_lost_letters_propose_the_name_and_are_not_put_back() -> None:
    (broken,) = {one.regions[1] for one in rows(AGES) if one.regions[0] == "003"}

    assert broken == "B\ufffdckingen"
    assert fits_broken(broken, NAMES) == ("Böckingen",)


def test_the_same_key_means_another_area_in_the_other_file() -> None:
    centre = {one.regions for name in (CSV, AGES) for one in rows(name) if one.regions[0] == "001"}

    assert centre == {("001", "HN-Innenstadt"), ("001", "Kernstadt Heilbronn")}


def test_without_its_sums_a_point_stays_ambiguous() -> None:
    body = [(at, values) for at, values in grid(AGES).rows if at not in shape(AGES).total_rows]
    bare = Grid(rows=body)
    found = shape_of(bare)
    assert isinstance(found, TableShape)

    cells = long_rows(bare, shape=found, plan=suggested_plan(found), legend=Legend())

    refused = [one for one in cells if isinstance(one.value, Refused)]
    assert {one.value.code for one in refused if isinstance(one.value, Refused)} == {"ambiguous_number"}
    assert (refused[0].row, refused[0].column.letters, refused[0].cell) == (28, "O", "1.049")
