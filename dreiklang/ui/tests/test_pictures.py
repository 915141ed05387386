import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.ui.rules import Part, PhaseStep, Span, overlaps, phase_picture, segments, time_picture
from dreiklang.ui.rules.pictures import LEAST_PERCENT

TODAY = date(2026, 9, 30)
counts = st.lists(st.integers(0, 500), min_size=1, max_size=6)
days = st.dates(date(2015, 1, 1), date(2040, 12, 31))
periods = st.lists(st.tuples(days, days).map(lambda p: (min(p), max(p))), max_size=6)


def parts(*numbers):
    return [Part(code=str(i), label=f"Zustand {i}", count=n) for i, n in enumerate(numbers)]


def step(code, **given):
    return PhaseStep(code=code, label=code, **given)


def test_parts_share_the_width_by_their_counts():
    found = segments(parts(30, 10))

    assert [(s.x, s.width) for s in found] == [(0, 75), (75, 25)]


def test_a_bar_is_as_long_as_its_share_of_the_longest():
    found = segments(parts(10, 10), scale=40)

    assert sum(s.width for s in found) == pytest.approx(50)


def test_parts_without_a_count_are_not_drawn():
    assert [s.part.count for s in segments(parts(3, 0, 1))] == [3, 1]


def test_nothing_counted_draws_nothing():
    assert segments(parts(0, 0)) == ()


@given(counts, st.integers(0, 2000))
def test_segments_stand_side_by_side_inside_the_width_and_none_is_too_narrow(numbers, scale):
    found = segments(parts(*numbers), scale=scale)

    end = 0.0
    for segment in found:
        assert segment.x == pytest.approx(end, abs=0.01)
        end = segment.x + segment.width
        assert segment.width >= min(LEAST_PERCENT, 100 / len(found)) - 0.01
    assert end <= 100.01


@given(counts)
def test_a_larger_count_is_never_drawn_narrower(numbers):
    found = sorted(segments(parts(*numbers)), key=lambda s: s.part.count)

    widths = [s.width for s in found]
    assert all(a <= b + 0.01 for a, b in itertools.pairwise(widths))


def test_long_words_stay_out_of_a_narrow_part():
    narrow = segments([Part("a", "offen", 1, shown="1,09"), Part("b", "Förderung", 20, shown="20,00")])

    assert [s.inside for s in narrow] == ["", "20,00"]


def test_today_stands_between_the_current_and_the_next_phase_by_date():
    steps = [step("a", reached_on=date(2026, 1, 1), is_current=True), step("b", planned_on=date(2027, 7, 1))]

    found = phase_picture(steps, today=TODAY)

    assert found.today_x == pytest.approx(100 * 272 / 546, abs=0.1)


def test_an_overdue_phase_keeps_today_before_its_point():
    steps = [step("a", reached_on=date(2025, 1, 1)), step("b", planned_on=date(2026, 1, 1))]

    assert phase_picture(steps, today=TODAY).today_x < 100


def test_today_is_unknown_without_dates():
    steps = [step("a", is_current=True), step("b", planned_on=date(2027, 1, 1))]

    assert phase_picture(steps, today=TODAY).today_x is None


def test_a_later_plan_is_late_and_shown_below():
    steps = [
        step("a", reached_on=date(2026, 1, 1)),
        step("b", planned_on=date(2027, 6, 30), first_planned_on=date(2026, 12, 31)),
    ]

    found = phase_picture(steps, today=TODAY)

    assert found.is_late
    assert found.points[1].shift_days == 181


def test_steps_before_the_current_one_count_as_reached():
    found = phase_picture([step("a"), step("b", is_current=True), step("c")], today=TODAY)

    assert [p.is_reached for p in found.points] == [True, True, False]


def test_periods_that_share_days_overlap():
    one, other = (date(2026, 3, 1), date(2027, 6, 30)), (date(2027, 4, 1), date(2027, 9, 30))

    assert overlaps([one, other]) == ((date(2027, 4, 1), date(2027, 6, 30)),)


def test_periods_that_follow_each_other_do_not_overlap():
    assert overlaps([(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 9, 1))]) == ()


@given(periods, days)
def test_a_day_is_in_an_overlap_exactly_when_two_periods_hold_it(found, day):
    holding = sum(begin <= day <= end for begin, end in found)

    assert any(b <= day <= e for b, e in overlaps(found)) == (holding >= 2)


@given(periods.filter(bool))
def test_bands_stay_inside_the_picture(found):
    picture = time_picture([Span("x", begin, end) for begin, end in found], today=TODAY)

    for _span, band in picture.bands:
        assert 0 <= band.x <= 100
        assert 0 < band.width <= 100.001 - band.x + 0.001


def test_an_open_period_reaches_the_end_of_the_picture():
    picture = time_picture([Span("offen", date(2025, 5, 1), None)], today=TODAY)

    assert picture.bands[0][1].end == date(2026, 12, 31)


def test_no_periods_draw_nothing():
    assert time_picture([], today=TODAY).bands == ()
