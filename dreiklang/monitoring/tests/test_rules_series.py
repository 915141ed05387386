"""Formulas over stretches of time that end on one day: each is reckoned with its own like."""

from datetime import date
from decimal import Decimal

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.formulas import Derivation, InputRef, parse
from dreiklang.monitoring.rules.series import derived
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import Point, ValueKind

UNIT = shipped_units().by_code["personen"]
END = date(2023, 12, 31)
YEAR, DECEMBER, DAY = date(2023, 1, 1), date(2023, 12, 1), END


def point(value: str, starts_on: date, *, ends_on: date = END, kind: ValueKind = ValueKind.ACTUAL) -> Point:
    return Point(ends_on, Decimal(value), starts_on, kind)


def reckoned(formula: str, **lines: list[Point]) -> dict[date, Decimal | Unknown]:
    """What comes out, by the first day of its stretch."""
    found = derived(
        Derivation(parse(formula), UNIT, Decimal(1)), {InputRef(key): points for key, points in lines.items()}
    )
    return {one.starts_on: one.value for one in found}


def test_a_year_and_its_last_month_do_not_mix() -> None:
    found = reckoned(
        "[zu] - [weg]",
        zu=[point("1200", YEAR), point("100", DECEMBER)],
        weg=[point("200", YEAR), point("10", DECEMBER)],
    )

    assert found == {YEAR: 1000, DECEMBER: 90}


def test_what_was_counted_for_another_stretch_is_not_taken() -> None:
    assert reckoned("[zu] - [weg]", zu=[point("1200", YEAR)], weg=[point("10", DECEMBER)]) == {
        YEAR: Unknown("input_unknown", "weg: not_delivered")
    }


def test_a_stretch_goes_with_what_there_was_on_its_last_day() -> None:
    found = reckoned(
        "[zu] / [leute]", zu=[point("50", YEAR)], leute=[point("1000", DAY), point("7", DECEMBER)]
    )

    assert found == {YEAR: Decimal("0.05")}


def test_a_day_takes_the_one_stretch_there_is_and_none_of_two() -> None:
    one = reckoned("[leute] - [zu]", leute=[point("1000", DAY)], zu=[point("50", YEAR)])
    two = reckoned("[leute] - [zu]", leute=[point("1000", DAY)], zu=[point("50", YEAR), point("5", DECEMBER)])

    assert one == {DAY: Decimal(950)}
    assert two == {DAY: Unknown("input_unknown", "zu: not_delivered")}


def test_an_estimate_of_the_year_stands_beside_what_was_measured_in_december() -> None:
    found = reckoned("[zu] - [zu]", zu=[point("1200", YEAR, kind=ValueKind.ESTIMATE), point("100", DECEMBER)])

    assert found == {YEAR: 0, DECEMBER: 0}


def test_a_target_delivered_for_the_year_hides_no_measured_day() -> None:
    found = reckoned(
        "[zu] / [leute]",
        zu=[point("50", YEAR)],
        leute=[point("1", YEAR, kind=ValueKind.TARGET), point("1000", DAY)],
    )

    assert found == {YEAR: Decimal("0.05")}


def test_a_change_is_that_of_the_same_stretch() -> None:
    before = date(2022, 12, 31)
    found = reckoned(
        "change([zu], 1)",
        zu=[
            point("1000", date(2022, 1, 1), ends_on=before),
            point("80", date(2022, 12, 1), ends_on=before),
            point("1200", YEAR),
            point("100", DECEMBER),
        ],
    )

    assert found[YEAR] == Decimal(200)
    assert found[DECEMBER] == Decimal(20)
