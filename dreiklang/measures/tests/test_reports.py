"""Reports are added, taken back for a minute, released by their office, and never overwritten."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from dreiklang.core.models import Change
from dreiklang.measures import services
from dreiklang.measures.models import Measure, Report
from dreiklang.measures.rules import Phase, ReportFact, Timeliness, current_report
from dreiklang.measures.services import NewMilestone
from dreiklang.measures.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, Role

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


@pytest.fixture
def office():
    return make.department("66")


@pytest.fixture
def led(office):
    return make.led_measure(office)


def test_report_becomes_the_current_one(led):
    measure, lead = led

    made = make.said(measure, lead, obstacle="Leitung liegt im Weg")

    measure.refresh_from_db()
    assert measure.current_report_id == made.pk
    assert made.by_name == "Lena Kirsch"


def test_report_leaves_earlier_ones_as_they_are(led):
    measure, lead = led
    first = make.said(measure, lead, next_step="Ausschreiben")

    make.said(measure, lead, timeliness=Timeliness.DELAYED)

    first.refresh_from_db()
    assert (first.timeliness, first.next_step) == (Timeliness.ON_TRACK, "Ausschreiben")
    assert measure.reports.count() == 2


def test_report_tells_subjects_above(led):
    measure, lead = led

    made = make.said(measure, lead)

    change = Change.objects.get(subject="measures", name="reported")
    assert change.object_key == "V-17"
    assert change.facts["report_id"] == made.pk


def test_still_true_repeats_all_but_the_notes(led):
    measure, lead = led
    make.said(
        measure,
        lead,
        timeliness=Timeliness.DELAYED,
        decision_needed="Wer zahlt?",
        public_note="Wir bauen.",
        note="intern",
        expected_end_on=TODAY + timedelta(days=200),
    )

    made = services.confirm(by=lead, on=TODAY + timedelta(days=1), measure=measure)

    assert made.is_confirmation
    assert (made.timeliness, made.decision_needed) == (Timeliness.DELAYED, "Wer zahlt?")
    assert made.expected_end_on == TODAY + timedelta(days=200)
    assert (made.public_note, made.note) == ("", "")


def test_nothing_is_confirmed_without_a_report(led):
    measure, lead = led

    with pytest.raises(services.CannotReport) as refused:
        services.confirm(by=lead, on=TODAY, measure=measure)

    assert refused.value.code == "nothing_to_confirm"


def test_backdated_report_is_kept_but_not_current(led):
    measure, lead = led
    now = make.said(measure, lead)

    earlier = services.report(
        by=lead, on=TODAY - timedelta(days=90), measure=measure, said=make.BUILDING, today=TODAY
    )

    measure.refresh_from_db()
    assert measure.current_report_id == now.pk
    assert earlier.pk > now.pk


def test_report_for_a_day_ahead_is_refused(led):
    measure, lead = led

    with pytest.raises(services.CannotReport):
        services.report(
            by=lead, on=TODAY + timedelta(days=1), measure=measure, said=make.BUILDING, today=TODAY
        )


@pytest.mark.parametrize("obstacle", ["", "  "])
def test_a_standstill_is_not_reported_without_what_hinders(led, obstacle):
    measure, lead = led

    with pytest.raises(services.CannotReport) as refused:
        make.said(measure, lead, timeliness=Timeliness.STOPPED, obstacle=obstacle)

    assert refused.value.code == "needs_obstacle"
    assert not measure.reports.exists()


def test_what_is_given_up_needs_no_obstacle(led):
    measure, lead = led

    assert make.said(measure, lead, phase=Phase.DROPPED, timeliness=Timeliness.STOPPED).pk


def test_a_standstill_from_a_list_is_confirmed_only_with_what_hinders(led):
    measure, lead = led
    make.report(measure, timeliness=Timeliness.STOPPED)

    with pytest.raises(services.CannotReport) as refused:
        services.confirm(by=lead, on=TODAY, measure=measure)

    assert refused.value.code == "needs_obstacle"


def test_report_answers_the_running_round(led):
    measure, lead = led
    running = make.reporting_round()

    now = make.said(measure, lead)
    backdated = services.report(
        by=lead, on=TODAY - timedelta(days=400), measure=measure, said=make.BUILDING, today=TODAY
    )

    assert now.round == running
    assert backdated.round is None


@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.COUNCIL_MEMBER, Role.PARTNER])
def test_strangers_do_not_report(led, role):
    measure, _lead = led

    with pytest.raises(NotAllowed):
        make.said(measure, make.viewer(role))
    with pytest.raises(NotAllowed):
        make.said(measure, PUBLIC)


def test_editor_of_another_office_does_not_report(led):
    measure, _lead = led
    stranger = make.viewer(Role.DEPARTMENT_EDITOR, departments=[make.department("40")])

    with pytest.raises(NotAllowed):
        make.said(measure, stranger)


def test_report_sets_and_adds_milestones_and_taking_it_back_undoes_both(led):
    measure, lead = led
    laid = measure.milestones.create(title="Grundstein")
    made = make.said(measure, lead, milestones_done=[laid.pk], new_milestone=NewMilestone("Richtfest", TODAY))
    laid.refresh_from_db()
    assert laid.done_on == TODAY
    assert measure.milestones.count() == 2

    services.withdraw(by=lead, now=made.recorded_at + timedelta(seconds=30), report=made)

    laid.refresh_from_db()
    assert laid.done_on is None
    assert measure.milestones.count() == 1


def test_withdrawn_report_stays_and_the_one_before_is_current_again(led):
    measure, lead = led
    before = make.said(measure, lead)
    made = make.said(measure, lead, timeliness=Timeliness.STOPPED, obstacle="Leitung im Weg")

    services.withdraw(by=lead, now=made.recorded_at + timedelta(seconds=60), report=made)

    measure.refresh_from_db()
    assert measure.current_report_id == before.pk
    assert Report.objects.filter(pk=made.pk, withdrawn_at__isnull=False).exists()


def test_report_is_not_taken_back_after_a_minute_nor_by_somebody_else(led):
    measure, lead = led
    made = make.said(measure, lead)

    with pytest.raises(services.CannotWithdraw) as late:
        services.withdraw(by=lead, now=made.recorded_at + timedelta(seconds=61), report=made)
    with pytest.raises(services.CannotWithdraw) as other:
        services.withdraw(by=make.coordinator(), now=made.recorded_at, report=made)

    assert (late.value.code, other.value.code) == ("too_late", "not_yours")


def test_withdrawn_report_sends_no_mail(led, mailoutbox, office):
    measure, lead = led
    make.account("Jan Opitz", role=Role.DEPARTMENT_EDITOR, in_department=office)
    kept = make.said(measure, lead, public_note="Wir bauen.")
    taken = make.said(measure, lead, public_note="Versehen")
    services.withdraw(by=lead, now=taken.recorded_at, report=taken)

    services.send_report_mail(report_id=taken.pk)
    assert mailoutbox == []

    services.send_report_mail(report_id=kept.pk)
    assert [mail.to for mail in mailoutbox] == [["jan.opitz@stadt.example"]]
    assert "Wir bauen." in mailoutbox[0].body


def test_decision_needed_is_told_to_the_head_of_the_office(led, mailoutbox, office):
    measure, lead = led
    office.head = make.account("Bernd Haubold")
    office.save()
    made = make.said(measure, lead, decision_needed="Wer zahlt die Leitung?")

    services.send_report_mail(report_id=made.pk)

    assert mailoutbox[0].to == ["bernd.haubold@stadt.example"]
    assert mailoutbox[0].subject == "Entscheidung fehlt: V-17 Vorhaben V-17"


acts = st.lists(
    st.one_of(
        st.tuples(st.just("report"), st.integers(0, 400)),
        st.tuples(st.just("confirm"), st.just(0)),
        st.tuples(st.just("withdraw"), st.integers(0, 5)),
    ),
    max_size=8,
)


@hypothesis_settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts)
def test_stored_current_report_equals_the_derived_one(db, drawn):
    lead = make.account(role=Role.LEAD)
    measure = make.measure(lead=lead)
    by = make.viewer(Role.LEAD, of=lead)

    for act, number in drawn:
        if act == "report":
            day = TODAY - timedelta(days=number)
            services.report(by=by, on=day, measure=measure, said=make.BUILDING, today=TODAY)
        elif act == "confirm" and measure.reports.filter(withdrawn_at=None).exists():
            services.confirm(by=by, on=TODAY, measure=measure)
        elif act == "withdraw":
            for one in measure.reports.filter(withdrawn_at=None)[number : number + 1]:
                services.withdraw(by=by, now=one.recorded_at, report=one)

        facts = [
            ReportFact(r.pk, r.reported_on, is_withdrawn=r.withdrawn_at is not None)
            for r in measure.reports.all()
        ]
        derived = current_report(facts)
        stored = Measure.objects.get(pk=measure.pk).current_report_id
        assert stored == (derived.id if derived else None)
