"""The pages where small counts stand, for the statistics office alone."""

import pytest
from django.test import Client

from dreiklang.monitoring.models import ConfidentialValue, SuppressionChange
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.test_services_suppression import EXAMPLE, INNER, Town
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account

pytestmark = pytest.mark.django_db
ALL = "/arbeit/kleine-zahlen/"


def as_role(name: Role) -> Client:
    client = Client()
    client.force_login(account(name))
    return client


def page_of(town: Town) -> str:
    return f"{ALL}{town.indicator.key}/"


@pytest.mark.parametrize("name", [one for one in Role if one is not Role.STATISTICS])
def test_the_pages_are_closed_to_everybody_else(name: Role) -> None:
    town = Town()
    town.bring(EXAMPLE)

    for client in (as_role(name), Client()):
        for address in (ALL, page_of(town), f"{page_of(town)}?tag=2023-12-31"):
            assert client.get(address).status_code in (302, 403)
        post = client.post(page_of(town), {"tun": "zeigen", "wieder-reason": "x", "wieder-version": "1"})
        assert post.status_code in (302, 403)
    assert town.hidden() == INNER


def test_without_any_threshold_the_page_says_so() -> None:
    answer = as_role(Role.STATISTICS).get(ALL)

    assert "Noch keine Grenze gesetzt" in answer.content.decode()


def test_the_overview_tells_what_is_hidden_and_what_could_be() -> None:
    town = Town()
    town.bring(EXAMPLE)
    could = make.indicator(name="Haushalte", unit="haushalte", quantity=make.quantity())
    make.indicator(name="Quote", unit="prozent", quantity=make.quantity())

    words = as_role(Role.STATISTICS).get(ALL).content.decode()

    assert town.indicator.name in words
    assert "4 Werte stehen zurzeit nirgends als Zahl" in words
    assert f"{ALL}{could.key}/" in words
    assert "Quote" not in words


def test_the_overview_asks_the_same_however_many_there_are(django_assert_max_num_queries: object) -> None:
    client = as_role(Role.STATISTICS)
    for _number in range(12):
        make.observation(
            quantity=make.indicator(unit="personen", quantity=make.quantity(), suppress_below=5).quantity
        )

    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get(ALL)


def test_a_threshold_is_tried_before_it_is_set() -> None:
    town = Town(below=None)
    town.bring(EXAMPLE)
    client = as_role(Role.STATISTICS)

    tried = client.post(page_of(town), {"tun": "proben", "below": "5", "version": town.indicator.version})

    assert "Was unter 5 verborgen würde" in tried.content.decode()
    assert "keine Summe verrät sie" in tried.content.decode()
    assert town.hidden() == set()


def test_a_threshold_is_set_with_its_reason_and_lifted_with_one() -> None:
    town = Town(below=None)
    town.bring(EXAMPLE)
    client = as_role(Role.STATISTICS)
    given = {"tun": "setzen", "below": "5", "reason": "Satzung", "version": town.indicator.version}

    assert client.post(page_of(town), given).status_code == 302
    assert town.hidden() == INNER
    page = client.get(page_of(town)).content.decode()
    assert "Satzung" in page
    assert "Alle Zahlen zeigen" in page

    town.indicator.refresh_from_db()
    given = {"tun": "zeigen", "wieder-reason": "Alt", "wieder-version": town.indicator.version}
    assert client.post(page_of(town), given).status_code == 302
    assert town.hidden() == set()
    assert list(SuppressionChange.objects.order_by("pk").values_list("below", "reason")) == [
        (5, "Satzung"),
        (None, "Alt"),
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"tun": "setzen", "below": "7", "reason": ""}, "Ohne Begründung"),
        ({"tun": "setzen", "below": "5", "reason": "x"}, "Diese Grenze gilt schon"),
        ({"tun": "setzen", "below": "7", "reason": "x", "version": "0"}, "Inzwischen hat jemand"),
        ({"tun": "zeigen", "wieder-reason": ""}, "Ohne Begründung"),
    ],
)
def test_what_is_refused_is_said_on_the_page(given: dict[str, str], words: str) -> None:
    town = Town()
    town.bring(EXAMPLE)
    version = str(town.indicator.version)

    answer = as_role(Role.STATISTICS).post(
        page_of(town), {"version": version, "wieder-version": version} | given
    )

    assert words in answer.content.decode()
    assert town.hidden() == INNER


def test_the_counts_themselves_stand_on_the_page_of_a_day() -> None:
    town = Town()
    town.bring({key: value + 7_000 if value > 5 else value for key, value in EXAMPLE.items()})
    assert ConfidentialValue.objects.filter(value=7_012).exists()
    client = as_role(Role.STATISTICS)

    assert "7.012" not in client.get(page_of(town)).content.decode()
    answer = client.get(f"{page_of(town)}?tag=2023-12-31")

    assert "7.012" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_derived_indicator_has_no_such_page() -> None:
    derived = make.indicator(formula="[a] + [b]")

    assert as_role(Role.STATISTICS).get(f"{ALL}{derived.key}/").status_code == 404
