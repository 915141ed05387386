"""What can be asked, by whom, and in how many statements."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import Polygon

from dreiklang.concepts.tests.factories import concept
from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.queries import (
    DraftClaim,
    RadarFilter,
    beside,
    candidate_page,
    candidates_for,
    comparison_state,
    concept_matrix,
    goal_matrix,
    network,
    panel_of,
    protocol,
    radar,
    radar_rows,
    reviews_due,
    weighing_page,
)
from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.conflicts.services import close_weighing, invite_to_talk, look_at, no_conflict
from dreiklang.conflicts.tests.factories import (
    NOW,
    TODAY,
    candidate,
    changed,
    compared,
    ground,
    key,
    measure,
    plain_encoder,
    settlement,
)
from dreiklang.core import nearness
from dreiklang.core.errors import NotFound
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure, MeasureArea, MeasureConcept
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import PUBLIC, Role, Viewer
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db
OUTSIDE = [PUBLIC, measures.viewer(Role.PARTNER), measures.viewer(Role.COUNCIL_MEMBER)]
CLOSED = settlement(decided_on=date(2026, 1, 10), review_on=date(2026, 11, 1))


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def climate() -> Goal:
    return goal(title="Klima")


def clash(climate: Goal, at: float = 0, **fields: object) -> tuple[Measure, Measure]:
    """Two against each other on the same ground, that far east."""
    return (
        measure(geometry=ground(at), hinders=(climate,), **fields),
        measure(geometry=ground(at + 40), helps=(climate,), **fields),
    )


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


@pytest.mark.parametrize("who", OUTSIDE)
def test_outsiders_see_nothing_of_it(who: Viewer, climate: Goal) -> None:
    pair = clash(climate)
    compared()
    pk = candidate(*pair).pk

    assert radar(who, wanted=RadarFilter()).count == 0
    assert radar_rows(who, wanted=RadarFilter(), most=10) == ()
    assert panel_of(who, key=key(pair[0])) == ()
    assert candidates_for(who) == () == reviews_due(who, on=TODAY)
    assert goal_matrix(who).heads == () == concept_matrix(who).heads
    assert network(who).links == ()
    assert comparison_state(who) is None
    drawn = DraftClaim(title="Neubau", place=ground(), area_ids=frozenset(), starts_on=TODAY)
    assert beside(who, draft=drawn, today=TODAY).neighbours == ()
    for ask in (candidate_page, weighing_page, protocol):
        with pytest.raises(NotFound):
            ask(who, pk=pk)


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


def statements(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_more_candidates_take_no_more_statements(climate: Goal) -> None:
    who = inside()
    office, person = measures.department(), measures.account()
    asks = {
        "radar": lambda: radar(who, wanted=RadarFilter()),
        "network": lambda: network(who),
        "goals": lambda: goal_matrix(who),
        "concepts": lambda: concept_matrix(who),
        "waiting": lambda: candidates_for(who),
    }
    first = clash(climate, lead_department=office, lead=person)
    compared()
    before = {name: statements(ask) for name, ask in asks.items()}
    page = statements(lambda: candidate_page(who, pk=candidate(*first).pk))

    for at in range(1, 5):
        clash(climate, at=5000 * at, lead_department=measures.department(), lead=measures.account())
    compared()

    assert {name: statements(ask) for name, ask in asks.items()} == before
    # The others of the same parties come along with no more than their own parties' names.
    assert statements(lambda: candidate_page(who, pk=candidate(*first).pk)) <= page + 1
    assert before["radar"] <= 14
    assert page <= 12


def test_the_page_holds_everything_said(climate: Goal) -> None:
    pair = clash(climate, lead=measures.account("Leitende"))
    compared()
    who, pk = inside(), candidate(*pair).pk
    invite_to_talk(by=who, now=NOW, pk=pk, message="Bitte")
    close_weighing(by=who, now=NOW, pk=pk, version=0, said=CLOSED)

    page = candidate_page(who, pk=pk)

    assert page.line.state == State.WEIGHED
    assert [one.to for one in page.talks] == [("Leitende",)]
    assert page.weighings[0].decision == CLOSED.decision
    assert page.draft is None
    assert page.may_weigh
    assert protocol(who, pk=pk).weighing.decision == CLOSED.decision
    with pytest.raises(NotFound):
        protocol(who, pk=pk, weighing=10**9)


def test_a_new_weighing_begins_with_its_parties(climate: Goal) -> None:
    pair = clash(climate)
    compared()

    found = weighing_page(inside(), pk=candidate(*pair).pk).weighing

    assert [one.claim_key for one in found.positions] == sorted(key(one) for one in pair)
    assert (found.pk, found.version) == (0, 0)


def test_the_page_says_what_changed_since(climate: Goal) -> None:
    pair = clash(climate)
    compared()
    who = inside()
    look_at(by=who, now=NOW, pk=candidate(*pair).pk)
    pair[0].geometry = ground(30, 0, 300, 300)
    pair[0].save()
    changed(pair[0])

    page = candidate_page(who, pk=candidate(*pair).pk)

    assert page.line.is_reopened
    assert any(one["fact"] == "area_m2" for one in page.changes)
    assert page.said_facts


def test_a_measure_shows_its_candidates_and_its_lead_is_told_of_new_ones(climate: Goal) -> None:
    person = measures.account("Leitende")
    pair = clash(climate, lead=person)
    compared()
    hers = measures.viewer(Role.LEAD, departments=[], of=person)

    assert [one.pk for one in panel_of(hers, key=key(pair[0]))] == [candidate(*pair).pk]
    assert [one.reason for one in candidates_for(hers)] == ["conflict_new"]
    assert candidates_for(measures.viewer(Role.LEAD, departments=[], of=measures.account())) == ()

    look_at(by=hers, now=NOW, pk=candidate(*pair).pk)
    assert candidates_for(hers) == ()


def test_a_weighing_waits_for_its_review_from_that_day_on(climate: Goal) -> None:
    pair = clash(climate)
    compared()
    who = inside()
    close_weighing(by=who, now=NOW, pk=candidate(*pair).pk, version=0, said=CLOSED)

    assert reviews_due(who, on=date(2026, 10, 31)) == ()
    assert [one.pk for one in reviews_due(who, on=date(2026, 11, 1))] == [candidate(*pair).pk]


def test_goals_that_help_and_hinder_each_other_stand_in_the_matrix(climate: Goal) -> None:
    parking = goal(title="Erreichbarkeit")
    measure(helps=(parking,), hinders=(climate,))
    measure(helps=(parking, climate))
    compared()

    cells = {(one.row, one.column): one for one in goal_matrix(inside()).cells}

    both = next(one for pair, one in cells.items() if set(pair) == {parking.pk, climate.pk})
    assert (both.conflicts, both.synergies) == (1, 1)
    diagonal = cells[(climate.pk, climate.pk)]
    assert (diagonal.conflicts, diagonal.synergies) == (1, 0)


def test_measures_of_two_concepts_meet_in_their_cell(climate: Goal) -> None:
    one, other = concept(title="Verkehr"), concept(title="Grün")
    pair = clash(climate)
    MeasureConcept.objects.create(measure=pair[0], concept=one)
    MeasureConcept.objects.create(measure=pair[1], concept=other)
    compared()

    found = concept_matrix(inside())

    assert [cell.ids for cell in found.cells] == [(candidate(*pair).pk,)]
    assert [head.title for head in found.heads] == ["Verkehr", "Grün"]


def test_the_network_leaves_the_weakest_out_and_says_so(climate: Goal) -> None:
    for at in range(3):
        clash(climate, at=5000 * at)
    compared()

    found = network(inside(), most=2)

    assert len(found.links) == 2
    assert found.left_out == Candidate.objects.count() - 2
    assert {link.one for link in found.links} <= {one.key for one in found.parties}


def test_beside_a_draft_stands_what_shares_its_place_and_what_would_arise(climate: Goal) -> None:
    trees = measure(
        "Baumreihe Marktstraße", geometry=ground(40), helps=(climate,), lead=measures.account("Gärtner")
    )
    measure("Weit weg", geometry=ground(9000), helps=(climate,))
    compared()
    draft = DraftClaim(
        title="Parkhaus",
        place=ground(),
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        goals=((climate.pk, False, 3),),
        area_ids=frozenset([area().pk]),
    )

    found = beside(inside(), draft=draft, today=TODAY)

    assert [one.party.title for one in found.neighbours] == ["Baumreihe Marktstraße"]
    neighbour = found.neighbours[0]
    assert (neighbour.shares_place, neighbour.same_time, neighbour.party.lead) == (True, True, "Gärtner")
    assert [one.party.key for one in found.arising] == [key(trees)]
    assert found.arising[0].candidate is None
    assert Kind.PLACE_AND_TIME in {one.kind for one in found.arising[0].findings}


def test_whoever_edits_does_not_meet_herself_and_finds_the_candidate_there_is(climate: Goal) -> None:
    pair = clash(climate)
    compared()
    draft = DraftClaim(
        title=pair[0].title,
        own_key=key(pair[0]),
        place=pair[0].geometry,
        starts_on=pair[0].starts_on,
        ends_on=pair[0].ends_on,
        goals=((climate.pk, False, 3),),
    )

    found = beside(inside(), draft=draft, today=TODAY)

    assert [one.candidate for one in found.arising] == [candidate(*pair).pk]
    assert key(pair[0]) not in {one.party.key for one in found.neighbours}


@pytest.mark.parametrize(
    "draft",
    [
        DraftClaim(),
        DraftClaim(title=" "),
        DraftClaim(title="%_\\'\";--", text="\x01"),
        DraftClaim(title="Straße", place=Polygon()),
        DraftClaim(title="Straße", place=Polygon([(13, 51), (13.01, 51.01), (13.01, 51), (13, 51.01)])),
        DraftClaim(
            title="Straße", starts_on=date(2027, 1, 1), ends_on=date(2020, 1, 1), area_ids=frozenset([1])
        ),
        DraftClaim(title="Straße", starts_on=date.min, ends_on=date.max, area_ids=frozenset([10**12])),
        DraftClaim(title="Straße", goals=((10**12, True, 3),), needs_first=frozenset(["measure:x"])),
        DraftClaim(own_key="nonsense", kin=frozenset(["x"]), area_ids=frozenset([1])),
    ],
)
def test_half_typed_and_odd_drafts_are_answered(draft: DraftClaim, climate: Goal) -> None:
    clash(climate)
    compared()

    beside(inside(), draft=draft, today=TODAY)


def test_what_lies_beside_takes_no_more_statements_with_more_claims(climate: Goal) -> None:
    draft = DraftClaim(
        title="Straße erneuern", place=ground(), goals=((climate.pk, False, 3),), starts_on=TODAY
    )
    who = inside()
    clash(climate)
    compared()
    before = statements(lambda: beside(who, draft=draft, today=TODAY))

    for at in range(4):
        clash(climate, at=20 * at, lead=measures.account(), lead_department=measures.department())
    compared()

    assert statements(lambda: beside(who, draft=draft, today=TODAY)) <= before + 2
    assert before <= 12
