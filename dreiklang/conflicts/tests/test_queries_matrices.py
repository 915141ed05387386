"""Who meets whom, two by two, and the network of all."""

import pytest

from dreiklang.concepts.tests.factories import concept
from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.queries import (
    concept_matrix,
    goal_matrix,
    network,
)
from dreiklang.conflicts.tests.factories import (
    candidate,
    clash,
    compared,
    measure,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import MeasureConcept
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Viewer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def climate() -> Goal:
    return goal(title="Klima")


def inside() -> Viewer:
    return measures.coordinator()


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
