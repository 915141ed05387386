"""Pages on which people report, release notes and keep rounds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dreiklang.measures.models import ReportingSettings, Round
from dreiklang.measures.rules import Phase
from dreiklang.measures.tests import factories as make
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """What a second factor asks for is tested where it is built."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def full(today):
    return make.full_measure(today)


def test_still_true_takes_one_click_and_may_be_undone(client, full):
    measure, lead = full
    client.force_login(lead)

    answer = client.post(
        reverse("measures:confirm", args=[measure.number]), {"next": "/massnahmen/"}, follow=True
    )

    made = measure.reports.order_by("-pk").first()
    assert answer.redirect_chain == [("/massnahmen/", 302)]
    assert made.is_confirmation
    client.post(reverse("measures:withdraw", kwargs={"number": measure.number, "pk": made.pk}))
    made.refresh_from_db()
    assert made.withdrawn_at is not None


def test_report_form_starts_with_what_holds_and_saves_a_change(client, full, today):
    measure, lead = full
    client.force_login(lead)
    address = reverse("measures:report", args=[measure.number])
    assert "Leitung im Weg" in client.get(address).content.decode()

    answer = client.post(
        address,
        {
            "phase": "implementation",
            "timeliness": "stopped",
            "reported_on": today.isoformat(),
            "next_step": "Warten",
            "obstacle": "Leitung im Weg",
        },
    )

    assert answer.status_code == 302
    measure.refresh_from_db()
    assert (measure.current_report.timeliness, measure.current_report.next_step) == ("stopped", "Warten")


def test_report_form_says_what_is_wrong_and_keeps_what_was_typed(client, full, today):
    measure, lead = full
    client.force_login(lead)
    day = (today + timedelta(days=3)).isoformat()

    answer = client.post(
        reverse("measures:report", args=[measure.number]),
        {"phase": "implementation", "timeliness": "stopped", "reported_on": day, "obstacle": "Noch da"},
    )

    said = answer.content.decode()
    assert "in der Zukunft" in said
    assert "Noch da" in said


def test_report_form_asks_what_hinders_a_measure_that_stands_still(client, full, today):
    measure, lead = full
    client.force_login(lead)
    before = measure.reports.count()

    answer = client.post(
        reverse("measures:report", args=[measure.number]),
        {"phase": "implementation", "timeliness": "stopped", "reported_on": today.isoformat()},
    )

    assert "Was hindert sie? Ein Wort genügt." in answer.content.decode()
    assert measure.reports.count() == before


def test_reporting_on_a_merged_measure_leads_to_where_it_goes_on(client, full):
    measure, lead = full
    gone = make.measure("V-3", lead=lead, lead_department=measure.lead_department, merged_into=measure)
    make.report(gone, phase=Phase.MERGED)
    client.force_login(lead)

    answer = client.get(reverse("measures:report", args=[gone.number]), follow=True)

    said = answer.content.decode()
    assert "Bitte berichten Sie dort" in said
    assert "wurde hier zusammengelegt" in said


def test_an_unknown_successor_is_said_in_the_form(client, full):
    measure, lead = full
    client.force_login(lead)

    answer = client.post(
        reverse("measures:report", args=[measure.number]),
        {
            "phase": "replaced",
            "timeliness": "on_track",
            "reported_on": timezone.localdate(),
            "successor": "X-99",
        },
    )

    assert answer.status_code == 200
    assert "Eine Maßnahme mit dieser Nummer gibt es nicht" in answer.content.decode()


def test_round_is_opened_seen_per_office_and_closed(client, full, today):
    client.force_login(make.account("Johanna", role=Role.COORDINATOR))
    day = (today + timedelta(days=10)).isoformat()

    client.post(
        reverse("measures:open_round"), {"name": "Herbst", "opens_on": today.isoformat(), "due_on": day}
    )
    made = Round.objects.get()
    said = client.get(reverse("measures:round", args=[made.pk])).content.decode()
    assert "Tiefbauamt" in said
    assert "Lena Kirsch" not in said

    client.post(reverse("measures:close_round", args=[made.pk]))
    made.refresh_from_db()
    assert made.closed_on is not None


def test_rules_of_reporting_are_saved(client):
    client.force_login(make.account("Johanna", role=Role.COORDINATOR))

    client.post(
        reverse("measures:settings"),
        {
            "version": 1,
            "stale_after_days": 180,
            "level_workdays": 3,
            "first_reminder_workdays": 4,
            "escalation_workdays": 6,
        },
    )

    assert ReportingSettings.objects.get().stale_after_days == 180


def test_the_release_list_shows_an_older_waiting_note_as_replaced(client, full, today):
    measure, _lead = full
    make.report(measure, on=today, public_note="Die neuere Notiz.")
    client.force_login(make.account("Chefin", role=Role.COORDINATOR))

    said = client.get(reverse("measures:releases")).content.decode()

    waiting, _, replaced = said.partition("<h2>Ersetzt</h2>")
    assert "Die neuere Notiz." in waiting
    assert "noch nicht freigegeben" not in waiting
    assert "noch nicht freigegeben" in replaced
    page = client.get(reverse("measures:measure", args=[measure.number])).content.decode()
    assert "Durch eine neuere Notiz ersetzt" in page


def test_outsiders_see_no_rounds_and_release_nothing(client, full):
    measure, lead = full
    note = measure.reports.get(public_note="noch nicht freigegeben")
    assert client.get(reverse("measures:rounds")).status_code in {302, 403}
    assert client.get(reverse("measures:releases")).status_code in {302, 403}

    client.force_login(lead)
    client.post(reverse("measures:release", kwargs={"number": measure.number, "pk": note.pk}))

    note.refresh_from_db()
    assert note.released_at is None
