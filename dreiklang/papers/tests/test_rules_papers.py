"""Where a paper stands, whether a local council was heard, and what its address is."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dreiklang.papers.rules.keys import RESERVED, free_key, key_of
from dreiklang.papers.rules.kinds import ConsultationRole, Result
from dreiklang.papers.rules.papers import (
    Counted,
    Hearing,
    RouteStep,
    Whereabouts,
    is_strategic,
    local_council,
    standing,
)

TODAY = date(2026, 11, 22)
PAST, LATER, FAR = date(2026, 11, 3), date(2026, 12, 1), date(2026, 12, 15)
ADVICE = RouteStep(1, "Bauausschuss", False, PAST, ConsultationRole.ADVICE, False, Result.OPEN)
DECISION = RouteStep(2, "Gemeinderat", False, LATER, ConsultationRole.DECISION, True, Result.OPEN)
LOCAL = RouteStep(3, "Ortschaftsrat", True, LATER, ConsultationRole.HEARING, False, Result.OPEN)


def where(*steps, is_withdrawn=False):
    return standing(steps, is_withdrawn=is_withdrawn, today=TODAY)


def test_a_paper_without_a_route_says_so():
    assert where().where is Whereabouts.NO_ROUTE


def test_a_paper_is_planned_until_its_first_meeting_is_over():
    found = where(replace(ADVICE, on=FAR), DECISION)

    assert (found.where, found.step) == (Whereabouts.PLANNED, DECISION)


def test_a_paper_in_consultation_names_its_next_meeting():
    found = where(ADVICE, DECISION)

    assert (found.where, found.step) == (Whereabouts.IN_CONSULTATION, DECISION)


def test_a_paper_whose_minutes_are_missing_is_still_in_consultation():
    late = replace(DECISION, on=PAST)

    assert where(late).where is Whereabouts.IN_CONSULTATION


def test_the_deciding_committees_result_decides():
    advised = replace(ADVICE, result=Result.ADOPTED)
    adopted = replace(DECISION, on=PAST, result=Result.ADOPTED)

    assert where(advised, DECISION).where is Whereabouts.IN_CONSULTATION
    assert where(advised, adopted).step == adopted
    assert where(advised, adopted).where is Whereabouts.DECIDED


def test_another_result_of_the_deciding_committee_ends_the_way_too():
    assert where(replace(DECISION, on=PAST, result=Result.OTHER)).where is Whereabouts.DECIDED
    assert where(replace(ADVICE, result=Result.OTHER)).where is Whereabouts.IN_CONSULTATION


def test_a_postponed_decision_is_none():
    assert where(replace(DECISION, on=PAST, result=Result.POSTPONED)).where is Whereabouts.IN_CONSULTATION


def test_cancelled_and_withdrawn_steps_do_not_count():
    gone = replace(DECISION, is_cancelled=True), replace(ADVICE, is_withdrawn=True)

    assert where(*gone).where is Whereabouts.NO_ROUTE
    assert where(ADVICE, is_withdrawn=True).where is Whereabouts.WITHDRAWN


def test_a_local_council_is_heard_when_its_meeting_is_over():
    assert local_council([ADVICE], today=TODAY) is Hearing.NOT_ON_ROUTE
    assert local_council([LOCAL], today=TODAY) is Hearing.PLANNED
    assert local_council([replace(LOCAL, on=PAST)], today=TODAY) is Hearing.HEARD
    assert local_council([replace(LOCAL, result=Result.REJECTED)], today=TODAY) is Hearing.HEARD


def test_a_local_council_that_postponed_was_not_heard():
    assert local_council([replace(LOCAL, on=PAST, result=Result.POSTPONED)], today=TODAY) is Hearing.PLANNED


def test_what_is_said_of_a_paper_goes_before_the_rule_for_its_kind():
    assert is_strategic(None, kind="proposal", strategic_kinds=["proposal"])
    assert not is_strategic(False, kind="proposal", strategic_kinds=["proposal"])
    assert is_strategic(True, kind="inquiry", strategic_kinds=[])


def test_counts_are_capped():
    assert Counted.of(500) == Counted(500)
    assert Counted.of(501) == Counted(500, is_more=True)


def test_an_address_holds_letters_figures_and_hyphens():
    assert key_of("2024/0512 Radweg Süd (neu)") == "2024-0512-radweg-sued-neu"
    assert key_of("///") == "ohne-nummer"


def test_a_number_that_occurs_twice_gets_two_addresses():
    assert free_key("2024/1", taken={"2024-1", "2024-1-2"}) == "2024-1-3"


@given(st.text(max_size=200))
def test_a_key_is_never_empty_and_never_a_reserved_word(text):
    key = key_of(text)

    assert key
    assert key not in RESERVED
    assert len(key) <= 80
