"""What became public because its source showed it goes inside when the source hides it."""

from datetime import UTC, date, datetime

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.core.models import Change
from dreiklang.measures.tests import factories as measures
from dreiklang.papers.models import Resolution
from dreiklang.papers.queries import resolutions as queries
from dreiklang.papers.rules.kinds import ResolutionState, Result
from dreiklang.papers.services import resolutions as services
from dreiklang.papers.services.papers import change_item, set_paper_visibility
from dreiklang.papers.tests import factories as make
from dreiklang.people.rules import HeldRole, Role, Viewer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MEMBER = Viewer(9, held=frozenset({HeldRole(Role.COUNCIL_MEMBER)}))


@pytest.fixture
def coordinator() -> Viewer:
    return measures.coordinator()


HIDDEN = {
    "item is closed": lambda step: _set(step.item, is_public=False),
    "item is withdrawn": lambda step: _set(step.item, withdrawn_at=NOW, resolution_text=""),
    "meeting is internal": lambda step: _set(step.meeting, visibility=Visibility.INTERNAL),
    "meeting is withdrawn": lambda step: _set(step.meeting, withdrawn_at=NOW),
    "paper is internal": lambda step: _set(step.paper, visibility=Visibility.INTERNAL),
    "paper is withdrawn": lambda step: _set(step.paper, withdrawn_at=NOW),
    "step is withdrawn": lambda step: _set(step, withdrawn_at=NOW),
}


def _set(record, **values: object) -> None:
    type(record).objects.filter(pk=record.pk).update(**values)


@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN)
def test_what_its_source_no_longer_shows_becomes_internal(coordinator, hide):
    step = make.decided(resolution_text="Grundstück 12 geht an Frau Muster.")
    services.follow_all()
    assert queries.resolutions_data(today=TODAY, limit=9)["count"] == 1

    hide(step)
    services.follow_all()

    one = Resolution.objects.get()
    assert one.visibility == Visibility.INTERNAL
    assert queries.resolutions_data(today=TODAY, limit=9)["count"] == 0


@pytest.mark.parametrize("hide", [name for name in HIDDEN if "withdrawn" in name])
def test_a_copied_wording_goes_with_what_was_withdrawn(coordinator, hide):
    step = make.decided(resolution_text="Grundstück 12 geht an Frau Muster.")
    services.follow_all()
    HIDDEN[hide](step)

    services.follow_all()

    assert Resolution.objects.get().text == ""


def test_a_wording_that_was_changed_here_stays_where_it_is_internal(coordinator):
    step = make.decided(resolution_text="Alt")
    services.follow_all()
    _set(Resolution.objects.get(), text="Von uns erläutert.")
    _set(step.item, withdrawn_at=NOW, resolution_text="")

    services.follow_all()

    one = Resolution.objects.get()
    assert (one.text, one.visibility) == ("Von uns erläutert.", Visibility.INTERNAL)


def test_a_copied_wording_follows_a_correction_of_the_minutes(coordinator):
    step = make.decided()
    services.follow_all()
    for said in ("Frau Muster erhält das Grundstück.", "N. N. erhält das Grundstück."):
        _set(step.item, resolution_text=said)
        _set(step.paper, title=said)
        services.follow_all()

        one = Resolution.objects.get()
        assert (one.text, one.title, one.visibility) == (said, said, Visibility.PUBLIC)


def test_a_result_follows_a_correction_of_the_minutes(coordinator):
    step = make.decided()
    services.follow_all()

    _set(step.item, result=Result.REJECTED)
    services.follow_all()

    one = Resolution.objects.get()
    assert (one.result, one.state) == (Result.REJECTED, ResolutionState.DONE)


def test_a_result_entered_here_is_not_corrected(coordinator):
    step = make.decided()
    services.follow_all()
    Resolution.objects.update(result=Result.ADOPTED_CHANGED)

    services.follow_all()

    assert Resolution.objects.get().result == Result.ADOPTED_CHANGED
    assert step.item.result == Result.ADOPTED


def test_what_somebody_released_here_stays_public(coordinator):
    step = make.decided(is_public=False, resolution_text="Geheim")
    services.follow_all()
    one = Resolution.objects.get()
    services.set_resolution_visibility(
        by=coordinator, number=one.number, version=one.version, visibility=Visibility.PUBLIC
    )
    _set(step.item, resolution_text="Geheim, und mehr")

    services.follow_all()

    one = Resolution.objects.get()
    assert (one.visibility, one.text) == (Visibility.PUBLIC, "Geheim")


def test_a_paper_taken_back_by_hand_takes_its_resolution_along(coordinator):
    step = make.decided()
    services.follow_all()

    set_paper_visibility(
        by=coordinator, key=step.paper.key, version=step.paper.version, visibility=Visibility.INTERNAL
    )

    assert Resolution.objects.get().visibility == Visibility.INTERNAL
    assert Change.objects.filter(name="unpublished", object_key=Resolution.objects.get().number).exists()


def test_an_item_closed_by_hand_takes_its_resolution_along(coordinator):
    step = make.decided()
    services.follow_all()

    change_item(
        by=coordinator,
        key=step.meeting.key,
        item_id=step.item.pk,
        values={"is_public": False},
        paper_id=step.paper.pk,
    )

    assert Resolution.objects.get().visibility == Visibility.INTERNAL
