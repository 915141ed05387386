"""The SQL of standing says what the rule says, for whatever reports there are."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dreiklang.measures.models import Measure, Report, Round
from dreiklang.measures.queries.standing import counted, standing_case
from dreiklang.measures.rules import (
    Phase,
    ReportFact,
    Standing,
    Terms,
    Timeliness,
    current_report,
    is_counted,
    standing,
)
from dreiklang.measures.tests import factories as make

TODAY = date(2026, 11, 20)
OPENED = date(2026, 11, 2)

drawn_reports = st.lists(
    st.tuples(
        st.integers(0, 260),
        st.sampled_from([*Phase, None]),
        st.sampled_from([*Timeliness, None]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=4,
)


def written(reports, current_round: Round) -> tuple[Measure, list[ReportFact]]:
    measure = make.measure()
    rows = [
        Report.objects.create(
            measure=measure,
            reported_on=TODAY - timedelta(days=age),
            phase=phase or "",
            timeliness=timeliness or "",
            round=current_round if in_round else None,
            withdrawn_at=make.now() if is_withdrawn else None,
        )
        for age, phase, timeliness, in_round, is_withdrawn in reports
    ]
    facts = [
        ReportFact(
            row.pk,
            row.reported_on,
            Phase(row.phase) if row.phase else None,
            Timeliness(row.timeliness) if row.timeliness else None,
            row.round_id,
            is_withdrawn=row.withdrawn_at is not None,
        )
        for row in rows
    ]
    latest = current_report(facts)
    Measure.objects.filter(pk=measure.pk).update(current_report=latest.id if latest else None)
    return measure, facts


@pytest.mark.django_db
@hypothesis_settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn_reports, st.booleans(), st.booleans(), st.booleans())
def test_sql_standing_equals_the_rule(db, reports, has_round, is_overdue, has_time):
    current_round = make.reporting_round(opens_on=OPENED, due_on=OPENED + timedelta(days=3))
    measure, facts = written(reports, current_round)
    terms = Terms(
        today=TODAY,
        round_id=current_round.pk if has_round else None,
        round_opens_on=OPENED if has_round else None,
        is_overdue=has_round and is_overdue,
        not_yet_due=frozenset({measure.pk}) if has_time else frozenset(),
    )

    found = Measure.objects.filter(pk=measure.pk).annotate(derived=standing_case(terms)).get().derived

    assert Standing(found) is standing(current_report(facts), measure_id=measure.pk, terms=terms)


@pytest.mark.django_db
@hypothesis_settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn_reports, st.booleans())
def test_sql_counts_what_the_rule_counts(db, reports, is_merged):
    measure, facts = written(reports, make.reporting_round())
    Measure.objects.filter(pk=measure.pk).update(merged_into=make.measure() if is_merged else None)

    found = counted(Measure.objects.filter(pk=measure.pk)).exists()

    assert found is is_counted(current_report(facts), is_merged=is_merged)
