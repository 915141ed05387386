"""Pages of criteria: what everybody reads, what only the administration does, and what is refused."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from dreiklang.core import text
from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.monitoring.models import Criterion, Rating
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.monitoring.tests import rated
from dreiklang.monitoring.tests.rated import NOW, TODAY
from dreiklang.people.models import Account
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def goal():
    return goals.goal(number="1.2", title="Sicher mit dem Rad")


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(people.account(Role.COORDINATOR, name="Karla Koordination"))
    return client


def logged_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_page_of_a_goal_says_state_reason_office_day_and_course(client, goal):
    office = people.department(name="Tiefbauamt")
    shown = rated.criterion(goal=goal, department=office, number="K1", text="Schulwege sind sicher")
    rated.rating(criterion=shown, rated_on=date(2024, 5, 5), state=RatingState.ON_WAY)
    rated.rating(criterion=shown, state=RatingState.OFF_WAY, reason="Zwei Kreuzungen fehlen.")

    page = text_of(client, "/ziele/1.2/kriterien/")

    assert "Von 1 Kriterium: 1 vom Weg ab." in page
    for words in (
        "Schulwege sind sicher",
        "Zwei Kreuzungen fehlen.",
        text.day(date(2026, 5, 4)),
        "Tiefbauamt",
    ):
        assert words in page
    for year in ("2024", "2025", "2026"):
        assert f'<span class="m-course__year">{year}</span>' in page
    assert page.count("nicht bewertet") == 1
    assert "Eine frühere Bewertung" in page


def test_goals_with_a_slash_in_their_number_have_criteria(client):
    rated.criterion(goal=goals.goal(number="B 12/3"), text="Auch hier")

    assert "Auch hier" in text_of(client, "/ziele/B%2012/3/kriterien/")


def test_a_goal_without_criteria_says_what_belongs_there(client, goal):
    assert "Noch keine Kriterien" in text_of(client, "/ziele/1.2/kriterien/")
    assert "Noch keine Kriterien" in text_of(client, "/kriterien/")
    assert client.get("/ziele/9.9/kriterien/").status_code == 404


HIDDEN = (
    "Vorläufiges Wort",
    "Zurückgezogenes Wort",
    "Warum zurückgezogen",
    "Internes Kriterium",
    "Petra Probst",
    "Klara Korn",
)
PUBLIC_PAGES = (
    "/ziele/1.2/",
    "/ziele/1.2/kriterien/",
    "/zukunftsaufgaben/4/",
    "/kriterien/",
    "/kriterien/?format=csv",
    "/kriterien/?format=json",
    "/api/v1/criteria",
    "/suche/?q=Kriterium",
)


@pytest.fixture
def town():
    goal = goals.goal(
        number="1.2", title="Sicher mit dem Rad", tasks=(goals.task(number="4", title="Mobil"),)
    )
    shown = rated.criterion(
        goal=goal, text="Öffentliches Kriterium", responsible=people.account(name="Petra Probst")
    )
    rated.rating(criterion=shown, reason="Freigegebenes Wort")
    rated.rating(criterion=shown, rated_on=TODAY, reason="Vorläufiges Wort", released_at=None)
    rated.rating(
        criterion=shown,
        rated_on=TODAY,
        reason="Zurückgezogenes Wort",
        withdrawn_at=NOW,
        withdrawn_reason="Warum zurückgezogen",
        withdrawn_by_name="Klara Korn",
    )
    hidden = rated.criterion(goal=goal, text="Internes Kriterium", visibility=Visibility.INTERNAL)
    rated.rating(criterion=hidden, reason="Vorläufiges Wort")


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_the_public_sees_released_ratings_of_public_criteria_only(client, town, address):
    page = text_of(client, address)

    assert [words for words in HIDDEN if words in page] == []
    assert "Öffentliches Kriterium" in page


def test_a_workbook_holds_what_the_page_shows(client, town):
    answer = client.get("/kriterien/?format=xlsx")

    assert answer["Content-Disposition"] == 'attachment; filename="kriterien.xlsx"'
    assert answer.content[:2] == b"PK"


def test_the_api_gives_criteria_with_their_ratings(client, town):
    (found,) = json.loads(client.get("/api/v1/criteria").content)["criteria"]

    assert (found["goal"], found["kind"], found["ratings"][0]["state"]) == ("1.2", "qualitative", "on_way")
    assert json.loads(client.get("/api/v1/goals/1.2/criteria").content)["criteria"] == [found]
    assert client.get("/api/v1/goals/9.9/criteria").status_code == 404


def test_inside_a_rating_that_waits_is_marked(town):
    page = text_of(logged_in(people.account(Role.REVIEWER)), "/ziele/1.2/kriterien/")

    assert "vorläufig" in page
    assert "Zurückgezogen am" in page
    assert "Bewerten<" not in page


def test_goal_and_task_page_show_the_states_in_words(client, town):
    rated.rating(criterion=Criterion.objects.first(), rated_on=TODAY, state=RatingState.OFF_WAY)

    for address in ("/ziele/1.2/", "/zukunftsaufgaben/4/"):
        page = text_of(client, address)
        assert "Von 1 Kriterium: 1 vom Weg ab." in page
        assert "/ziele/1.2/kriterien/#kriterium-" in page


@pytest.mark.parametrize(
    ("address", "most"), [("/ziele/1.2/kriterien/", 6), ("/kriterien/", 3), ("/api/v1/criteria", 1)]
)
def test_more_criteria_take_no_more_statements(client, goal, address, most, django_assert_max_num_queries):
    for _at in range(8):
        rated.rating(criterion=rated.criterion(goal=goal))

    # Two more around each request (ATOMIC_REQUESTS).
    with django_assert_max_num_queries(most + 2):
        text_of(client, address)


def test_the_goal_page_stays_within_its_statements(client, town, django_assert_max_num_queries):
    with django_assert_max_num_queries(13):
        text_of(client, "/ziele/1.2/")
    with django_assert_max_num_queries(13):
        text_of(client, "/zukunftsaufgaben/4/")


def test_the_overview_is_narrowed_by_state_goal_kind_office_and_word(client, goal):
    office = people.department(name="Tiefbauamt")
    first = rated.criterion(goal=goal, text="Erstes", department=office)
    rated.rating(criterion=first, state=RatingState.OFF_WAY)
    rated.criterion(text="Zweites")

    for query in ("stand=off_way", "ziel=1.2", "amt=Tiefbauamt", "q=erst", "jahr=2026"):
        page = text_of(client, f"/kriterien/?{query}")
        assert ("Erstes" in page, "Zweites" in page) == (True, False), query
    assert "Zweites" in text_of(client, "/kriterien/?stand=not_rated")
    assert "Kein Kriterium passt" in text_of(client, "/kriterien/?art=quantitative")
    # What fits nothing is passed over.
    assert "Zweites" in text_of(client, "/kriterien/?stand=gibtesnicht")


def test_the_coordinator_writes_changes_and_gives_up_a_criterion(coordinator, goal):
    values = {
        "goal_id": goal.pk,
        "text": "Schulwege sind sicher",
        "kind": "qualitative",
        "visibility": "internal",
    }
    coordinator.post("/kriterien/neu/", values)
    made = Criterion.objects.get()
    assert (made.number, made.goal) == ("K1", goal)

    coordinator.post(
        f"/kriterien/{made.pk}/bearbeiten/", values | {"number": "K1", "text": "Neu", "version": 1}
    )
    coordinator.post(f"/kriterien/{made.pk}/aufgeben/", {"version": 2, "reason": "Zählt nicht mehr."})
    made.refresh_from_db()
    assert (made.text, made.retired_reason) == ("Neu", "Zählt nicht mehr.")
    coordinator.post(f"/kriterien/{made.pk}/aufgeben/", {"version": 3})
    made.refresh_from_db()
    assert made.retired_on is None


def test_a_criterion_that_cannot_be_is_said_at_its_field(coordinator, goal):
    values = {"goal_id": goal.pk, "text": "Mehr", "kind": "quantitative", "visibility": "public"}

    page = coordinator.post("/kriterien/neu/", values).content.decode()

    assert "Ein Kriterium in Zahlen braucht seinen Indikator." in page
    assert not Criterion.objects.exists()


def test_two_people_see_each_other(coordinator, goal):
    there = rated.criterion(goal=goal)
    Criterion.objects.filter(pk=there.pk).update(version=2, text="Inzwischen anders")
    values = {"text": "Meins", "kind": "qualitative", "visibility": "internal", "version": 1, "number": "K1"}

    page = coordinator.post(f"/kriterien/{there.pk}/bearbeiten/", values).content.decode()

    assert "Inzwischen anders" in page
    assert "Meins" in page


def test_a_rating_without_a_reason_is_refused_in_words(coordinator, goal):
    there = rated.criterion(goal=goal)
    said = {"state": "off_way", "reason": " ", "rated_on": "2026-05-04"}

    page = coordinator.post(f"/kriterien/{there.pk}/bewerten/", said).content.decode()

    assert "Ohne Begründung gilt keine Bewertung." in page
    assert not Rating.objects.exists()


def test_a_rating_is_given_corrected_released_and_withdrawn(coordinator, goal):
    there = rated.criterion(goal=goal)
    address = f"/kriterien/{there.pk}/bewerten/"
    coordinator.post(address, {"state": "off_way", "reason": "Zu wenig.", "rated_on": "2026-05-04"})
    first = Rating.objects.get()
    assert (first.by_name, first.released_at) == ("Karla Koordination", None)

    coordinator.post(f"/bewertungen/{first.pk}/freigeben/")
    first.refresh_from_db()
    assert first.released_at is not None

    said = {
        "state": "on_way",
        "reason": "Doch.",
        "rated_on": "2026-05-04",
        "corrects": first.pk,
        "release": "on",
    }
    coordinator.post(address, said)
    second = Rating.objects.order_by("pk").last()
    assert second.corrects_id == first.pk
    assert second.released_at is not None

    assert (
        "Bitte sagen Sie, warum."
        in coordinator.post(f"/bewertungen/{second.pk}/zurueckziehen/", {"reason": ""}).content.decode()
    )
    coordinator.post(f"/bewertungen/{second.pk}/zurueckziehen/", {"reason": "Irrtum."})
    second.refresh_from_db()
    assert second.withdrawn_reason == "Irrtum."


def test_figures_stand_beside_the_form_and_the_rating(coordinator, goal):
    there = rated.measured(goal=goal)

    page = text_of(coordinator, f"/kriterien/{there.pk}/bewerten/")

    assert "auf dem Weg zum Zielwert" in page
    assert "44,0\xa0%" in page
    assert "Zielwert höchstens 40,0\xa0% zum 31.12.2030" in page
    # The slope of docs/rules/trend.md, −0.825 a year, as shares are written.
    assert f"im Mittel {text.percent_points(Decimal('-0.825'), places=1)} im Jahr seit 2020" in page


def test_the_order_is_changed_by_buttons(coordinator, goal):
    first = rated.criterion(goal=goal, position=1)
    second = rated.criterion(goal=goal, position=2)

    coordinator.post(f"/kriterien/{second.pk}/verschieben/", {"up": "1"})

    order = Criterion.objects.order_by("position").values_list("pk", flat=True)
    assert list(order) == [second.pk, first.pk]


def test_the_rhythm_is_set_on_a_page(coordinator):
    coordinator.post("/kriterien/rhythmus/", {"months": "24"})

    rated.criterion()
    assert "alle 24 Monate" in text_of(coordinator, "/kriterien/")


@pytest.mark.parametrize("role", [None, Role.DEPARTMENT_EDITOR, Role.COUNCIL_MEMBER])
def test_others_are_refused(client, goal, role):
    there = rated.rating(criterion=rated.criterion(goal=goal))
    if role:
        client.force_login(people.account(role, where=people.department()))
    pk = there.criterion_id

    for address in (
        "/kriterien/neu/",
        f"/kriterien/{pk}/bearbeiten/",
        f"/kriterien/{pk}/bewerten/",
        f"/kriterien/{pk}/aufgeben/",
        f"/kriterien/{pk}/verschieben/",
        f"/bewertungen/{there.pk}/freigeben/",
        f"/bewertungen/{there.pk}/zurueckziehen/",
        "/kriterien/rhythmus/",
    ):
        assert client.post(address, {"reason": "x", "months": 3}).status_code in {302, 403, 404}, address
    there.refresh_from_db()
    assert (there.withdrawn_at, Criterion.objects.get().version) == (None, 1)
