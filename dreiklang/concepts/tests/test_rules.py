from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.concepts.rules import (
    ConceptStatus,
    ProcedureStep,
    Step,
    Validity,
    amount,
    lacks_summary,
    status_by_steps,
    validity,
)
from dreiklang.core.values import Money, Unknown

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_a_missing_amount_is_unknown_with_the_words_of_the_source() -> None:
    assert amount(None, "erst nach der Ausschreibung") == Unknown("not_stated", "erst nach der Ausschreibung")


def test_nothing_is_an_amount() -> None:
    assert amount(Decimal("0.00"), "") == Money(0)


def test_without_dates_nothing_is_said_about_validity() -> None:
    assert validity(valid_from=None, valid_to=None, today=date(2026, 1, 1)) is Validity.UNDATED


@given(DAYS, st.integers(0, 4000))
def test_both_ends_belong_to_the_period(begin: date, length: int) -> None:
    end = begin + timedelta(days=length)

    def on(day: date) -> Validity:
        return validity(valid_from=begin, valid_to=end, today=day)

    assert on(begin) is on(end) is Validity.IN_FORCE
    assert on(begin - timedelta(days=1)) is Validity.NOT_YET
    assert on(end + timedelta(days=1)) is Validity.EXPIRED


@given(DAYS, DAYS)
def test_an_open_end_never_expires(begin: date, today: date) -> None:
    assert validity(valid_from=begin, valid_to=None, today=today) is not Validity.EXPIRED


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("drafting", "submitted", True),
        ("participation", "adopted", True),
        ("", "submitted", True),
        ("", "adopted", False),
        ("submitted", "adopted", False),
        ("adopted", "revision", False),
        ("drafting", "participation", False),
    ],
)
def test_a_summary_is_asked_for_on_the_way_to_the_council(before: str, after: str, expected: bool) -> None:
    assert lacks_summary(before=before, after=after, summary=" ", waived_reason="") is expected
    assert not lacks_summary(before=before, after=after, summary="Kurz gesagt.", waived_reason="")
    assert not lacks_summary(before=before, after=after, summary="", waived_reason="eilt")


def test_every_status_may_be_asked() -> None:
    asked = {
        one
        for one in ConceptStatus
        if lacks_summary(before="drafting", after=one, summary="", waived_reason="")
    }

    assert asked == {ConceptStatus.SUBMITTED, ConceptStatus.ADOPTED}


TODAY = date(2026, 6, 1)


def step(name: str, on: date, until: date | None = None) -> Step:
    return Step(ProcedureStep(name), on, until)


def test_without_any_step_nobody_knows_how_far_a_plan_is() -> None:
    assert status_by_steps([], today=TODAY) == Unknown("not_stated")


def test_a_step_that_lies_ahead_says_nothing_yet() -> None:
    assert status_by_steps([step("in_force", date(2026, 6, 2))], today=TODAY) == Unknown("not_stated")


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([step("initiated", date(2025, 1, 1))], ConceptStatus.DRAFTING),
        ([step("display", date(2026, 5, 20), date(2026, 6, 1))], ConceptStatus.PARTICIPATION),
        ([step("display", date(2026, 4, 20), date(2026, 5, 31))], ConceptStatus.DRAFTING),
        (
            [step("display", date(2025, 1, 1), date(2025, 2, 1)), step("display", TODAY)],
            ConceptStatus.PARTICIPATION,
        ),
        ([step("resolved", date(2026, 1, 1)), step("display", date(2026, 5, 20))], ConceptStatus.ADOPTED),
        ([step("in_force", date(2020, 1, 1)), step("expired", date(2026, 6, 1))], ConceptStatus.SUPERSEDED),
        ([step("in_force", date(2020, 1, 1)), step("expired", date(2026, 6, 2))], ConceptStatus.ADOPTED),
    ],
)
def test_the_latest_step_that_counts_says_how_far_a_plan_is(steps: list[Step], status: ConceptStatus) -> None:
    assert status_by_steps(steps, today=TODAY) is status
