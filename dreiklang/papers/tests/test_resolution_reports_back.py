"""A report on a resolution is taken back: it stays, marked, and says nothing any more."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.core.imports.contract import Actor
from dreiklang.measures.tests import factories as measures
from dreiklang.papers.imports.resolution_reports import add_reports, take_states
from dreiklang.papers.models import Resolution, ResolutionReport
from dreiklang.papers.queries import resolutions as queries
from dreiklang.papers.rules.kinds import ResolutionState, Result
from dreiklang.papers.services import resolutions as services
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import PUBLIC, Role, Viewer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOTE = "Die Planung läuft."


@pytest.fixture
def coordinator() -> Viewer:
    return measures.coordinator()


def reported(
    by: Viewer, state: ResolutionState, *, note: str = "", days_ago: int = 0, number: str = "B-1"
) -> ResolutionReport:
    on = TODAY - timedelta(days=days_ago)
    said = services.WhatBecame(state, note)
    return services.report_resolution(by=by, on=on, number=number, said=said, today=TODAY)


def taken_back(
    by: Viewer, made: ResolutionReport, *, seconds: int = 30, number: str = "B-1"
) -> ResolutionReport:
    now = made.recorded_at + timedelta(seconds=seconds)
    return services.withdraw_resolution_report(by=by, now=now, number=number, report_id=made.pk)


def test_the_report_before_counts_again(coordinator):
    make.resolution("B-1")
    reported(coordinator, ResolutionState.IN_WORK, days_ago=9)
    wrong = reported(coordinator, ResolutionState.DONE)

    taken_back(coordinator, wrong)

    found = Resolution.objects.get()
    assert (found.state, found.state_on) == (ResolutionState.IN_WORK, TODAY - timedelta(days=9))
    assert found.reports.count() == 2


@pytest.mark.parametrize(
    ("result", "state", "day"),
    [
        (Result.ADOPTED, ResolutionState.OPEN, None),
        (Result.REJECTED, ResolutionState.DONE, date(2026, 10, 6)),
    ],
)
def test_without_a_report_before_it_stands_as_at_the_beginning(coordinator, result, state, day):
    make.resolution("B-1", result=result, decided_on=date(2026, 10, 6))

    taken_back(coordinator, reported(coordinator, ResolutionState.IN_WORK))

    found = Resolution.objects.get()
    assert (found.state, found.state_on) == (state, day)


def test_what_was_settled_begins_as_done_on_the_day_of_its_decision(coordinator):
    values = {"title": "x", "result": Result.NOTED, "decided_on": date(2026, 10, 6)}

    made = services.create_resolution(by=coordinator, number="B-1", values=values)

    assert (made.state, made.state_on) == (ResolutionState.DONE, date(2026, 10, 6))


def test_only_who_wrote_it_takes_it_back_once_and_within_a_minute(coordinator):
    make.resolution("B-1")
    made = reported(coordinator, ResolutionState.DONE)
    colleague = measures.viewer(Role.COORDINATOR, of=measures.account("Kollegin"))

    def refused(by: Viewer, seconds: int = 30) -> str:
        with pytest.raises(services.CannotWithdrawReport) as refusal:
            taken_back(by, made, seconds=seconds)
        return refusal.value.code

    refusals = [refused(colleague), refused(coordinator, 61)]
    taken_back(coordinator, made, seconds=60)

    assert [*refusals, refused(coordinator)] == ["not_yours", "too_late", "already"]


def test_its_note_is_public_no_longer_and_nothing_tells_outside_that_it_was_there(coordinator):
    make.resolution("B-1")
    made = reported(coordinator, ResolutionState.DONE, note=NOTE)
    services.release_resolution_note(by=coordinator, now=NOW, number="B-1", report_id=made.pk)
    read_before = str(queries.resolution_data(number="B-1", today=TODAY))

    taken_back(coordinator, made)

    report = queries.council_report(PUBLIC, year=2026, today=TODAY)
    data = queries.resolution_data(number="B-1", today=TODAY)
    page = queries.resolution_page(PUBLIC, number="B-1", today=TODAY)
    assert NOTE in read_before
    assert NOTE not in f"{report}{data}{page}"
    assert (page.reports, data["reports"], data["state"]) == ((), [], "open")


def test_inside_it_stands_marked_and_waits_for_no_release(coordinator):
    make.resolution("B-1")
    made = reported(coordinator, ResolutionState.DONE, note=NOTE)

    taken_back(coordinator, made)

    page = queries.resolution_page(coordinator, number="B-1", today=TODAY)
    (row,) = page.reports
    assert (row.public_note, row.withdrawn_at is not None, row.is_waiting, page.note) == (
        NOTE,
        True,
        False,
        None,
    )
    assert queries.resolutions_due_for(coordinator, today=TODAY) == []
    with pytest.raises(services.CannotReleaseNote) as refusal:
        services.release_resolution_note(by=coordinator, now=NOW, number="B-1", report_id=made.pk)
    assert refusal.value.code == "withdrawn"


def test_the_note_before_may_be_released_again(coordinator):
    make.resolution("B-1")
    before = reported(coordinator, ResolutionState.IN_WORK, note="Alt", days_ago=3)
    taken_back(coordinator, reported(coordinator, ResolutionState.DONE, note="Neu"))

    services.release_resolution_note(by=coordinator, now=NOW, number="B-1", report_id=before.pk)

    (shown,) = queries.resolution_page(PUBLIC, number="B-1", today=TODAY).reports
    assert shown.public_note == "Alt"


def test_a_list_that_says_it_again_makes_a_report_of_its_own(coordinator):
    record = make.resolution("B-1")
    made = reported(coordinator, ResolutionState.DONE, note=NOTE)
    taken_back(coordinator, made)
    said: dict[str, Any] = {
        "state": "done",
        "state_on": TODAY.isoformat(),
        "public_note": NOTE,
        "is_released": True,
    }

    add_reports({record.pk: said}, by=Actor(None, "Liste"))
    take_states([record.pk])

    record.refresh_from_db()
    assert (record.state, record.reports.filter(withdrawn_at=None).count()) == ("done", 1)
    assert ResolutionReport.objects.get(pk=made.pk).released_at is None


def test_a_hurried_person_takes_it_back_from_the_page(client: Client):
    client.force_login(measures.account("Koordination", role=Role.COORDINATOR))
    record = make.resolution("B-1")
    path = reverse("papers:resolution_report", args=[record.number])
    told = client.post(path, {"state": "done", "public_note": NOTE, "reported_on": "2026-11-20"}, follow=True)
    undo = reverse("papers:resolution_report_withdraw", args=[record.number, record.reports.get().pk])

    back = client.post(undo, follow=True)

    assert undo in told.content.decode()
    assert "Bericht zurückgenommen" in back.content.decode()
    assert "Zurückgenommen am" in back.content.decode()
    client.logout()
    assert (
        "Zurückgenommen am"
        not in client.get(reverse("papers:resolution", args=[record.number])).content.decode()
    )
    assert client.get(undo).status_code == 405
    assert client.post(undo).status_code in {302, 403, 404}
