"""The panel of indicators of a goal or task: what it holds, counts, hides and takes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.goals.models import Goal
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.models import RestraintPeriod
from dreiklang.measures.tests.factories import department
from dreiklang.monitoring.models import (
    Break,
    Criterion,
    Indicator,
    IndicatorGoal,
    IndicatorTask,
    Rating,
    Region,
    SetSettings,
    Target,
)
from dreiklang.monitoring.queries.of_goal import indicators_of_goal, indicators_of_task
from dreiklang.monitoring.queries.standing import standings
from dreiklang.monitoring.rules.quality import SetSize
from dreiklang.monitoring.rules.values import IndicatorKind, RatingState, RegionLevel, ReleaseState, ValueKind
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.rules import PUBLIC, SYSTEM
from dreiklang.places.models import Municipality

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def city() -> Region:
    Municipality.objects.create(name="Klarenbrück", ags="14999000")
    return make.region(level=RegionLevel.MUNICIPALITY, key="14999000", name="Klarenbrück")


def watched(*values: tuple[int, str], at: Region, public: bool = True, **facts: Any) -> Indicator:
    """An indicator with a value at the end of each of these years."""
    more = {"visibility": Visibility.PUBLIC, "department": department()} if public else {}
    made = make.indicator(**more | {"quantity": make.quantity(unit="anzahl"), "unit": "anzahl"} | facts)
    for year, value in values:
        day = date(year, 12, 31)
        make.observation(quantity=made.quantity, region=at, value=Decimal(value), starts_on=day, ends_on=day)
    return made


def target(of: Indicator, value: str, year: int, **facts: Any) -> Target:
    return Target.objects.create(indicator=of, value=Decimal(value), on=date(year, 12, 31), **facts)


def linked(to: Goal, *indicators: Indicator, main: Indicator | None = None) -> None:
    for one in indicators:
        IndicatorGoal.objects.create(indicator=one, goal=to, is_main=one == main)


def test_a_line_tells_the_last_value_and_how_it_stands_to_the_next_target(city: Region) -> None:
    to, flats = goals.goal(), watched((2023, "120"), (2024, "180"), at=city)
    target(flats, "100", 2020, is_baseline=True)
    target(flats, "200", 2030)
    linked(to, flats)

    (line,) = indicators_of_goal(PUBLIC, goal=to.pk, today=TODAY).own

    assert (line.standing.last.value, line.standing.last.ends_on) == (Decimal(180), date(2024, 12, 31))
    assert line.state == "on_way"
    assert line.standing.target.next_target.value == Decimal(200)


def test_states_are_counted_each_indicator_once(city: Region) -> None:
    top = goals.goal(number="1")
    below = goals.goal(number="1.1", parent=top)
    reached, silent, free = watched((2024, "9"), at=city), watched(at=city), watched((2024, "5"), at=city)
    target(reached, "5", 2026)
    linked(top, reached)
    linked(below, reached, silent, free)

    panel = indicators_of_goal(PUBLIC, goal=top.pk, below=(top.pk, below.pk), today=TODAY)

    assert dict(panel.counts) == {"reached": 1, "no_value": 1, "no_target": 1}
    assert ([one.name for one in panel.own], panel.total) == ([reached.name], 3)
    assert {goal.key for one in panel.below for goal in one.goals} == {"1.1"}


@pytest.mark.parametrize(("count", "size"), [(0, SetSize.NONE), (2, SetSize.FEW), (3, SetSize.MANY)])
def test_a_goal_says_whether_it_has_none_few_or_too_many(city: Region, count: int, size: SetSize) -> None:
    SetSettings.objects.create(most_per_goal=2)
    to = goals.goal()
    linked(to, *(watched(at=city) for _number in range(count)))

    panel = indicators_of_goal(SYSTEM, goal=to.pk, today=TODAY)

    assert panel.size is size


def test_the_leading_indicator_stands_first(city: Region) -> None:
    to, one, other = goals.goal(), watched(at=city, name="A"), watched(at=city, name="B")
    linked(to, one, other, main=other)

    assert [line.name for line in indicators_of_goal(PUBLIC, goal=to.pk, today=TODAY).own] == ["B", "A"]


def test_outsiders_see_neither_internal_indicators_nor_waiting_hidden_and_withdrawn_values(
    city: Region,
) -> None:
    to = goals.goal()
    shown, hidden = watched((2020, "11"), at=city), watched((2024, "77"), at=city, public=False)
    for year, state in ((2021, ReleaseState.WAITING), (2023, ReleaseState.WITHDRAWN)):
        day = date(year, 12, 31)
        make.observation(
            quantity=shown.quantity, region=city, value=Decimal(99), starts_on=day, ends_on=day, state=state
        )
    day = date(2022, 12, 31)
    make.observation(
        quantity=shown.quantity,
        region=city,
        value=None,
        starts_on=day,
        ends_on=day,
        state=ReleaseState.SUPPRESSED,
    )
    linked(to, shown, hidden)

    panel = indicators_of_goal(PUBLIC, goal=to.pk, today=TODAY)

    assert [line.name for line in panel.own] == [shown.name]
    assert [point.ends_on.year for point in panel.own[0].standing.points] == [2020, 2022]
    assert panel.own[0].standing.last.value == Decimal(11)


def test_a_retired_indicator_is_in_no_panel(city: Region) -> None:
    to = goals.goal()
    linked(to, watched(at=city, retired_on=date(2026, 1, 1), retired_reason="Die Quelle endet."))

    assert indicators_of_goal(SYSTEM, goal=to.pk, today=TODAY).total == 0


def test_a_task_shows_its_own_and_those_of_the_goals_that_serve_it(city: Region) -> None:
    to, serving = goals.task(), goals.goal(number="2.3")
    own, other = watched(at=city), watched(at=city)
    IndicatorTask.objects.create(indicator=own, task=to)
    linked(serving, other)

    panel = indicators_of_task(PUBLIC, task=to.pk, goals=[serving.pk], today=TODAY)

    assert ([one.name for one in panel.own], [one.name for one in panel.below]) == ([own.name], [other.name])


def test_a_task_that_no_goal_serves_shows_its_own(city: Region) -> None:
    to, own = goals.task(), watched(at=city)
    IndicatorTask.objects.create(indicator=own, task=to)

    assert [one.name for one in indicators_of_task(PUBLIC, task=to.pk, today=TODAY).own] == [own.name]


def test_a_criterion_says_how_it_was_rated_last(city: Region) -> None:
    to, seen = goals.goal(), watched(at=city)
    linked(to, seen)
    rated(to, seen, (2024, RatingState.ON_WAY), (2025, RatingState.OFF_WAY))

    (line,) = indicators_of_goal(PUBLIC, goal=to.pk, today=TODAY).own

    assert (line.rating, line.rated_on) == (RatingState.OFF_WAY, date(2025, 6, 1))


def test_outsiders_see_no_rating_before_its_release_and_during_restraint(city: Region) -> None:
    to, seen = goals.goal(), watched(at=city)
    linked(to, seen)
    criterion = rated(to, seen, (2024, RatingState.ON_WAY))
    said(criterion, 2025, RatingState.OFF_WAY, released_at=None)

    assert indicators_of_goal(PUBLIC, goal=to.pk, today=TODAY).own[0].rating is RatingState.ON_WAY
    assert indicators_of_goal(SYSTEM, goal=to.pk, today=TODAY).own[0].rating is RatingState.OFF_WAY

    Rating.objects.filter(released_at=None).update(released_at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    RestraintPeriod.objects.create(starts_on=date(2026, 11, 20), ends_on=date(2026, 12, 1), reason="Wahl")
    assert indicators_of_goal(PUBLIC, goal=to.pk, today=TODAY).own[0].rating is RatingState.ON_WAY


def rated(to: Goal, by: Indicator, *ratings: tuple[int, RatingState]) -> Criterion:
    made = Criterion.objects.create(
        goal=to,
        number="K1",
        kind=IndicatorKind.QUANTITATIVE,
        indicator=by,
        text="Mehr davon",
        visibility=Visibility.PUBLIC,
        department=by.department,
    )
    for year, state in ratings:
        said(made, year, state)
    return made


def said(of: Criterion, year: int, state: RatingState, **facts: Any) -> Rating:
    facts.setdefault("released_at", datetime(year, 7, 1, tzinfo=UTC))
    return Rating.objects.create(
        criterion=of, rated_on=date(year, 6, 1), state=state, reason="Die Zahlen sagen es.", **facts
    )


def test_the_panel_says_what_the_page_of_the_indicator_says(city: Region) -> None:
    """Derived ones, other units, a city that stands under two keys, breaks and delivered targets, too."""
    county = make.region(level=RegionLevel.COUNTY, key="14999", name="Klarenbrück, Stadt")
    to = goals.goal()
    people = watched((2022, "1000"), (2023, "2000"), (2024, "4000"), at=county, key="einwohner", public=False)
    cars = watched((2022, "500"), (2023, "500"), (2024, "500"), at=city, key="autos")
    split = make.total().__class__.objects.create(key="GES=GESW")
    for year in (2023, 2024):
        day = date(year, 12, 31)
        make.observation(
            quantity=people.quantity,
            region=county,
            breakdown=split,
            value=Decimal(year),
            starts_on=day,
            ends_on=day,
        )
    density = watched(
        at=city, key="autos-je-1000", formula="per([autos],[einwohner],1000)", unit="je_1000", quantity=None
    )
    women = watched(
        at=city,
        key="frauen",
        formula="share([einwohner|GES=GESW],[einwohner])",
        unit="prozent",
        quantity=None,
    )
    aimed = watched((2024, "8"), at=city, direction="less")
    day = date(2030, 12, 31)
    make.observation(
        quantity=aimed.quantity,
        region=city,
        value=Decimal(3),
        starts_on=day,
        ends_on=day,
        kind=ValueKind.TARGET,
    )
    Break.objects.create(indicator=aimed, on=date(2024, 1, 1), kind="method", reason="Neu gezählt")
    target(cars, "400", 2028, comparison="at_most")
    asked = [people, cars, density, women, aimed]
    linked(to, *asked)

    panel = indicators_of_goal(SYSTEM, goal=to.pk, today=TODAY)

    fresh = list(Indicator.objects.filter(pk__in=[one.pk for one in asked]).select_related("breakdown"))
    told = standings(SYSTEM, indicators=fresh, today=TODAY)
    assert {line.name: line.standing for line in panel.own} == {one.name: told[one.pk] for one in fresh}
    assert next(one for one in panel.own if one.name == density.name).standing.points
    assert next(one for one in panel.own if one.name == women.name).standing.points


def test_more_indicators_take_no_more_statements(city: Region, django_assert_num_queries: Any) -> None:
    to, people = goals.goal(), watched((2024, "1000"), at=city, key="einwohner")
    linked(to, people, *(watched((2023, "1"), (2024, "2"), at=city) for _number in range(6)))
    linked(to, watched(at=city, formula="per([einwohner],[einwohner],1000)", quantity=None, unit="je_1000"))

    with django_assert_num_queries(1):
        assert indicators_of_goal(PUBLIC, goal=to.pk, today=TODAY).total == 8
    with django_assert_num_queries(1):
        indicators_of_task(SYSTEM, task=1, goals=[to.pk], today=TODAY)
