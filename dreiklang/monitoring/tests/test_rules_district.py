from datetime import date
from decimal import Decimal

import pytest

from dreiklang.core.values import Share, Unknown
from dreiklang.monitoring.rules.district import Course, figure_of
from dreiklang.monitoring.rules.values import Direction, Point

OLD_TOWN, EAST, WEST = 1, 2, 3
LESS = Course(Direction.LESS, is_share=True, has_zero=True)


def line(*values: str | Unknown, last: int = 2024) -> list[Point]:
    """One value a year up to the last one."""
    first = last - len(values) + 1
    return [
        Point(
            date(first + at, 12, 31),
            one if isinstance(one, Unknown) else Decimal(one),
            date(first + at, 12, 31),
        )
        for at, one in enumerate(values)
    ]


def test_a_district_stands_beside_the_city_and_among_its_like() -> None:
    lines = {OLD_TOWN: line("9", "8", "7"), EAST: line("5"), WEST: line("12")}

    found = figure_of(OLD_TOWN, lines, city=line("8"), course=LESS)

    assert found is not None
    assert (found.difference.absolute, found.is_better) == (Decimal(-1), True)
    assert (found.rank.place, found.rank.of) == (2, 3)
    assert (found.since.ends_on.year, found.change.absolute) == (2022, Decimal(-2))
    assert found.trend.code == "falling"


@pytest.mark.parametrize(
    ("direction", "better"), [(Direction.MORE, False), (Direction.NONE, None), (Direction.RANGE, None)]
)
def test_without_a_direction_nothing_is_better(direction, better) -> None:
    course = Course(direction, is_share=True, has_zero=True)

    found = figure_of(OLD_TOWN, {OLD_TOWN: line("7")}, city=line("8"), course=course)

    assert found is not None
    assert found.is_better is better


def test_values_of_another_day_are_not_compared() -> None:
    found = figure_of(
        OLD_TOWN, {OLD_TOWN: line("7"), EAST: line("5", last=2023)}, city=line("8", last=2023), course=LESS
    )

    assert found is not None
    assert found.on_day[EAST] == Unknown("other_day")
    assert found.difference == Unknown("other_day")
    assert (found.rank.of, found.rank.unknown) == (1, 1)


def test_a_hidden_value_is_shown_as_hidden_and_has_no_place() -> None:
    found = figure_of(
        OLD_TOWN, {OLD_TOWN: line("9", Unknown("suppressed")), EAST: line("5")}, city=line("8"), course=LESS
    )

    assert found is not None
    assert found.last.value == found.rank == found.difference == found.change == Unknown("suppressed")


def test_the_change_is_told_from_the_chosen_year() -> None:
    lines = {OLD_TOWN: line("9", "8", "7")}

    assert figure_of(OLD_TOWN, lines, city=(), course=LESS, since_year=2023).change.absolute == Decimal(-1)
    assert figure_of(OLD_TOWN, lines, city=(), course=LESS, since_year=1999).change == Unknown(
        "not_delivered"
    )
    assert figure_of(OLD_TOWN, lines, city=(), course=LESS, since_year=2024).change == Unknown(
        "too_few_values"
    )


def test_without_any_value_there_is_no_figure() -> None:
    assert figure_of(OLD_TOWN, {EAST: line("5")}, city=line("8"), course=LESS) is None


MONEY = Course(Direction.MORE, is_share=False, has_zero=True, is_rate=False)
PEOPLE = Course(Direction.MORE, is_share=False, has_zero=True, is_rate=False, is_count=True)


def figure(values: dict[int, str | Unknown], *, city: str, course: Course):
    return figure_of(
        OLD_TOWN, {region: line(one) for region, one in values.items()}, city=line(city), course=course
    )


def test_a_count_is_a_part_of_the_city_and_no_better_or_worse() -> None:
    found = figure({OLD_TOWN: "20", EAST: "60"}, city="100", course=PEOPLE)

    assert found.is_total
    assert found.part == Share("0.2")
    assert found.difference == Unknown("not_applicable")
    assert found.is_better is None
    assert not found.rank.is_judged


@pytest.mark.parametrize(
    ("values", "city", "is_total"),
    [
        ({OLD_TOWN: "20", EAST: "30", WEST: "50"}, "100", True),
        ({OLD_TOWN: "20", EAST: "30", WEST: "51"}, "100", True),
        ({OLD_TOWN: "20", EAST: "30", WEST: "40"}, "31", False),
        ({OLD_TOWN: "20", EAST: "30", WEST: Unknown("suppressed")}, "100", True),
        ({OLD_TOWN: "20", EAST: "30", WEST: Unknown("suppressed")}, "26", False),
        ({OLD_TOWN: "20"}, "100", False),
    ],
)
def test_whether_money_is_a_total_or_a_mean_is_told_by_the_districts(values, city, is_total) -> None:
    assert figure(values, city=city, course=MONEY).is_total is is_total


def test_a_rate_is_never_a_total() -> None:
    assert not figure({OLD_TOWN: "40", EAST: "60"}, city="100", course=LESS).is_total


def test_the_part_of_an_unknown_or_empty_city_is_unknown() -> None:
    assert figure({OLD_TOWN: "0", EAST: "0"}, city="0", course=PEOPLE).part == Unknown("nothing_to_share")
    assert figure_of(OLD_TOWN, {OLD_TOWN: line("5")}, city=(), course=PEOPLE).part == Unknown("other_day")
