"""The list of candidates: filters, files, how it is worked off."""

import csv

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.tests import factories as make
from dreiklang.core import nearness
from dreiklang.goals.tests.factories import goal as made_goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as city
from dreiklang.people.models import Account
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db

RADAR = "/arbeit/zielkonflikte/"


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", make.plain_encoder)


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(city.account(role=Role.COORDINATOR))
    return client


@pytest.fixture
def lead() -> Account:
    office = city.department(name="Tiefbauamt")
    return city.account("Lena Leitung", role=Role.LEAD, in_department=office)


@pytest.fixture
def pair(lead: Account) -> tuple[Measure, Measure]:
    """Two building sites on one ground in one year, one for and one against a goal."""
    goal = made_goal(number="2.1", title="Schatten in der Stadt")
    route = make.measure(
        "Radroute am Wasser",
        hinders=(goal,),
        geometry=make.ground(),
        lead=lead,
        lead_department=lead.department,
    )
    trees = make.measure("Baumreihe am Wasser", helps=(goal,), geometry=make.ground(20))
    make.compared()
    return route, trees


def page_of(pair: tuple[Measure, Measure]) -> str:
    return reverse("conflicts:candidate", args=[make.candidate(*pair).pk])


def step(client: Client, pair: tuple[Measure, Measure], deed: str, **said: str):
    pk = make.candidate(*pair).pk
    return client.post(reverse("conflicts:step", args=[pk, deed]), said, follow=True)


def test_the_list_says_what_waits_and_why_in_words(coordinator, pair):
    page = coordinator.get(RADAR).content.decode()

    assert "Ein Hinweis wartet auf einen Blick: ein Konflikt." in page
    assert "Radroute am Wasser" in page
    assert "Baumreihe am Wasser" in page
    assert "derselben Fläche" in page
    assert "measure:" not in page


@pytest.mark.parametrize(
    "query",
    [
        "?art=effect",
        "?sinn=conflict",
        "?stand=new",
        "?q=radroute",
        "?art=unsinn&seite=abc&ziel=x",
        "?seite=99",
    ],
)
def test_filters_that_fit_or_mean_nothing_leave_it(coordinator, pair, query):
    assert "Radroute am Wasser" in coordinator.get(RADAR + query).content.decode()


@pytest.mark.parametrize(
    "query", ["?sinn=synergy", "?stand=weighed", "?q=xyz", "?ziel=999999", "?amt=999999"]
)
def test_filters_that_do_not_fit_leave_nothing_and_say_so(coordinator, pair, query):
    page = coordinator.get(RADAR + query).content.decode()

    assert "Kein Hinweis passt zu diesen Filtern" in page
    assert "Radroute am Wasser" not in page


def test_without_a_comparison_the_list_says_what_to_do(coordinator):
    page = coordinator.get(RADAR).content.decode()

    assert "Noch wurde nichts verglichen" in page
    assert "Alles vergleichen" in page


def test_the_list_goes_into_a_file(coordinator, pair):
    rows = coordinator.get(reverse("conflicts:csv")).content.decode("utf-8-sig").splitlines()

    assert len(rows) == 2
    assert "Radroute am Wasser" in rows[1]
    assert coordinator.get(reverse("conflicts:xlsx")).content.startswith(b"PK")


def test_the_file_names_everybody_and_says_what_is_not_known(coordinator, pair):
    third = make.measure("Ufermauer", starts_on=None, ends_on=None)
    make.compared()
    found = make.candidate(*pair)
    Candidate.objects.filter(pk=found.pk).update(
        parties=[make.key(pair[0]), make.key(third), make.key(pair[1])]
    )

    text = coordinator.get(reverse("conflicts:csv")).content.decode("utf-8-sig")
    head, row = csv.reader(text.splitlines(), delimiter=";")

    said = dict(zip(head, row, strict=True))
    assert said["Zeitraum B"] == "unbekannt (nicht angegeben)"
    assert said["Weitere"] == f"{pair[1].number} Baumreihe am Wasser"


def test_a_formula_in_a_title_stays_a_title_in_the_file(coordinator, pair):
    Measure.objects.filter(pk=pair[0].pk).update(title="=HYPERLINK(1)")
    make.compared()

    rows = coordinator.get(reverse("conflicts:csv")).content.decode("utf-8-sig")

    assert ";=HYPERLINK" not in rows


def test_place_and_time_open_beneath_a_line(coordinator, pair):
    page = coordinator.get(reverse("conflicts:where", args=[make.candidate(*pair).pk])).content.decode()

    assert "k-map__shared" in page
    assert "gemeinsame Fläche" in page
    assert "2027" in page


def test_looked_at_can_be_taken_back_for_a_minute(coordinator, pair):
    page = step(coordinator, pair, "angesehen").content.decode()
    assert make.candidate(*pair).state == State.SEEN
    assert "data-undo-seconds" in page

    step(coordinator, pair, "zuruecknehmen")

    assert make.candidate(*pair).state == State.NEW


def test_from_the_list_one_comes_back_to_the_list_but_never_elsewhere(coordinator, pair):
    pk = make.candidate(*pair).pk
    address = reverse("conflicts:step", args=[pk, "angesehen"])

    assert coordinator.post(address, {"zurueck": RADAR + "?seite=2"})["Location"] == RADAR + "?seite=2"
    assert coordinator.post(address, {"zurueck": "https://woanders.example/"})["Location"] == page_of(pair)


def test_the_list_takes_as_many_statements_for_one_as_for_many(
    coordinator, pair, django_assert_max_num_queries
):
    for shift in range(1, 6):
        make.measure(geometry=make.ground(shift * 5))
    make.compared()
    coordinator.get(RADAR)

    with django_assert_max_num_queries(34):
        coordinator.get(RADAR)
