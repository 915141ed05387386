"""The page of an indicator, its picture and its files: one glance for everybody, and nothing that is not public."""

from datetime import date
from decimal import Decimal
from typing import Any

import orjson
import pytest
from django.test import Client

from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import (
    Break,
    ComparedCity,
    ConfidentialValue,
    Indicator,
    IndicatorGoal,
    IndicatorTask,
    MeasureIndicator,
    Region,
)
from dreiklang.monitoring.rules.values import BreakKind, ReleaseState, ValueKind
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.indicators import city, district, shown, value, with_course
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account

pytestmark = pytest.mark.django_db


def page(client: Client, key: str = "leerstand") -> str:
    answer = client.get(f"/indikatoren/{key}/")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_the_page_says_value_target_and_trend_in_one_glance(client: Client) -> None:
    with_course()

    said = page(client)

    assert "Zuletzt 44,0 % (31.12.2024)." in said
    assert "Der Zielwert für den 31. Dezember 2030 ist höchstens 40,0 %" in said
    assert "noch 4 Prozentpunkte entfernt" in said
    assert "auf dem Weg" in said
    assert "Trend: fallend (wird besser), im Mittel -0,8 Prozentpunkte im Jahr" in said.replace("−", "-")
    assert "B-112/2026" in said
    assert "© Statistik Klarenbrück" in said
    assert "dl-de/by-2-0" in said


def test_the_text_waits_for_no_picture(client: Client) -> None:
    with_course()

    said = page(client)

    assert 'role="img"' not in said
    assert 'hx-get="/indikatoren/leerstand/bild/"' in said
    assert 'href="/indikatoren/leerstand/bild/"' in said


def test_a_break_is_named_and_never_bridged_by_the_trend(client: Client) -> None:
    indicator = with_course()
    Break.objects.create(
        indicator=indicator, on=date(2023, 1, 1), kind=BreakKind.METHOD, reason="Neue Zählung der Wohnungen"
    )

    said = page(client)

    assert "Bruch in der Zeitreihe am 1. Januar 2023" in said
    assert "Für einen Trend gibt es zu wenige vergleichbare Werte." in said
    assert "Bruch, nicht vergleichbar" in said
    assert "Neue Zählung der Wohnungen" in said


def test_districts_stand_beside_the_city(client: Client) -> None:
    indicator = with_course()
    for key, name, before, last in (("01", "Nordstadt", "50", "48.5"), ("02", "Altstadt", "40", "39.5")):
        value(indicator, 2023, before, where=district(key, name))
        value(indicator, 2024, last, where=Region.objects.get(name=name))

    said = page(client)

    assert "Nordstadt" in said
    assert 'Gegen die Stadt <span class="mi-unit">(Prozentpunkte)</span>' in said
    assert ">+4,5<" in said
    assert ">-1,5<" in said.replace("−", "-")
    assert "1. von 2" in said


def test_other_cities_stand_there_if_the_city_chose_them(client: Client) -> None:
    indicator = with_course()
    other, stranger = make.region(name="Neustadt an der Aue"), make.region(name="Irgendwo")
    ComparedCity.objects.create(region=other, position=1)
    value(indicator, 2024, "41.0", where=other)
    value(indicator, 2024, "12.0", where=stranger)

    said = page(client)

    assert "Neustadt an der Aue" in said
    assert "Irgendwo" not in said


def test_what_hangs_on_it_is_shown_as_far_as_it_is_public(client: Client) -> None:
    indicator = with_course()
    IndicatorGoal.objects.create(
        indicator=indicator,
        goal=goals.goal(number="5.2", title="Lebendige Quartiere"),
        reason="Misst es selbst",
    )
    draft = goals.framework(status="draft", label="Entwurf")
    IndicatorGoal.objects.create(indicator=indicator, goal=goals.goal(of=draft, title="Geheimes Ziel"))
    IndicatorTask.objects.create(indicator=indicator, task=goals.task(title="Wohnen für alle"))
    MeasureIndicator.objects.create(
        indicator=indicator,
        measure=measures.measure("V-1", title="Umbau am Ring"),
        expected_value=Decimal("-1.5"),
        expected_year=2030,
        expected_basis="Vergleich mit dem Nordring",
    )
    MeasureIndicator.objects.create(
        indicator=indicator,
        measure=measures.measure("V-2", title="Stiller Plan", visibility=Visibility.INTERNAL),
    )

    said = page(client)

    assert "5.2 Lebendige Quartiere" in said
    assert "Wohnen für alle" in said
    assert "-1,5 Prozentpunkte bis Ende 2030" in said.replace("−", "-")
    assert "Vergleich mit dem Nordring" in said
    assert "Geheimes Ziel" not in said
    assert "Stiller Plan" not in said


def test_the_page_of_an_indicator_without_values_says_so(client: Client) -> None:
    city()
    shown(next_due_on=date(2099, 3, 31))

    said = page(client)

    assert "Noch liegt kein Wert vor." in said
    assert "Werte werden bis zum 31. März 2099 erwartet." in said
    assert "bild/" not in said


def test_an_internal_indicator_is_unknown_outside(client: Client) -> None:
    shown(visibility=Visibility.INTERNAL)

    for path in ("", "bild/", "daten.csv", "daten.json"):
        assert client.get(f"/indikatoren/leerstand/{path}").status_code == 404
    client.force_login(account(Role.LEAD))
    assert client.get("/indikatoren/leerstand/").status_code == 200


def hidden_and_waiting(indicator: Indicator) -> None:
    """Values nobody outside may learn: 777 hidden, 888 waiting, 999 withdrawn."""
    small = value(indicator, 2025, None, mark="•", state=ReleaseState.SUPPRESSED)
    ConfidentialValue.objects.create(observation=small, value=Decimal(777))
    for year, number, state in ((2026, "888", ReleaseState.WAITING), (2019, "999", ReleaseState.WITHDRAWN)):
        value(indicator, year, number, state=state)


@pytest.mark.parametrize(
    "path",
    [
        "/indikatoren/",
        "/indikatoren/?format=csv",
        "/indikatoren/?format=json",
        "/indikatoren/leerstand/",
        "/indikatoren/leerstand/bild/",
        "/indikatoren/leerstand/daten.csv",
        "/indikatoren/leerstand/daten.json",
        "/api/v1/indicators",
        "/api/v1/indicators/leerstand",
        "/api/v1/indicators/leerstand/observations",
    ],
)
def test_nothing_waiting_hidden_or_withdrawn_leaves_the_house(client: Client, path: str) -> None:
    hidden_and_waiting(with_course())

    answer = client.get(path)

    assert answer.status_code == 200
    said = answer.content.decode()
    for number in ("777", "888", "999"):
        assert f">{number}" not in said
        assert f"{number},0" not in said
        assert f'"{number}"' not in said
        assert f";{number};" not in said


def test_a_hidden_value_says_why_there_is_none(client: Client) -> None:
    hidden_and_waiting(with_course())

    assert "kleine Zahl, nicht gezeigt" in page(client)
    rows = orjson.loads(client.get("/indikatoren/leerstand/daten.json").content)["values"]
    assert [row["unknown"] for row in rows if row["ends_on"] == "2025-12-31"] == ["suppressed"]


def test_files_hold_every_region_the_meaning_of_signs_source_and_licence(client: Client) -> None:
    indicator = with_course()
    value(indicator, 2024, None, where=district("01", "Nordstadt"), mark=".", meaning="unknown")

    table = client.get("/indikatoren/leerstand/daten.csv").content.decode("utf-8-sig")
    document = orjson.loads(client.get("/indikatoren/leerstand/daten.json").content)

    assert "Nordstadt" in table
    assert "unbekannt oder geheim zu halten" in table
    assert "© Statistik Klarenbrück;dl-de/by-2-0" in table
    assert (document["source"], document["licence"]) == ("© Statistik Klarenbrück", "dl-de/by-2-0")
    assert document["marks"] == {".": "unknown"}
    assert {row["value"] for row in document["values"]} == {"47.2", "46.8", "45.9", "45.1", "44", None}
    assert client.get("/indikatoren/leerstand/daten.xlsx").content[:2] == b"PK"


def test_files_and_page_name_both_official_keys_and_the_day_of_a_forecast(client: Client) -> None:
    indicator = with_course()
    facts: dict[str, Any] = {"kind": ValueKind.FORECAST, "scenario": "Trend", "made_on": date(2026, 2, 1)}
    value(indicator, 2035, "38", **facts)

    head, *rows = client.get("/indikatoren/leerstand/daten.csv").content.decode("utf-8-sig").splitlines()
    document = orjson.loads(client.get("/indikatoren/leerstand/daten.json").content)

    assert "Schlüssel;Regionalschlüssel (ARS);Gebiet" in head
    assert ";14999000;149990000000;Klarenbrück;" in rows[0]
    assert ";Prognose;Trend;01.02.2026;" in rows[-1]
    assert (document["values"][-1]["ars"], document["values"][-1]["made_on"]) == (
        "149990000000",
        "2026-02-01",
    )
    assert "AGS 14999000 · ARS 149990000000" in page(client)


def test_values_of_a_formula_are_taken_away_too(client: Client) -> None:
    empty = shown(key="leer", unit="wohnungen", decimals=0, quantity=make.quantity(unit="wohnungen"))
    all_of = shown(key="alle", unit="wohnungen", decimals=0, quantity=make.quantity(unit="wohnungen"))
    shown(key="anteil", quantity=None, formula="share([leer], [alle])")
    value(empty, 2024, "5")
    value(all_of, 2024, "200")

    rows = orjson.loads(client.get("/indikatoren/anteil/daten.json").content)["values"]

    assert [(row["value"], row["ends_on"]) for row in rows] == [("2.5", "2024-12-31")]
    assert "Gerechnet aus" in page(client, "anteil")


def test_the_picture_comes_alone_for_the_page_and_whole_for_a_link(client: Client) -> None:
    with_course()

    part = client.get("/indikatoren/leerstand/bild/", headers={"HX-Request": "true"}).content.decode()
    whole = client.get("/indikatoren/leerstand/bild/").content.decode()

    assert part.lstrip().startswith("<figure")
    assert "<html" in whole
    assert "Alle Zahlen stehen in der Tabelle darunter." in part


def test_after_it_was_drawn_the_picture_stands_on_the_page_at_once(client: Client) -> None:
    with_course()
    client.get("/indikatoren/leerstand/bild/")

    assert "u-chart--later" not in page(client)


def many_values(years: int, districts: int) -> None:
    indicator = with_course()
    places = [city(), *[district(f"{at:02}", f"Teil {at}") for at in range(districts)]]
    for year in range(2019 - years, 2020):
        for place in places:
            value(indicator, year, "50", where=place)
    for place in places[1:]:
        value(indicator, 2024, "45", where=place)
    IndicatorGoal.objects.create(indicator=indicator, goal=goals.goal())


@pytest.mark.parametrize(("years", "districts"), [(1, 1), (20, 12)])
def test_the_page_takes_as_many_statements_however_many_values(
    client: Client, django_assert_max_num_queries: Any, years: int, districts: int
) -> None:
    many_values(years, districts)

    with django_assert_max_num_queries(12) as seen:
        client.get("/indikatoren/leerstand/")

    values = [one["sql"] for one in seen.captured_queries if "monitoring_observation" in one["sql"]]
    assert all('"ends_on" >=' in sql or "LIMIT 1" in sql for sql in values), values


def test_forecasts_and_estimates_are_told_apart(client: Client) -> None:
    indicator = with_course()
    value(indicator, 2025, "43.5", kind=ValueKind.ESTIMATE)
    value(indicator, 2035, "38.0", kind=ValueKind.FORECAST, scenario="Basis", made_on=date(2026, 1, 1))

    said = page(client)

    assert "Prognose „Basis“ vom 01.01.2026" in said
    assert "Zuletzt 43,5 % (31.12.2025, Schätzung)." in said


def test_a_retired_indicator_stays_readable_and_leaves_the_list(client: Client) -> None:
    indicator = with_course()
    indicator.retired_on, indicator.retired_reason = date(2026, 1, 1), "Quelle eingestellt"
    indicator.save()

    assert "Quelle eingestellt" in page(client)
    assert "Leerstand" not in client.get("/indikatoren/?format=csv").content.decode()
