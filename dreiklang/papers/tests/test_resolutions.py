"""Resolutions: taken over, entered, reported on, made known, handed over."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.measures.tests import factories as measures
from dreiklang.papers.models import Resolution, ResolutionReport
from dreiklang.papers.queries import resolutions as queries
from dreiklang.papers.queries.decisions import open_decisions
from dreiklang.papers.rules.kinds import PaperKind, ResolutionState, Result, TrackedKind
from dreiklang.papers.services import resolutions as services
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer
from dreiklang.people.services import NotAllowed

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


# Taking over what the council decided


def test_adopted_decisions_are_offered_and_taken_over_once(coordinator):
    step = make.decided(resolution_text="Der Radweg wird gebaut.")
    make.decided(result=Result.REJECTED)

    offered = open_decisions(coordinator)
    first = services.follow_decisions(by=coordinator)
    again = services.follow_decisions(by=coordinator)

    made = Resolution.objects.get()
    assert [one.step for one in offered] == [step]
    assert (first, again) == (1, 0)
    assert (made.number, made.text, made.consultation) == (step.paper.number, "Der Radweg wird gebaut.", step)
    assert (made.decided_on, made.state) == (date(2026, 12, 8), ResolutionState.OPEN)
    assert open_decisions(coordinator) == []


def test_only_what_was_ticked_is_taken_over(coordinator):
    kept, left = make.decided(), make.decided()

    services.follow_decisions(by=coordinator, keys=[f"s{kept.pk}"])

    assert [one.step for one in open_decisions(coordinator)] == [left]


def test_an_advising_step_is_not_followed(coordinator):
    make.step(make.paper(), make.item(make.meeting(), result=Result.ADOPTED), is_deciding=False)

    assert services.follow_decisions(by=coordinator) == 0


def test_a_decision_entered_by_hand_is_not_taken_over_a_second_time(coordinator):
    step = make.decided()
    by_hand = make.resolution("B-1/2026", paper=step.paper, decided_on=date(2026, 12, 8))
    make.resolution("B-2/2026", paper=(other := make.decided()).paper, decided_on=date(2026, 11, 3))

    services.follow_decisions(by=coordinator)

    assert list(Resolution.objects.filter(paper=step.paper)) == [by_hand]
    assert Resolution.objects.filter(consultation=other).exists()


def test_two_decisions_on_one_paper_get_two_numbers(coordinator):
    paper = make.paper("2026/77")
    make.decided(paper)
    make.decided(paper, result=Result.ADOPTED_CHANGED)

    services.follow_decisions(by=coordinator)

    assert set(Resolution.objects.values_list("number", flat=True)) == {"2026/77", "2026/77 (2)"}


def test_what_was_decided_behind_closed_doors_stays_internal(coordinator):
    hidden = [
        make.decided(is_public=False),
        make.decided(make.paper(visibility=Visibility.INTERNAL)),
        make.step(
            make.paper(),
            make.item(make.meeting(visibility=Visibility.INTERNAL), result=Result.ADOPTED),
            is_deciding=True,
        ),
    ]

    services.follow_all()

    made = Resolution.objects.filter(consultation__in=hidden)
    assert {one.visibility for one in made} == {Visibility.INTERNAL}
    assert made.count() == 3


def test_what_was_withdrawn_is_not_followed(coordinator):
    make.decided(make.paper(withdrawn_at=NOW))
    step = make.decided()
    step.withdrawn_at = NOW
    step.save()
    make.decided(withdrawn_at=NOW)

    assert services.follow_decisions(by=coordinator) == 0


def test_a_motion_is_followed_from_the_start_and_learns_its_result(coordinator):
    motion = make.paper(kind=PaperKind.MOTION)
    services.follow_decisions(by=coordinator)
    before = Resolution.objects.get()
    make.decided(motion, result=Result.REJECTED)

    services.follow_decisions(by=coordinator)

    after = Resolution.objects.get()
    assert (before.kind, before.result, before.decided_on) == (TrackedKind.MOTION, Result.OPEN, None)
    assert (after.result, after.state, after.decided_on) == (
        Result.REJECTED,
        ResolutionState.DONE,
        date(2026, 12, 8),
    )


def test_a_motion_decided_behind_closed_doors_is_no_longer_public(coordinator):
    motion = make.paper(kind=PaperKind.MOTION)
    services.follow_decisions(by=coordinator)
    make.decided(motion, is_public=False)

    services.follow_decisions(by=coordinator)

    assert Resolution.objects.get().visibility == Visibility.INTERNAL


def test_nobody_but_the_coordination_takes_over(editor):
    make.decided()

    assert open_decisions(editor) == []
    with pytest.raises(NotAllowed):
        services.follow_decisions(by=editor)


# By hand


def test_an_office_enters_a_promise_for_itself_only(editor, office):
    values = {"title": "Bericht nachreichen", "kind": TrackedKind.PROMISE, "department_id": office.pk}

    made = services.create_resolution(by=editor, number="Z-1", values=values)

    assert (made.visibility, made.state) == (Visibility.INTERNAL, ResolutionState.OPEN)
    with pytest.raises(NotAllowed):
        services.create_resolution(by=editor, number="Z-2", values={**values, "department_id": None})


@pytest.mark.parametrize(("number", "code"), [("B-1", "number_taken"), ("bericht/2026", "number_reserved")])
def test_a_number_is_free_and_no_other_pages_address(coordinator, number, code):
    make.resolution("B-1")

    with pytest.raises(services.CannotSaveResolution) as refusal:
        services.create_resolution(by=coordinator, number=number, values={"title": "x"})

    assert refusal.value.code == code


def test_two_editors_notice_each_other(coordinator):
    services.create_resolution(by=coordinator, number="B-1", values={"title": "Alt"})
    services.change_resolution(by=coordinator, number="B-1", version=1, values={"title": "Neu"})

    with pytest.raises(ChangedMeanwhile):
        services.change_resolution(by=coordinator, number="B-1", version=1, values={"title": "Auch neu"})


def test_measures_are_linked_and_unlinked(coordinator):
    kept, gone, fresh = measures.measure(), measures.measure(), measures.measure()
    ids = [kept.pk, gone.pk]
    services.create_resolution(by=coordinator, number="B-1", values={"title": "x", "measure_ids": ids})

    services.change_resolution(
        by=coordinator, number="B-1", version=1, values={"measure_ids": [kept.pk, fresh.pk]}
    )

    assert set(Resolution.objects.get().measures.all()) == {kept, fresh}


# Reports


def test_a_report_gives_the_state_and_is_kept(coordinator):
    make.resolution("B-1")
    said = services.WhatBecame(ResolutionState.IN_WORK, "Die Planung läuft.")

    services.report_resolution(by=coordinator, on=TODAY, number="B-1", said=said, today=TODAY)
    earlier = services.WhatBecame(ResolutionState.OPEN)
    services.report_resolution(
        by=coordinator, on=TODAY - timedelta(days=9), number="B-1", said=earlier, today=TODAY
    )

    found = Resolution.objects.get()
    assert (found.state, found.state_on) == (ResolutionState.IN_WORK, TODAY)
    assert found.reports.count() == 2


@pytest.mark.parametrize(
    ("on", "state", "code"),
    [
        (TODAY + timedelta(days=1), ResolutionState.DONE, "in_the_future"),
        (date(2026, 10, 5), ResolutionState.DONE, "before_decision"),
        (TODAY, ResolutionState.DROPPED, "needs_reason"),
    ],
)
def test_a_report_that_cannot_be_is_refused(coordinator, on, state, code):
    make.resolution("B-1")

    with pytest.raises(services.CannotReportResolution) as refusal:
        services.report_resolution(
            by=coordinator, on=on, number="B-1", said=services.WhatBecame(state), today=TODAY
        )

    assert refusal.value.code == code
    assert not ResolutionReport.objects.exists()


def test_a_stranger_does_not_report(editor):
    make.resolution("B-1")

    with pytest.raises(NotAllowed):
        services.report_resolution(
            by=editor, on=TODAY, number="B-1", said=services.WhatBecame(ResolutionState.DONE), today=TODAY
        )


def reported(number: str, by: Viewer, note: str = "", inner: str = "") -> ResolutionReport:
    said = services.WhatBecame(ResolutionState.IN_WORK, note, inner)
    return services.report_resolution(by=by, on=TODAY, number=number, said=said, today=TODAY)


def test_a_note_is_public_only_while_it_is_released(coordinator):
    make.resolution("B-1")
    made = reported("B-1", coordinator, "Der Bau beginnt.", "Streit mit dem Land")

    def read() -> list[str]:
        page = queries.resolution_page(PUBLIC, number="B-1", today=TODAY)
        assert "Streit" not in str(page)
        return [one.public_note for one in page.reports]

    before = read()
    services.release_resolution_note(by=coordinator, now=NOW, number="B-1", report_id=made.pk)
    after = read()
    services.take_back_resolution_note(by=coordinator, number="B-1", report_id=made.pk)

    assert (before, after, read()) == ([""], ["Der Bau beginnt."], [""])


def test_a_note_released_in_a_restraint_period_waits(coordinator):
    make.resolution("B-1")
    made = reported("B-1", coordinator, "Der Bau beginnt.")
    services.release_resolution_note(by=coordinator, now=NOW, number="B-1", report_id=made.pk)
    measures.restraint(TODAY - timedelta(days=3), TODAY + timedelta(days=3))

    held_back = queries.resolution_page(PUBLIC, number="B-1", today=TODAY)
    later = queries.resolution_page(PUBLIC, number="B-1", today=TODAY + timedelta(days=4))

    assert (held_back.note, later.note and later.note.public_note) == (None, "Der Bau beginnt.")


def test_only_the_newest_note_is_released(coordinator):
    make.resolution("B-1")
    old, _new = reported("B-1", coordinator, "Alt"), reported("B-1", coordinator, "Neu")

    with pytest.raises(services.CannotReleaseNote) as refusal:
        services.release_resolution_note(by=coordinator, now=NOW, number="B-1", report_id=old.pk)

    assert refusal.value.code == "replaced"
