"""The radar: order, filters with their counts, pages."""

import pytest

from dreiklang.conflicts.models import StoredClaim
from dreiklang.conflicts.queries import (
    RadarFilter,
    radar,
)
from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.conflicts.services import no_conflict
from dreiklang.conflicts.tests.factories import (
    NOW,
    candidate,
    clash,
    compared,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import MeasureArea
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Viewer
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def climate() -> Goal:
    return goal(title="Klima")


def inside() -> Viewer:
    return measures.coordinator()


def test_the_radar_shows_the_strongest_first_with_names_and_evidence(climate: Goal) -> None:
    pair = clash(climate)
    compared()

    shown = radar(inside(), wanted=RadarFilter())

    line = next(one for one in shown.lines if one.key == candidate(*pair).key)
    assert [one.title for one in line.parties] == [one.title for one in pair]
    assert line.parties[0].url == f"/massnahmen/{pair[0].number}/"
    assert line.names[f"goal:{climate.pk}"] == f"{climate.number} Klima"
    assert [one.strength for one in shown.lines] == sorted(
        (one.strength for one in shown.lines), reverse=True
    )


def test_each_filter_narrows_and_says_how_many_the_others_would_leave(climate: Goal) -> None:
    office, district = measures.department(), area()
    pair = clash(climate, lead_department=office)
    MeasureArea.objects.create(measure=pair[0], area=district)
    clash(climate, at=5000)
    compared()
    who = inside()
    everything = radar(who, wanted=RadarFilter())

    by_office = radar(who, wanted=RadarFilter(office=office.pk))
    assert {one.key for one in by_office.lines} >= {candidate(*pair).key}
    assert by_office.count < everything.count
    assert {one.value: one.count for one in by_office.offices}[str(office.pk)] == by_office.count
    assert radar(who, wanted=RadarFilter(area=district.pk)).count == by_office.count
    assert radar(who, wanted=RadarFilter(kind=Kind.PLACE_AND_TIME)).count == 2
    assert radar(who, wanted=RadarFilter(sense=Sense.SYNERGY)).count == 0
    assert radar(who, wanted=RadarFilter(goal=climate.pk)).count == everything.count
    assert radar(who, wanted=RadarFilter(text=pair[0].title)).count == by_office.count
    assert radar(who, wanted=RadarFilter(text="gibt es nicht")).count == 0


def test_a_word_that_many_titles_hold_finds_them_all(climate: Goal) -> None:
    pair = clash(climate)
    compared()
    StoredClaim.objects.bulk_create(
        StoredClaim(key=f"concept:{n}", number=f"FK-{n}", title="Vorhaben") for n in range(1001)
    )

    shown = radar(inside(), wanted=RadarFilter(text="vorhaben"))

    assert candidate(*pair).key in {one.key for one in shown.lines}


def test_an_upper_goal_holds_what_acts_on_those_below() -> None:
    upper = goal(title="Oben")
    clash(goal(title="Unten", parent=upper))
    compared()

    assert radar(inside(), wanted=RadarFilter(goal=upper.pk)).count == 1


def test_settled_ones_are_asked_for_by_their_state(climate: Goal) -> None:
    pair = clash(climate)
    compared()
    who = inside()
    no_conflict(by=who, now=NOW, pk=candidate(*pair).pk, reason="Nein")

    assert radar(who, wanted=RadarFilter()).count == 0
    assert radar(who, wanted=RadarFilter(state=State.NO_CONFLICT)).count == 1


@pytest.mark.parametrize("page", [-5, 0, 1, 99])
def test_a_page_that_there_is_not_gives_the_nearest(page: int, climate: Goal) -> None:
    for at in range(3):
        clash(climate, at=5000 * at)
    compared()

    shown = radar(inside(), wanted=RadarFilter(kind=Kind.PLACE_AND_TIME), page=page, size=2)

    assert shown.page_count == 2
    assert shown.page == min(max(page, 1), 2)
    assert shown.lines
