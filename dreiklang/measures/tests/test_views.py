"""Pages of measures: the good path, the refused visitor, and what never reaches the public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dreiklang.core.enums import Visibility
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
