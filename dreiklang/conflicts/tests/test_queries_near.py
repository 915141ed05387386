"""What the indexes give beside a draft: by place, district, goal, what it needs, or words of its title."""

from typing import Any

import pytest

from dreiklang.conflicts.models import Thresholds
from dreiklang.conflicts.queries import DraftClaim
from dreiklang.conflicts.queries.near import met
from dreiklang.conflicts.queries.thresholds import limits
from dreiklang.conflicts.rules.thresholds import Limits
from dreiklang.conflicts.tests.factories import TODAY, compared, ground, key, measure, plain_encoder
from dreiklang.core import nearness
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure, MeasureArea
from dreiklang.places.models import Area
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db


@pytest.fixture
def climate() -> Goal:
    return goal(title="Klima")


@pytest.fixture
def district() -> Area:
    return area()


@pytest.fixture
def park(monkeypatch: pytest.MonkeyPatch, climate: Goal, district: Area) -> Measure:
    monkeypatch.setattr(nearness, "describe", plain_encoder)
    made = measure("100_% Stadtgrün", geometry=ground(), helps=(climate,))
    MeasureArea.objects.create(measure=made, area=district)
    compared()
    return made


def near(**said: Any) -> list[str]:
    found = met(DraftClaim(**{"title": "", **said}), today=TODAY)
    return [] if found is None else [row["key"] for row in found.rows]


def test_each_thing_said_finds_what_shares_it(park: Measure, climate: Goal, district: Area) -> None:
    found = [
        near(place=ground(50)),
        near(area_ids=frozenset([district.pk])),
        near(goals=((climate.pk, False, 3),)),
        near(needs_first=frozenset([key(park)])),
        near(title="Mehr Stadtgruen oder STADTGRÜN"),
    ]

    assert found == [[key(park)]] * 5


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"place": ground(5000)},
        {"title": "Grün"},
        {"place": ground(), "own_key": "measure:0", "kin": frozenset()},
    ],
)
def test_what_shares_nothing_is_not_found(park: Measure, said: dict[str, Any]) -> None:
    if "own_key" in said:
        said = said | {"own_key": key(park)}

    assert near(**said) == []


@pytest.mark.parametrize("title", ["_______ %%%%%%%", "Stadt%grün", "Stadt_rün", "\\\\\\\\"])
def test_signs_of_a_pattern_are_letters_like_others(park: Measure, title: str) -> None:
    assert near(title=title) == []


def test_such_letters_are_found_where_they_stand(park: Measure) -> None:
    park.title = "Umbau 100_%-Straße"
    park.save()
    compared()

    assert near(title="100_%-Straße") == [key(park)]


def test_the_defaults_of_the_rules_are_those_of_the_city() -> None:
    assert limits() == Limits()

    Thresholds.objects.create(version=1)

    assert limits() == Limits()


def test_what_the_city_set_is_what_the_rules_take() -> None:
    Thresholds.objects.create(version=1, least_days=30, least_strength=0.5)

    assert limits() == Limits(least_days=30, least_strength=0.5)
