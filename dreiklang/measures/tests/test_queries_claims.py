"""What measures claim: place, time, effects, kin, who; nothing for outsiders."""

from datetime import date

import pytest
from shapely.geometry import Point

from dreiklang.concepts.tests.factories import concept
from dreiklang.core.claims import Claim
from dreiklang.core.values import Period, Unknown
from dreiklang.goals.tests.factories import framework, goal
from dreiklang.measures.models import (
    Dependency,
    Involvement,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
)
from dreiklang.measures.queries import measure_claims
from dreiklang.measures.rules import InvolvedRole, Phase
from dreiklang.measures.tests import factories as make
from dreiklang.people.rules import PUBLIC, SYSTEM, Role
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db


def claim_of(measure: Measure) -> Claim:
    (found,) = measure_claims(SYSTEM, ids=[measure.pk])
    return found


def test_a_claim_says_who_where_when_and_what_for() -> None:
    lead, lead_office, involved, informed = make.account(), *(make.department() for _n in range(3))
    whole, first = make.measure(), make.measure()
    measure = make.measure(
        title="Radweg",
        geometry=Point(13, 51),
        starts_on=date(2027, 1, 1),
        ends_on=date(2028, 1, 1),
        lead=lead,
        lead_department=lead_office,
        parent=whole,
        topics=["Rad"],
    )
    part, district, traffic = make.measure(parent=measure), area(), goal()
    origin = concept()
    Involvement.objects.create(measure=measure, department=involved)
    Involvement.objects.create(measure=measure, department=informed, role=InvolvedRole.INFORMED)
    MeasureArea.objects.create(measure=measure, area=district)
    MeasureConcept.objects.create(measure=measure, concept=origin)
    MeasureGoal.objects.create(measure=measure, goal=traffic, weight=3, sign="hinders", reason="Lärm")
    Dependency.objects.create(measure=measure, needs=first)

    found = claim_of(measure)

    assert (found.key, found.title, found.person) == (f"measure:{measure.pk}", "Radweg", lead.pk)
    assert found.offices == (lead_office.pk, involved.pk)
    assert found.areas == {district.pk}
    assert found.period == Period(date(2027, 1, 1), date(2028, 1, 1))
    assert [(one.on, one.supports, one.weight, one.reason) for one in found.effects] == [
        (f"goal:{traffic.pk}", False, 3, "Lärm")
    ]
    assert found.needs_first == {f"measure:{first.pk}"}
    assert found.kin == {f"measure:{whole.pk}", f"measure:{part.pk}", f"concept:{origin.pk}"}
    assert found.topics == {"Rad"}
    assert found.place == Point(13, 51)


@pytest.mark.parametrize("phase", [Phase.IN_USE, Phase.DROPPED, Phase.REPLACED, Phase.MERGED])
def test_what_is_in_use_or_over_claims_nothing(phase: Phase) -> None:
    measure = make.measure()
    make.report(measure, phase=phase)

    assert list(measure_claims(SYSTEM)) == []


def test_what_was_merged_away_claims_nothing() -> None:
    kept = make.measure()
    make.measure(merged_into=kept)

    assert [one.key for one in measure_claims(SYSTEM)] == [f"measure:{kept.pk}"]


@pytest.mark.parametrize("phase", ["", Phase.IDEA, Phase.PREPARATION, Phase.DECIDED, Phase.IMPLEMENTATION])
def test_only_what_is_being_carried_out_is_fixed(phase: str) -> None:
    measure = make.measure()
    make.report(measure, phase=phase)

    assert claim_of(measure).is_fixed is (phase == Phase.IMPLEMENTATION)


def test_the_report_knows_better_when_it_ends() -> None:
    measure = make.measure(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    make.report(measure, expected_end_on=date(2028, 3, 1))

    assert claim_of(measure).period == Period(date(2026, 1, 1), date(2028, 3, 1))


def test_an_expected_end_before_the_begin_says_nothing_any_more() -> None:
    measure = make.measure(starts_on=date(2027, 8, 1), ends_on=date(2027, 12, 31))
    make.report(measure, expected_end_on=date(2027, 6, 30))
    without_end = make.measure(starts_on=date(2026, 6, 1))
    make.report(without_end, expected_end_on=date(2026, 3, 1))

    assert claim_of(measure).period == Period(date(2027, 8, 1), date(2027, 12, 31))
    assert claim_of(without_end).period == Period(date(2026, 6, 1), None)


def test_time_is_unknown_where_nobody_named_a_day_and_open_where_one_is_missing() -> None:
    assert isinstance(claim_of(make.measure()).period, Unknown)
    assert claim_of(make.measure(ends_on=date(2027, 1, 1))).period == Period(None, date(2027, 1, 1))


def test_goals_of_another_version_do_not_count_twice() -> None:
    measure = make.measure()
    MeasureGoal.objects.create(measure=measure, goal=goal(of=framework(status="draft", label="neu")))

    assert claim_of(measure).effects == ()


def test_a_continuous_duty_lasts() -> None:
    assert claim_of(make.measure(duration="continuous")).is_lasting


@pytest.mark.parametrize("who", [PUBLIC, make.viewer(Role.PARTNER), make.viewer(Role.COUNCIL_MEMBER)])
def test_outsiders_get_no_claims(who: object) -> None:
    make.measure()

    assert list(measure_claims(who)) == []


def test_more_measures_take_no_more_statements(django_assert_num_queries) -> None:
    for _n in range(5):
        measure = make.measure(parent=make.measure())
        MeasureGoal.objects.create(measure=measure, goal=goal())

    with django_assert_num_queries(7):
        assert len(list(measure_claims(SYSTEM))) == 10
