"""The list of indicators and what machines read of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.monitoring.models import IndicatorGoal
from dreiklang.monitoring.tests.indicators import shown, value, with_course
from dreiklang.people.tests.factories import department

pytestmark = pytest.mark.django_db


def test_the_list_shows_what_is_published_with_value_target_and_trend(client: Client) -> None:
    with_course()
    shown(key="geheim", name="Geheime Zahl", visibility=Visibility.INTERNAL)

    said = client.get("/indikatoren/").content.decode().replace("\xa0", " ")

    assert "Leerstand" in said
    assert "44,0 %" in said
    assert "auf dem Weg" in said
    assert "fallend" in said
    assert "Geheime Zahl" not in said


def test_the_list_is_narrowed_by_text_goal_and_office(client: Client) -> None:
    indicator = with_course()
    other = shown(key="radwege", name="Radwege", department=department(key="66", name="Tiefbauamt"))
    IndicatorGoal.objects.create(indicator=other, goal=goals.goal(number="3.1"))

    for query, found in (("q=rad", other), ("ziel=3.1", other), ("amt=66", other), ("q=leer", indicator)):
        said = client.get(f"/indikatoren/?{query}&format=csv").content.decode()
        assert found.name in said
        assert said.count("\r\n") == 2


def test_the_empty_list_says_what_will_stand_there(client: Client) -> None:
    assert "Noch ist kein Indikator veröffentlicht." in client.get("/indikatoren/").content.decode()


def test_the_list_takes_as_many_statements_for_one_as_for_many(client: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get("/indikatoren/")
        return len(seen)

    value(shown(key="i-0", name="I 0"), 2024, "5")
    for_one = statements()
    for at in range(1, 12):
        value(shown(key=f"i-{at}", name=f"I {at}"), 2024, "5")

    assert statements() == for_one <= 14


def test_the_api_reads_on_after_the_last_value(client: Client) -> None:
    with_course()

    first = client.get("/api/v1/indicators/leerstand/observations?limit=3").json()
    rest = client.get(f"/api/v1/indicators/leerstand/observations?limit=3&after={first['next']}").json()

    assert [len(first["observations"]), len(rest["observations"]), rest["next"]] == [3, 2, None]
    days = [row["ends_on"] for row in first["observations"] + rest["observations"]]
    assert days == [f"{year}-12-31" for year in range(2020, 2025)]


def test_the_api_tells_definition_targets_and_links(client: Client) -> None:
    with_course()

    told = client.get("/api/v1/indicators/leerstand").json()

    assert (told["name"], told["unit"], told["licence"]) == ("Leerstand", "prozent", "dl-de/by-2-0")
    assert [one["value"] for one in told["targets"]] == ["47.2", "40"]
    assert client.get("/api/v1/indicators/nichts").status_code == 404
    assert client.get("/api/v1/indicators/nichts/observations").status_code == 404


def test_the_api_reads_on_after_the_last_key(client: Client) -> None:
    for key in ("a", "b", "c"):
        shown(key=key)
    shown(key="bb", visibility=Visibility.INTERNAL)

    first = client.get("/api/v1/indicators?limit=2").json()
    rest = client.get(f"/api/v1/indicators?limit=2&after={first['next']}").json()

    assert [one["key"] for one in first["indicators"] + rest["indicators"]] == ["a", "b", "c"]
    assert rest["next"] is None
