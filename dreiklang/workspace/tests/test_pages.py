from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.goals.models import Framework, FutureTask
from dreiklang.measures.models import MeasureTask
from dreiklang.measures.tests import factories
from dreiklang.papers.tests.factories import committee
from dreiklang.people.models import Account
from dreiklang.people.rules import Role
from dreiklang.places.models import Municipality
from dreiklang.workspace.services.setup import (
    CannotBegin,
    check_first_token,
    create_first_account,
    first_token,
)

PASSWORD = "drei zufällige wörter"


@pytest.fixture
def city(db: None) -> Municipality:
    return Municipality.objects.create(
        name="Klarenbrück", ags="14999000", state="SN", framework_name="INSEK 2035"
    )


@pytest.fixture
def office_account(city: Municipality) -> Account:
    office = factories.department("66", name="Tiefbauamt")
    return factories.account("Lena Kirsch", role=Role.LEAD, in_department=office)


def the_task() -> FutureTask:
    framework = Framework.objects.create(title="INSEK", label="2023", status="valid")
    return FutureTask.objects.create(framework=framework, number="5", title="Wege, die verbinden", rank=1)


@pytest.mark.django_db
def test_an_empty_city_is_led_to_its_first_hour(client: Client) -> None:
    answer = client.get("/")

    assert answer.url == reverse("workspace:setup")
    assert "im Terminal einen Link" in client.get(answer.url).content.decode()


@pytest.mark.django_db
def test_the_first_link_makes_one_account_that_leads_on(client: Client) -> None:
    link = reverse("workspace:setup_begin", args=[first_token()])

    answer = client.post(
        link, {"name": "Johanna Berthold", "email": "J.Berthold@stadt.example", "password": PASSWORD}
    )

    account = Account.objects.get()
    assert answer.url == reverse("workspace:setup")
    assert account.email == "j.berthold@stadt.example"
    assert set(account.role_assignments.values_list("role", flat=True)) == {"coordinator", "administrator"}
    assert Client().get(link).status_code == 403


@pytest.mark.django_db
def test_a_forged_or_used_link_opens_nothing() -> None:
    with pytest.raises(CannotBegin, match="forged"):
        check_first_token(token="begin:x")
    token = first_token()
    create_first_account(token=token, name="A", email="a@stadt.example", password=PASSWORD)
    with pytest.raises(CannotBegin, match="used"):
        create_first_account(token=token, name="B", email="b@stadt.example", password=PASSWORD)


@pytest.mark.django_db
def test_a_weak_password_is_refused_with_a_reason(client: Client) -> None:
    link = reverse("workspace:setup_begin", args=[first_token()])

    answer = client.post(link, {"name": "A", "email": "a@stadt.example", "password": "kurz"})

    assert answer.status_code == 200
    assert not Account.objects.exists()


@pytest.mark.django_db
def test_steps_can_be_left_out_and_taken_up_again(client: Client, city: Municipality, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(factories.account(role=Role.COORDINATOR))
    skip = reverse("workspace:setup_skip", args=["districts"])

    client.post(skip, {"skipped": "1"})
    left_out = client.get(reverse("workspace:setup")).content.decode()
    client.post(skip, {"skipped": "0"})

    assert "Vorerst ausgelassen." in left_out
    assert "Vorerst ausgelassen." not in client.get(reverse("workspace:setup")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["workspace:focus", "workspace:leadership"])
def test_visitors_are_asked_to_log_in(client: Client, city: Municipality, name: str) -> None:
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert "/konto/" in answer.url


@pytest.mark.django_db
def test_only_leadership_and_coordination_see_the_overview(client: Client, office_account: Account) -> None:
    client.force_login(office_account)

    assert client.get(reverse("workspace:leadership")).status_code == 403


@pytest.mark.django_db
def test_history_is_for_the_administration(client: Client, city: Municipality) -> None:
    factories.measure("V-1")

    assert client.get("/verlauf/massnahme/V-1/").status_code in (302, 403)


@pytest.mark.django_db
def test_the_focus_page_shows_what_is_due_and_stays_small(
    client: Client, office_account: Account, django_assert_max_num_queries: Any
) -> None:
    for number in range(9):
        factories.measure(f"V-{number}", lead=office_account, lead_department=office_account.department)
    client.force_login(office_account)

    with django_assert_max_num_queries(24):
        page = client.get(reverse("workspace:focus")).content.decode()

    assert "Sieben Dinge, die heute zählen" in page
    assert "Noch 2 Sachen zeigen" in page
    assert page.count("Bericht abgeben") == 7


@pytest.mark.django_db
def test_the_start_page_counts_each_measure_once_and_shows_the_unknown(
    client: Client, city: Municipality, django_assert_max_num_queries: Any
) -> None:
    task = the_task()
    reported, silent = factories.measure("V-1"), factories.measure("V-2")
    factories.report(reported, on=date.today())
    for measure in (reported, silent):
        MeasureTask.objects.create(measure=measure, task=task)

    # Twelve of its own, and a savepoint pair.
    with django_assert_max_num_queries(15):
        page = client.get("/").content.decode()

    assert "2 Maßnahmen" in page
    assert "einer fehlt ein aktueller Bericht" in page
    assert "Was die Stadt sich bis 2035 vorgenommen hat" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "found"),
    [("verkehr", True), ("RADVERKEHRS", True), ("Konzepte", True), ("Wärme", False), ("v", False)],
)
def test_search_finds_parts_of_words_and_word_stems(
    client: Client, city: Municipality, text: str, found: bool
) -> None:
    factories.measure(
        "V-1", title="Radverkehrskonzept umsetzen", description="Aus zwei Konzepten wird eines."
    )

    page = client.get("/suche/", {"q": text}).content.decode()

    assert ("Radverkehrskonzept umsetzen" in page) is found


@pytest.mark.django_db
def test_search_finds_committees_for_everybody(client: Client, city: Municipality) -> None:
    committee("SBV", name="Ausschuss für Stadtentwicklung, Bau und Verkehr")

    page = client.get("/suche/", {"q": "verkehr", "art": "committee"}).content.decode()

    assert "Ausschuss für Stadtentwicklung, Bau und Verkehr" in page
    assert "/gremien/SBV/" in page
    assert "Gremium" in page


@pytest.mark.django_db
def test_search_does_not_tell_of_internal_measures(client: Client, city: Municipality) -> None:
    factories.measure("V-1", title="Geheime Trasse", visibility="internal")

    assert "Geheime Trasse" not in client.get("/suche/", {"q": "trasse"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/impressum/",
        "/datenschutz/",
        "/barrierefreiheit/",
        "/leichte-sprache/",
        "/rueckmeldung/",
        "/daten/",
        "/zaehlweise/",
    ],
)
def test_pages_that_the_law_asks_for_answer_even_when_nothing_is_written_yet(
    client: Client, city: Municipality, path: str
) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.django_db
def test_the_feed_names_what_happened(client: Client, city: Municipality) -> None:
    measure = factories.measure("V-1", title="Radweg Nord")
    factories.report(measure, on=date(2026, 5, 5), phase="implementation")
    factories.report(measure, on=date.today(), phase="in_use")

    feed = client.get("/neues/feed.atom").content.decode()

    assert "Radweg Nord" in feed
    assert "Fertig und in Nutzung." in feed


@pytest.mark.django_db
def test_the_start_page_leads_everybody_to_the_council(client: Client, city: Municipality) -> None:
    links = [f'href="{reverse(f"papers:{name}")}"' for name in ("resolutions", "list", "meetings")]

    citizens = client.get("/").content.decode()
    client.cookies["dreiklang_voice"] = "politics"
    politics = client.get("/").content.decode()

    assert all(link in citizens and link in politics for link in links)
    assert reverse("papers:my_meeting") not in citizens
    assert reverse("papers:my_meeting") in politics
    assert politics.index("Im Rat") < politics.index("In meiner Nähe")
    assert citizens.index("Im Rat") > citizens.index("In meiner Nähe")
