from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.papers.rules.durations import (
    Leg,
    Way,
    legs,
    open_leg,
    stays,
    times_by_year,
    waiting,
    where_papers_lie,
)
from dreiklang.papers.rules.kinds import CheckState


def moment(day: int) -> datetime:
    return datetime(2026, 3, day, 9, tzinfo=UTC)


def test_the_worked_example_of_the_rules_page() -> None:
    quick = Way(date(2026, 1, 10), date(2026, 1, 20), date(2026, 2, 3), date(2026, 2, 24), date(2026, 6, 1))
    slow = Way(date(2026, 2, 1), date(2026, 3, 13), date(2026, 3, 20))
    stuck = Way(date(2026, 3, 1))

    (year,) = times_by_year([quick, slow, stuck])

    found = {one.leg: (one.days, one.known_count, one.unknown_count) for one in year.legs}
    assert found[Leg.CHECK] == (25.0, 2, 1)
    assert found[Leg.COMMITTEE] == (10.5, 2, 1)
    assert found[Leg.RESOLUTION] == (21.0, 1, 2)
    assert found[Leg.START] == (97.0, 1, 2)


def test_the_worked_example_of_where_papers_lie() -> None:
    quick = Way(date(2026, 1, 10), date(2026, 1, 20), date(2026, 2, 3), date(2026, 2, 24), date(2026, 6, 1))
    slow = Way(date(2026, 2, 1), date(2026, 3, 13), date(2026, 3, 20))
    stuck = Way(date(2026, 3, 1))

    found = where_papers_lie([quick, slow, stuck], today=date(2026, 6, 10))

    nobody = Unknown("nobody_there")
    assert [(one.leg, one.now_count, one.longest_now, one.days, one.done_count) for one in found] == [
        (Leg.CHECK, 1, 101, 40.0, 2),
        (Leg.COMMITTEE, 0, nobody, 10.5, 2),
        (Leg.RESOLUTION, 1, 82, 51.5, 1),
        (Leg.START, 0, nobody, 97.0, 1),
    ]


def test_what_goes_no_further_lies_nowhere() -> None:
    rejected = Way(date(2026, 1, 10), date(2026, 1, 20), date(2026, 2, 3), is_over=True)

    assert open_leg(rejected, today=date(2026, 6, 10)) is None
    assert open_leg(Way(None), today=date(2026, 6, 10)) is None


def test_a_paper_the_council_dealt_with_early_lies_with_the_council() -> None:
    early = Way(date(2026, 1, 10), committee_on=date(2026, 2, 3))

    assert open_leg(early, today=date(2026, 2, 13)) == (Leg.RESOLUTION, 10)


def test_a_leg_no_paper_came_to_is_unknown() -> None:
    found = where_papers_lie([Way(date(2026, 3, 1))], today=date(2026, 3, 2))

    assert found[-1].days == Unknown("none_known")


@given(
    st.lists(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=5, max_size=5),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_a_paper_lies_on_one_leg_at_most_and_never_in_the_future(
    days: list[date | None], today: date
) -> None:
    found = where_papers_lie([Way(*days)], today=today)

    assert sum(one.now_count for one in found) <= 1
    assert all(isinstance(one.longest_now, Unknown) or one.longest_now >= 0 for one in found)


def test_a_leg_nobody_finished_is_unknown_and_not_zero() -> None:
    (year,) = times_by_year([Way(date(2026, 3, 1))])

    assert all(one.days == Unknown("none_known") for one in year.legs)


def test_days_in_the_wrong_order_are_not_counted() -> None:
    way = Way(date(2026, 3, 10), date(2026, 3, 1))

    assert legs(way)[Leg.CHECK] == Unknown("out_of_order")


def test_years_come_newest_first_and_without_a_day_there_is_no_year() -> None:
    ways = [Way(date(2025, 1, 1)), Way(date(2026, 1, 1)), Way(None)]

    assert [one.year for one in times_by_year(ways)] == [2026, 2025]


@given(st.lists(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=5, max_size=5))
def test_every_leg_is_counted_once_as_known_or_unknown(days: list[date | None]) -> None:
    for year in times_by_year([Way(*days)]):
        assert all(one.known_count + one.unknown_count == year.way_count for one in year.legs)


def test_stays_reach_from_step_to_step() -> None:
    found = stays([(CheckState.DRAFT, moment(1)), (CheckState.REVIEW, moment(5))])

    assert [(one.state, one.until) for one in found] == [
        (CheckState.DRAFT, moment(5)),
        (CheckState.REVIEW, None),
    ]


def test_what_is_stuck_shows_with_its_days_so_far() -> None:
    done = stays([(CheckState.REVIEW, moment(1)), (CheckState.RELEASED, moment(3))])
    stuck = stays([(CheckState.CO_SIGNING, moment(1))])

    found = waiting([*done, *stuck], now=moment(21))

    assert [(one.state, one.days, one.now_count) for one in found] == [
        (CheckState.CO_SIGNING, 20.0, 1),
        (CheckState.REVIEW, 2.0, 0),
    ]
