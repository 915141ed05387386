"""Indicators where people already are: on the pages of goals, tasks, measures and concepts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.concepts.tests import factories as concepts
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import IndicatorTask, MeasureIndicator, Region, SetSettings
from dreiklang.monitoring.queries.of_measure import effects_of_measure
from dreiklang.monitoring.rules.values import Comparison, Goalpost, RegionLevel
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.test_queries_of_goal import linked, target, watched
from dreiklang.monitoring.views.panel_words import aim_words, counts_sentence
from dreiklang.monitoring.views.value_words import measure_of
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.places.models import Municipality
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Region:
    Municipality.objects.create(name="Klarenbrück", ags="14999000")
    return make.region(level=RegionLevel.MUNICIPALITY, key="14999000", name="Klarenbrück")


@pytest.fixture
def inside(client: Client) -> Client:
    client.force_login(measures.account("Kora Koordination", role=Role.COORDINATOR))
    return client


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def effect(of: Measure, on: Any, **facts: Any) -> MeasureIndicator:
    return MeasureIndicator.objects.create(measure=of, indicator=on, **facts)


def test_a_goal_shows_last_value_next_target_and_state_to_everybody(client: Client, city: Region) -> None:
    to, flats = (
        goals.goal(number="2.1"),
        watched((2023, "1200"), (2024, "1800"), at=city, name="Neue Wohnungen"),
    )
    target(flats, "1000", 2020, is_baseline=True)
    target(flats, "2000", 2030)
    linked(to, flats, main=flats)

    page = shown(client, "/ziele/2.1/")

    assert f'href="/indikatoren/{flats.key}/">Neue Wohnungen</a>' in page
    for words in (
        "1 Indikator: 1 auf dem Weg.",
        "1.800",
        "mindestens 2.000 bis 2030",
        "Leitindikator dieses Ziels",
    ):
        assert words in page
    assert 'href="#indikatoren"' in page


def test_a_goal_without_indicators_says_so_to_the_administration_only(inside: Client, city: Region) -> None:
    goals.goal(number="2.1")

    assert "Noch kein Indikator" in shown(inside, "/ziele/2.1/")
    assert 'id="indikatoren"' not in shown(Client(), "/ziele/2.1/")


def test_too_many_indicators_are_named_to_the_administration_only(inside: Client, city: Region) -> None:
    SetSettings.objects.create(most_per_goal=1)
    linked(goals.goal(number="2.1"), watched(at=city), watched(at=city))

    assert "Hier hängen 2, vorgesehen sind höchstens 1." in shown(inside, "/ziele/2.1/")
    assert "Zu viele" not in shown(Client(), "/ziele/2.1/")


def test_no_page_shows_an_internal_indicator_to_outsiders(client: Client, city: Region) -> None:
    hidden = watched((2024, "4711"), at=city, public=False, name="Streng intern gezählt")
    task = goals.task(number="4")
    goal = goals.goal(number="2.1", tasks=(task,))
    linked(goal, hidden)
    IndicatorTask.objects.create(indicator=hidden, task=task)
    of = measures.measure("V-1")
    effect(of, hidden)

    for address in ("/ziele/2.1/", "/zukunftsaufgaben/4/", "/massnahmen/V-1/"):
        page = shown(client, address)
        assert "Streng intern" not in page
        assert "4.711" not in page


def test_a_task_shows_its_own_indicators_and_those_of_its_goals(client: Client, city: Region) -> None:
    task = goals.task(number="4")
    goal = goals.goal(number="2.1", tasks=(task,))
    own, below = watched(at=city, name="Wärmewende"), watched(at=city, name="Sanierungsquote")
    IndicatorTask.objects.create(indicator=own, task=task)
    linked(goal, below)

    page = shown(client, "/zukunftsaufgaben/4/")

    assert "2 Indikatoren: 2 ohne Wert." in page
    assert (
        page.index("Wärmewende")
        < page.index("In den Zielen, die hierauf einzahlen")
        < page.index("Sanierungsquote")
    )


def test_a_measure_tells_what_is_expected_of_it_and_what_was_observed(client: Client, city: Region) -> None:
    share = watched(at=city, name="Anteil Radverkehr", unit="prozent", decimals=1)
    effect(
        measures.measure("V-1"),
        share,
        weight=2,
        expected_value=Decimal("2.5"),
        expected_year=2028,
        expected_basis="Gutachten 2024",
        observed_value=Decimal("-0.5"),
        observed_on=date(2026, 6, 30),
        observed_basis="Zählung",
    )

    page = shown(client, "/massnahmen/V-1/").replace("\xa0", " ")

    assert "+2,5 Prozentpunkte bis Ende 2028" in page
    assert "−0,5 Prozentpunkte am 30.06.2026" in page or "-0,5 Prozentpunkte am 30.06.2026" in page
    assert "Gutachten 2024" in page
    assert "deutlich" in page


def test_the_record_of_a_measure_is_judged_by_its_effects_on_indicators(inside: Client, city: Region) -> None:
    of = measures.measure("V-1")

    assert "noch keiner genannt" in shown(inside, "/massnahmen/V-1/")

    link = effect(of, watched(at=city))
    assert "erwartete Wirkung fehlt" in shown(inside, "/massnahmen/V-1/")

    MeasureIndicator.objects.filter(pk=link.pk).update(expected_year=2024)
    assert "beobachtete Wirkung fehlt" in shown(inside, "/massnahmen/V-1/")

    MeasureIndicator.objects.filter(pk=link.pk).update(expected_year=2090)
    page = shown(inside, "/massnahmen/V-1/")
    assert "1 von 4 Punkten erfüllt" in page or "2 von 4 Punkten erfüllt" in page
    assert "Wirkung fehlt" not in page


def test_a_concept_shows_the_indicators_its_measures_act_on_each_once(client: Client, city: Region) -> None:
    of = concepts.concept(number="FK-05", title="Hochwasserschutz")
    seen, hidden = watched((2024, "7"), at=city, name="Pegel"), watched(at=city, public=False, name="Geheim")
    for title in ("Deich", "Flutmulde"):
        one = measures.measure(title=title)
        one.concept_links.create(concept=of)
        effect(one, seen)
        effect(one, hidden)
    secret = measures.measure(title="Intern", visibility="internal")
    secret.concept_links.create(concept=of)
    effect(secret, watched(at=city, name="Nur im Internen"))

    assert 'hx-get="/konzepte/FK-05/indikatoren/"' in shown(client, "/konzepte/FK-05/")
    page = part_of(client, "/konzepte/FK-05/indikatoren/")

    assert "1 Indikator: 1 ohne Zielwert." in page
    assert page.count(f'href="/indikatoren/{seen.key}/"') == 1
    assert "Geheim" not in page
    assert "Nur im Internen" not in page


def test_a_concept_without_indicators_says_nothing_of_them(inside: Client, city: Region) -> None:
    concepts.concept(number="FK-05")

    assert 'id="indikatoren"' not in part_of(inside, "/konzepte/FK-05/indikatoren/")


def test_a_hidden_concept_tells_of_no_indicator(client: Client, city: Region) -> None:
    concepts.concept(number="FK-05", visibility="internal")
    address = "/konzepte/FK-05/indikatoren/"

    assert client.get(address, headers={"HX-Request": "true"}).status_code == 404
    assert client.get(address)["Location"] == "/konzepte/FK-05/"


def part_of(client: Client, address: str) -> str:
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_whoever_answers_for_a_measure_is_led_to_the_forms_of_its_effects(
    client: Client, city: Region
) -> None:
    lead = measures.account("Lena Kirsch", role=Role.LEAD)
    of, named, free = measures.measure("V-1", lead=lead), watched(at=city), watched(at=city, key="frei")
    link = effect(of, named)
    client.force_login(lead)
    start = reverse("monitoring:effect-start") + "?massnahme=V-1"

    page = shown(client, "/massnahmen/V-1/")
    assert reverse("monitoring:indicator-effect", args=[named.key, link.pk]) in page
    assert start in page

    asked = shown(client, start)
    assert f'<option value="{free.key}"' in asked
    assert f'<option value="{named.key}"' not in asked
    answer = client.get(start + "&indikator=frei")
    assert answer.status_code == 302
    assert answer["Location"] == reverse("monitoring:indicator-effect-new", args=["frei"]) + "?number=V-1"
    assert client.get(start + "&indikator=fehlt").status_code == 200


def test_nobody_else_is_led_to_forms_of_effects(client: Client, city: Region) -> None:
    effect(measures.measure("V-1"), watched(at=city))
    start = reverse("monitoring:effect-start") + "?massnahme="

    assert "Wirkung ändern" not in shown(client, "/massnahmen/V-1/")
    assert client.get(start + "V-1").status_code == 302
    client.force_login(measures.account("Fremde", role=Role.LEAD))
    assert "Wirkung ändern" not in shown(client, "/massnahmen/V-1/")
    assert client.get(start + "V-1").status_code == 403
    assert client.get(start + "V-99").status_code == 404


def test_a_measure_that_names_every_indicator_is_told_so(inside: Client, city: Region) -> None:
    measures.measure("V-1")

    assert "Kein weiterer Indikator" in shown(inside, reverse("monitoring:effect-start") + "?massnahme=V-1")


def test_the_start_page_asks_later_for_the_indicators_the_city_leads_with(
    client: Client, city: Region, django_assert_num_queries: Any
) -> None:
    goals.task(number="1")
    watched((2024, "7"), at=city, name="Pegel", is_headline=True)
    watched((2024, "8"), at=city, name="Nebensache")
    watched((2024, "9"), at=city, public=False, name="Geheim", is_headline=True)
    address = reverse("monitoring:headline")

    assert f'hx-get="{address}"' in shown(client, "/")
    # Its own, and the savepoint pair.
    with django_assert_num_queries(3):
        part = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "1 Indikator: 1 ohne Zielwert." in part
    assert "Pegel" in part
    assert "Nebensache" not in part
    assert "Geheim" not in part


def test_without_leading_indicators_the_start_page_says_so(client: Client, city: Region) -> None:
    address = reverse("monitoring:headline")

    assert "keine Leitindikatoren" in client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert client.get(address)["Location"] == reverse("monitoring:indicators")


def test_an_area_leads_to_its_profile(client: Client, city: Region) -> None:
    place = places.area(name="Auenviertel")

    page = shown(client, f"/stadtteile/{place.key or place.name}/")

    assert reverse("monitoring:profile", args=[place.level.key, place.key or place.name]) in page


def test_more_effects_take_no_more_statements(city: Region, django_assert_num_queries: Any) -> None:
    of = measures.measure("V-1")
    for _number in range(4):
        effect(of, watched(at=city))

    with django_assert_num_queries(1):
        assert len(effects_of_measure(PUBLIC, measure=of.pk)) == 4


def test_pages_keep_their_bounds_with_indicators(
    client: Client, city: Region, django_assert_max_num_queries: Any
) -> None:
    task = goals.task(number="4")
    goal = goals.goal(number="2.1", tasks=(task,))
    linked(goal, *(watched((2024, "1"), at=city) for _number in range(3)))
    effect(measures.measure("V-1"), watched(at=city))

    for address in ("/ziele/2.1/", "/zukunftsaufgaben/4/", "/massnahmen/V-1/"):
        with django_assert_max_num_queries(13):
            client.get(address)


def test_counts_are_told_in_one_order_and_never_averaged() -> None:
    assert counts_sentence({}) == ""
    assert (
        counts_sentence({"no_target": 1, "reached": 2, "off_way": 1})
        == "4 Indikatoren: 2 Ziel erreicht, 1 nicht auf dem Weg und 1 ohne Zielwert."
    )


def test_a_target_is_told_with_its_day() -> None:
    percent = measure_of("prozent", 0)

    range_ = Goalpost(date(2028, 6, 30), Decimal(10), Comparison.BETWEEN, Decimal(20))
    assert aim_words(range_, percent).replace("\xa0", " ") == "zwischen 10 und 20 % bis 30.06.2028"
    assert (
        aim_words(Goalpost(date(2030, 12, 31), Decimal(5)), percent).replace("\xa0", " ")
        == "mindestens 5 % bis 2030"
    )
