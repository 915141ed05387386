"""Nobody outside is told anything, and more candidates cost no more statements."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
from dreiklang.conflicts.queries.acts import acts_of
from dreiklang.conflicts.queries.counts import lines_by_id, radar_counts
from dreiklang.conflicts.queries.drafts import kept_draft
from dreiklang.conflicts.queries.names import parties_of
from dreiklang.conflicts.queries.of_goals import panel_of_goals
from dreiklang.conflicts.queries.said import sayings_of
from dreiklang.conflicts.queries.talks import talks_about
from dreiklang.conflicts.services import ask_about
from dreiklang.conflicts.tests.factories import (
    TODAY,
    candidate,
    clash,
    compared,
    ground,
    key,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.core.errors import NotFound
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import PUBLIC, Role, Viewer

pytestmark = pytest.mark.django_db

OUTSIDE = [PUBLIC, measures.viewer(Role.PARTNER), measures.viewer(Role.COUNCIL_MEMBER)]


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def climate() -> Goal:
    return goal(title="Klima")


def inside() -> Viewer:
    return measures.coordinator()


@pytest.mark.parametrize("who", OUTSIDE)
def test_outsiders_see_nothing_of_it(who: Viewer, climate: Goal) -> None:
    pair = clash(climate, lead=measures.account())
    compared()
    pk = candidate(*pair).pk

    assert radar(who, wanted=RadarFilter()).count == 0
    assert radar_rows(who, wanted=RadarFilter(), most=10) == ()
    assert panel_of(who, key=key(pair[0])) == ()
    assert candidates_for(who) == () == reviews_due(who, on=TODAY)
    assert goal_matrix(who).heads == () == concept_matrix(who).heads
    assert network(who).links == ()
    assert comparison_state(who) is None
    assert radar_counts(who).total == 0
    assert lines_by_id(who, [pk]) == panel_of_goals(who, goals=[climate.pk]) == sayings_of(who, pk=pk) == ()
    assert parties_of(who, [key(pair[0])]) == acts_of(who, [key(pair[0])]) == {}
    assert kept_draft(who, key=key(pair[0])) == DraftClaim(own_key=key(pair[0]))
    ask_about(by=inside(), key=key(pair[0]), title="Neubau")
    assert talks_about(who, key=key(pair[0])) == ()
    assert len(talks_about(inside(), key=key(pair[0]))) == 1
    drawn = DraftClaim(title="Neubau", place=ground(), area_ids=frozenset(), starts_on=TODAY)
    assert beside(who, draft=drawn, today=TODAY).neighbours == ()
    for ask in (candidate_page, weighing_page, protocol):
        with pytest.raises(NotFound):
            ask(who, pk=pk)


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
