"""Pages of measures: the good path, the refused visitor, and what never reaches the public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.measures.models import ReportingSettings, Round
from dreiklang.measures.queries import measure_page
from dreiklang.measures.rules import Phase
from dreiklang.measures.tests import factories as make
from dreiklang.people.rules import PUBLIC, Role

pytestmark = pytest.mark.django_db

SECRETS = (
    "Lena Kirsch",
    "Leitung im Weg",
    "Wer zahlt",
    "nur für uns",
    "noch nicht freigegeben",
    "Geheimer Schritt",
    "stille Partnerin",
    "Kontext der Auftragsklärung",
    "zurückgenommener Unsinn",
)


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


@pytest.mark.parametrize("route", ["page", "list", "csv", "api", "api_one", "api_reports"])
def test_nothing_internal_reaches_the_public(client, full, route):
    measure, _lead = full
    hidden = make.measure("X-1", title="nur für uns", visibility=Visibility.INTERNAL)
    addresses = {
        "page": reverse("measures:measure", args=[measure.number]),
        "list": reverse("measures:list"),
        "csv": reverse("measures:csv"),
        "api": "/api/v1/measures",
        "api_one": "/api/v1/measures/B%2012/3",
        "api_reports": "/api/v1/measures/B%2012/3/reports",
    }

    answer = client.get(addresses[route])

    assert answer.status_code == 200
    said = answer.content.decode()
    assert [secret for secret in SECRETS if secret in said] == []
    assert hidden.number not in said


def test_public_page_says_what_is_public(client, full):
    measure, _lead = full

    said = client.get(reverse("measures:measure", args=[measure.number])).content.decode()

    for words in (
        "Radweg Nord",
        "verzögert",
        "Tiefbauamt",
        "Wir bauen.",
        "Baubeginn",
        "ADFC",
        "Sicher mit dem Rad",
    ):
        assert words in said


def test_internal_measure_is_not_found_by_the_public(client):
    hidden = make.measure("X-1", visibility=Visibility.INTERNAL)

    assert client.get(reverse("measures:measure", args=[hidden.number])).status_code == 404
    assert client.get("/api/v1/measures/X-1").status_code == 404


def test_lead_sees_the_working_side(client, full):
    measure, lead = full
    client.force_login(lead)

    said = client.get(reverse("measures:measure", args=[measure.number])).content.decode()

    assert [secret for secret in SECRETS if secret not in said] == []
    assert "Stimmt noch" in said


def test_note_waits_while_a_restraint_period_runs(client, full, today):
    measure, _lead = full
    measure.reports.filter(public_note="Wir bauen.").update(released_at=timezone.now())
    from_, to = today - timedelta(days=5), today + timedelta(days=5)
    make.restraint(from_, to)

    assert "Wir bauen." not in client.get(reverse("measures:measure", args=[measure.number])).content.decode()
    later = measure_page(PUBLIC, number=measure.number, today=to + timedelta(days=1))
    assert later.latest_note.note == "Wir bauen."


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


@pytest.mark.parametrize("name", ["report", "edit", "brief", "milestones", "taking", "merge"])
def test_stranger_changes_nothing(client, full, name):
    measure, _lead = full
    address = reverse(f"measures:{name}", args=[measure.number])
    assert client.get(address).status_code in {302, 403}

    client.force_login(make.account("Fremde", role=Role.LEAD))

    assert client.get(address).status_code == 403


def test_merged_address_leads_to_the_successor_with_a_note(client, full):
    measure, _lead = full
    gone = make.measure("V-3", title="Radweg Bahnhofstraße", merged_into=measure)
    make.report(gone, phase=Phase.MERGED)

    answer = client.get(reverse("measures:measure", args=[gone.number]), follow=True)

    assert answer.redirect_chain[0][1] == 302
    assert "wurde hier zusammengelegt" in answer.content.decode()
    kept = client.get(reverse("measures:measure", args=[gone.number]) + "?akte=1")
    assert kept.status_code == 200


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


def test_list_narrows_by_the_address_and_counts_what_it_shows(client, full):
    make.measure("M-2", title="Bäume pflanzen")

    said = client.get(reverse("measures:list") + "?q=baum&stand=unreported").content.decode()
    other = client.get(reverse("measures:list") + "?amt=66").content.decode()

    assert "Bäume pflanzen" in said
    assert "Radweg Nord" not in said
    assert "Radweg Nord" in other
    assert "Bäume pflanzen" not in other


def test_filter_for_an_unknown_record_finds_nothing(client, full):
    assert "Radweg Nord" not in client.get(reverse("measures:list") + "?ziel=99.9").content.decode()


def test_numbers_with_spaces_narrow_the_list(client, full):
    measure, _lead = full
    frame = measure.goal_links.get().goal.framework
    task = make.task(frame, "ZA 4/1")
    make.supports(make.measure("M-3", title="Schulhof"), make.goal(frame, "B 12/3", tasks=(task,)))

    for asked in ("?ziel=B+12/3", "?aufgabe=ZA+4/1"):
        said = client.get(reverse("measures:list") + asked).content.decode()
        assert "Schulhof" in said
        assert "Radweg Nord" not in said


def test_downloads_hold_what_the_list_holds(client, full):
    answer = client.get(reverse("measures:csv") + "?q=Radweg")

    assert answer["Content-Type"].startswith("text/csv")
    assert "B 12/3;Radweg Nord" in answer.content.decode("utf-8-sig")
    assert client.get(reverse("measures:xlsx")).content.startswith(b"PK")


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


@pytest.mark.parametrize("address", ["/massnahmen/B%2012/3/", "/massnahmen/", "/api/v1/measures"])
def test_pages_need_at_most_twelve_statements(client, full, django_assert_max_num_queries, address):
    client.get(address)

    # Two more control the transaction around every request.
    with django_assert_max_num_queries(12 + 2):
        client.get(address)


def test_measure_page_itself_needs_six_statements(full, today, django_assert_max_num_queries):
    measure, lead = full
    make.reporting_round(opens_on=today - timedelta(days=1), due_on=today + timedelta(days=9))

    with django_assert_max_num_queries(6):
        measure_page(make.viewer(Role.LEAD, of=lead), number=measure.number, today=today)
