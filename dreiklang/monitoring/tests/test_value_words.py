from datetime import date
from decimal import Decimal

import pytest

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.comparison import Rank, against
from dreiklang.monitoring.rules.trend import change, trend
from dreiklang.monitoring.rules.values import Direction, Point
from dreiklang.monitoring.views import value_words as words
from dreiklang.ui.rules import Tone

PERCENT = words.measure_of("prozent", 1)
PEOPLE = words.measure_of("personen", 0)
SHARE = words.measure_of("anteil", 2)


def point(year: int, value: str) -> Point:
    return Point(date(year, 12, 31), Decimal(value), date(year, 12, 31))


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [
        (Decimal("45.44"), PERCENT, "45,4\u00a0%"),
        (Decimal(1234), PEOPLE, "1.234\u00a0Personen"),
        (Decimal(7), words.measure_of("anzahl", 0), "7"),
        (Decimal(7), words.measure_of("nobody-knows", 0), "7"),
        (Unknown("suppressed"), PEOPLE, "unbekannt (kleine Zahl, nicht gezeigt)"),
        (Unknown("of_tomorrow"), PEOPLE, "unbekannt"),
    ],
)
def test_a_value_is_written_with_its_unit_or_with_why_there_is_none(value, measure, said) -> None:
    assert words.value_words(value, measure) == said


@pytest.mark.parametrize(
    ("value", "city", "measure", "said"),
    [
        ("12.5", "10.2", PERCENT, "2,3 Prozentpunkte höher"),
        ("10", "11", PERCENT, "1 Prozentpunkt niedriger"),
        ("0.52", "0.5", SHARE, "2 Prozentpunkte höher"),
        ("88", "100", PEOPLE, "12\u00a0% niedriger"),
        ("103", "100", PEOPLE, "3,0\u00a0% höher"),
        ("3", "0", PEOPLE, "3\u00a0Personen höher"),
        ("10", "10", PERCENT, "gleich"),
    ],
)
def test_shares_differ_by_points_and_all_else_by_per_cent(value, city, measure, said) -> None:
    found = against(Decimal(value), city=Decimal(city), is_share=measure.is_share, has_zero=measure.has_zero)

    assert words.difference_words(found, measure) == said


def test_narrow_columns_have_signs_but_no_words() -> None:
    rent = words.measure_of("eur_je_m2", 2)
    found = against(Decimal("11.5"), city=Decimal(10))

    assert words.value_words(Decimal("7.5"), words.short_measure(rent)) == "7,50"
    assert words.value_words(Decimal(45), words.short_measure(PERCENT)) == "45,0\u00a0%"
    assert words.signed_words(found, rent) == "+15\u00a0%"
    assert (
        words.signed_words(against(Decimal(9), city=Decimal(10), is_share=True), PERCENT) == "−1 Prozentpunkt"
    )


def test_a_difference_to_an_unknown_value_says_why() -> None:
    found = against(Decimal(1), city=Unknown("not_delivered"))

    assert words.difference_words(found, PEOPLE) == "unbekannt (kein Wert geliefert)"


def test_a_change_carries_its_sign() -> None:
    assert words.change_words(change(point(2020, "100"), point(2024, "88")), PEOPLE) == (
        "−12\u00a0Personen (−12,0\u00a0%)"
    )
    share = change(point(2020, "45.4"), point(2024, "45.9"), is_share=True)
    assert words.change_words(share, PERCENT) == "+0,5 Prozentpunkte"
    assert words.change_words(Unknown("break_between"), PERCENT).endswith("dazwischen)")


def test_a_trend_is_good_or_bad_only_by_its_direction() -> None:
    points = [point(2020 + at, str(50 - at)) for at in range(5)]

    falling = trend(points, breaks=(), direction=Direction.LESS)
    context = trend(points, breaks=(), direction=Direction.NONE)

    assert (words.trend_sign(falling).label, words.trend_sign(falling).tone) == ("fallend", Tone.GOOD)
    assert words.trend_sign(context).tone is Tone.NEUTRAL
    assert words.trend_sign(Unknown("too_few_values")).note == "zu wenige Werte"


def test_a_place_is_said_with_how_many_there_are() -> None:
    assert words.rank_words(Rank(place=3, of=24, unknown=1, is_tied=False, is_judged=True)) == "3. von 24"


def test_a_period_is_a_day_a_year_or_a_stretch() -> None:
    value = Decimal(1)

    assert words.period_words(Point(date(2024, 12, 31), value, date(2024, 12, 31))) == "31.12.2024"
    assert words.period_words(Point(date(2024, 12, 31), value, date(2024, 1, 1))) == "2024"
    assert words.period_words(Point(date(2024, 6, 30), value, date(2024, 4, 1))) == "01.04.2024–30.06.2024"
