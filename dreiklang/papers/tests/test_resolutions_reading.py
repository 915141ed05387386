"""What can be read of resolutions: by whom, how they are counted, what is due, what is handed over."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.values import Unknown
from dreiklang.measures.tests import factories as measures
from dreiklang.papers.models import PaperLink, ResolutionReport
from dreiklang.papers.queries import resolutions as queries
from dreiklang.papers.queries import search
from dreiklang.papers.rules.kinds import ResolutionState, Result, TargetKind, TrackedKind
from dreiklang.papers.rules.resolutions import Fate, Funding, ResolutionFilter, funding
from dreiklang.papers.services import resolutions as services
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MEMBER = Viewer(9, held=frozenset({HeldRole(Role.COUNCIL_MEMBER)}))


@pytest.fixture
def coordinator() -> Viewer:
    return measures.coordinator()


@pytest.fixture
def office():
    return measures.department("66")


@pytest.fixture
def editor(office) -> Viewer:
    return measures.viewer(Role.DEPARTMENT_EDITOR, departments=[office], of=measures.account("Editor"))


def decided(paper=None, *, result: Result = Result.ADOPTED, **item: object):
    """A public decision of a public meeting."""
    at = make.item(make.meeting(), result=result, **item)
    return make.step(paper or make.paper(), at, is_deciding=True)


def reported(number: str, by: Viewer, note: str = "", inner: str = "") -> ResolutionReport:
    said = services.WhatBecame(ResolutionState.IN_WORK, note, inner)
    return services.report_resolution(by=by, on=TODAY, number=number, said=said, today=TODAY)


@pytest.mark.parametrize("viewer", [PUBLIC, MEMBER])
def test_an_internal_resolution_reaches_nobody_outside(viewer):
    measure, goal = measures.measure(), measures.goal(measures.framework())
    paper = make.paper()
    PaperLink.objects.create(paper=paper, kind=TargetKind.GOAL, target=goal.pk)
    hidden = make.resolution("B-geheim", visibility=Visibility.INTERNAL, paper=paper)
    hidden.measures.add(measure)
    everything = ResolutionFilter()

    with pytest.raises(NotFound):
        queries.resolution_page(viewer, number="B-geheim", today=TODAY)
    assert queries.resolution_lines(viewer, wanted=everything, today=TODAY) == []
    assert queries.resolution_lines(viewer, wanted=ResolutionFilter(text="geheim"), today=TODAY) == []
    assert queries.resolution_counts(viewer, wanted=everything, today=TODAY).total == 0
    assert queries.resolutions_of_measure(viewer, measure=measure.pk, today=TODAY) == []
    assert queries.resolutions_of_goal(viewer, goals=[goal.pk], today=TODAY) == []
    report = queries.council_report(viewer, year=2026, today=TODAY)
    assert (report.counts.total, report.lines, report.committees) == (0, (), ())
    assert queries.resolutions_data(today=TODAY, limit=10) == {"count": 0, "items": []}
    assert queries.resolution_lists(viewer).jahr == []


def test_a_public_resolution_keeps_its_internal_paper_measure_and_meeting_to_itself():
    paper = make.paper(visibility=Visibility.INTERNAL)
    step = decided(paper)
    known = make.resolution("B-1", paper=paper, consultation=step)
    known.measures.add(measures.measure(visibility=Visibility.INTERNAL))

    page = queries.resolution_page(PUBLIC, number="B-1", today=TODAY)
    data = queries.resolution_data(number="B-1", today=TODAY)

    assert (page.paper, page.meeting, page.measures, page.inside) == (None, None, (), None)
    assert (data["paper"], data["measures"]) == (None, [])


def test_filters_narrow_and_counts_agree(coordinator, office):
    council = make.committee("SR")
    late = make.resolution(
        "B-1", committee=council, department=office, due_on=TODAY - timedelta(days=1), needs_money=True
    )
    make.resolution("B-2", state=ResolutionState.DONE, decided_on=date(2025, 3, 1))

    def numbers(**wanted: Any) -> list[str]:
        asked = ResolutionFilter(**wanted)
        lines = queries.resolution_lines(coordinator, wanted=asked, today=TODAY)
        counts = queries.resolution_counts(coordinator, wanted=asked, today=TODAY)
        assert counts.total == len(lines)
        return [one.number for one in lines]

    assert numbers() == ["B-1", "B-2"]
    assert numbers(fate=Fate.OVERDUE) == numbers(only_unfunded=True) == [late.number]
    assert numbers(committee=council.pk) == numbers(department=office.pk) == numbers(year=2026) == ["B-1"]
    assert numbers(committee=0) == []
    assert numbers(text="B-2") == ["B-2"]


@pytest.mark.parametrize("amount", [None, Decimal(0), Decimal(10)])
@pytest.mark.parametrize("words", ["", "Haushalt 2027"])
@pytest.mark.parametrize("needs", [None, True, False])
def test_the_database_flags_what_the_rule_flags(coordinator, amount, words, needs):
    for state in ResolutionState:
        make.resolution(f"B-{state}", money_eur=amount, money_words=words, needs_money=needs, state=state)

    flagged = queries.resolution_lines(coordinator, wanted=ResolutionFilter(only_unfunded=True), today=TODAY)

    assert {one.number for one in flagged} == {
        f"B-{state}"
        for state in ResolutionState
        if funding(amount, words=words, needs_money=needs, state=state) is Funding.MISSING
    }


def test_a_goal_shows_what_was_decided_for_it_by_paper_or_measure(coordinator):
    goal, measure = measures.goal(measures.framework()), measures.measure()
    measures.supports(measure, goal)
    paper = make.paper()
    PaperLink.objects.create(paper=paper, kind=TargetKind.GOAL, target=goal.pk)
    by_paper = make.resolution(paper=paper)
    by_measure = make.resolution()
    by_measure.measures.add(measure)
    make.resolution()

    found = queries.resolutions_of_goal(PUBLIC, goals=[goal.pk], today=TODAY)

    assert {one.number for one in found} == {by_paper.number, by_measure.number}


def test_lists_take_a_constant_number_of_statements(coordinator, django_assert_num_queries):
    for number in range(4):
        make.resolution(f"B-{number}", committee=make.committee(), department=measures.department())

    with django_assert_num_queries(1):
        queries.resolution_lines(coordinator, wanted=ResolutionFilter(), today=TODAY)
    with django_assert_num_queries(5):
        queries.council_report(coordinator, year=2026, today=TODAY)
    # Two of them for the meetings: what was decided stands in consultations, a promise names its meeting itself.
    with django_assert_num_queries(9):
        queries.resolutions_data(today=TODAY, limit=10)


def test_the_council_report_counts_its_year_and_names_what_is_left_open(coordinator):
    council = make.committee("SR", name="Stadtrat")
    done = make.resolution("B-1", committee=council, state=ResolutionState.DONE)
    make.resolution("B-2", decided_on=date(2024, 5, 1))
    make.resolution("B-3", decided_on=date(2024, 5, 1), state=ResolutionState.DONE)
    make.resolution("A-4", decided_on=None, kind=TrackedKind.MOTION)

    report = queries.council_report(coordinator, year=2026, today=TODAY)

    assert [one.number for one in report.lines] == [done.number]
    assert [one.number for one in report.earlier] == ["B-2"]
    assert [one.number for one in report.undated] == ["A-4"]
    assert [(one.name, one.counts.of(Fate.DONE)) for one in report.committees] == [("Stadtrat", 1)]


def test_my_resolutions_are_due(office):
    me, other = measures.account("Ich"), measures.account("Andere")
    viewer = measures.viewer(Role.LEAD, departments=[office], of=me)
    make.resolution("B-1", lead=me, due_on=TODAY - timedelta(days=1))
    make.resolution("B-2", department=office, due_on=TODAY + timedelta(days=5))
    make.resolution("B-3", lead=other, due_on=TODAY)
    make.resolution("B-4", lead=me, due_on=TODAY + timedelta(days=99))
    make.resolution("B-5", lead=me, due_on=TODAY, state=ResolutionState.DONE)

    due = queries.resolutions_due_for(viewer, today=TODAY)

    assert [(one.number, one.reason) for one in due] == [
        ("B-1", "resolution_overdue"),
        ("B-2", "resolution_due"),
    ]


def test_a_note_waits_for_those_who_may_release_it(coordinator, editor, office):
    make.resolution("B-1", department=office)
    reported("B-1", coordinator, "Der Bau beginnt.")
    stranger = measures.viewer(
        Role.DEPARTMENT_EDITOR, departments=[measures.department()], of=measures.account("Fremd")
    )

    assert [one.reason for one in queries.resolutions_due_for(editor, today=TODAY)] == ["resolution_note"]
    assert queries.resolutions_due_for(stranger, today=TODAY) == []


def test_resolutions_are_handed_over(coordinator, office):
    after, me, successor = measures.department(), measures.account("Ich"), measures.account("Neu")
    make.resolution("B-1", department=office, lead=me)
    make.resolution("B-2", department=office)

    one = services.hand_over(by=coordinator, from_department=office, to_department=after, only_keys=["B-1"])
    two = services.hand_over(by=coordinator, from_account=me, to_account=successor)

    assert (one, two) == (1, 1)
    assert [held.key for held in queries.in_hands_of(coordinator, department_id=office.pk)] == ["B-2"]
    assert [held.key for held in queries.in_hands_of(coordinator, account_id=successor.pk)] == ["B-1"]
    assert queries.in_hands_of(PUBLIC, department_id=office.pk) == ()


def test_money_nobody_named_stays_unknown_in_the_data():
    make.resolution("B-1", money_words="im Haushalt 2027")

    item = queries.resolution_data(number="B-1", today=TODAY)
    line = queries.resolution_lines(PUBLIC, wanted=ResolutionFilter(), today=TODAY)[0]

    assert isinstance(line.money, Unknown)
    assert item["money_eur"] is None
    assert item["money_unknown"] == {"reason": "not_stated", "words": "im Haushalt 2027"}


def test_the_search_over_everything_finds_public_resolutions_and_inside_all_of_them(coordinator):
    make.resolution("B-1/2026", title="Radweg an der Schleuse")
    make.resolution("B-2/2026", title="Radweg an der Mühle", visibility=Visibility.INTERNAL)

    assert {hit.key for hit in search(PUBLIC, text="Radweg")} == {"B-1/2026"}
    assert {hit.key for hit in search(MEMBER, text="Radweg")} == {"B-1/2026"}
    found = search(coordinator, text="Radweg")
    assert {hit.key for hit in found} == {"B-1/2026", "B-2/2026"}
    assert {hit.kind for hit in found} == {"resolution"}
