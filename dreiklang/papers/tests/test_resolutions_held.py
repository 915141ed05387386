"""Resolutions that nobody answers for, and decisions that nobody follows: found and counted."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dreiklang.measures.tests import factories as measures
from dreiklang.papers.models import Resolution
from dreiklang.papers.queries.decisions import open_decision_count, open_decisions
from dreiklang.papers.queries.resolutions import ownerless
from dreiklang.papers.rules.kinds import PaperKind, ResolutionState, Result
from dreiklang.papers.services import resolutions as services
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import PUBLIC, Role, Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Viewer:
    return measures.coordinator()


def test_unfinished_resolutions_without_office_or_with_somebody_who_left_are_ownerless(coordinator):
    office, ended = measures.department("66"), measures.department("99", ended_on=date(2026, 1, 1))
    gone = measures.account("Weg")
    gone.is_active = False
    gone.save()
    make.resolution("B-10")
    make.resolution("B-2", department=ended)
    make.resolution("B-3", department=office, lead=gone)
    make.resolution("B-4", department=office)
    make.resolution("B-5", state=ResolutionState.DONE)

    found = ownerless(coordinator)

    assert [one.key for one in found] == ["B-2", "B-3", "B-10"]
    assert found[0].url == "/beschluesse/B-2/"
    assert ownerless(PUBLIC) == ()


def test_they_stand_on_the_page_of_handing_over(client: Client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(measures.account("Koordination", role=Role.COORDINATOR))
    make.resolution("B-1", title="Radweg Nord")

    page = client.get("/arbeit/uebergabe/").content.decode()

    assert "1 Beschluss<" in page
    assert "Radweg Nord" in page


def offered() -> None:
    """A decision, a motion and an inquiry to follow; a rejected paper and one that only was advised on."""
    for kind, result, deciding in (
        (PaperKind.PROPOSAL, Result.ADOPTED, True),
        (PaperKind.MOTION, Result.REJECTED, True),
        (PaperKind.INQUIRY, Result.OPEN, False),
        (PaperKind.PROPOSAL, Result.REJECTED, True),
        (PaperKind.PROPOSAL, Result.ADOPTED, False),
    ):
        make.step(make.paper(kind=kind), make.item(make.meeting(), result=result), is_deciding=deciding)


def test_what_is_offered_is_counted_as_it_is_listed(coordinator):
    offered()

    counts = []
    for _ in range(2):
        counts.append((open_decision_count(coordinator, most=99), len(open_decisions(coordinator))))
        services.follow_decisions(by=coordinator)

    assert counts == [(3, 3), (0, 0)]
    assert Resolution.objects.count() == 3
    offered()
    assert open_decision_count(PUBLIC, most=99) == 0


def test_many_are_counted_no_further_than_one_more_than_asked_for(coordinator):
    for _ in range(3):
        offered()

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = open_decision_count(coordinator, most=4)

    assert found == 5
    assert len(asked) <= 2
