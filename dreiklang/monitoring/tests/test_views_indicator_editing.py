"""Keeping the set on screen: definitions, targets, breaks, links, proposals, rules; each with its way back."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import (
    Break,
    ComparedCity,
    Indicator,
    IndicatorGoal,
    MeasureIndicator,
    SetSettings,
    Target,
)
from dreiklang.monitoring.rules.values import BreakKind
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account, department

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate().isoformat()
SAID: dict[str, Any] = {
    "name": "Leerstand",
    "kind": "quantitative",
    "unit": "prozent",
    "decimals": "1",
    "direction": "less",
    "valid_from": TODAY,
}


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(account(Role.COORDINATOR))
    return client


@pytest.fixture
def indicator() -> Indicator:
    return make.indicator(
        key="leerstand",
        name="Leerstand",
        unit="prozent",
        decimals=1,
        direction="less",
        department=department(),
    )


def said_by(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


def test_an_indicator_is_created_on_screen(coordinator: Client) -> None:
    answer = coordinator.post("/arbeit/indikatoren/neu/", SAID | {"key": "leerstand"})

    assert answer["Location"] == "/indikatoren/leerstand/"
    made = Indicator.objects.get()
    assert (made.unit, made.decimals, made.visibility) == ("prozent", 1, Visibility.INTERNAL)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"key": "Leer Stand"}, "Nur kleine Buchstaben"),
        ({"key": "leer--stand"}, "einzelne Bindestriche"),
        ({"key": "leerstand", "formula": "[nichts] * 1"}, "Einen Indikator „nichts“ gibt es nicht."),
        ({"key": "leerstand", "formula": "([leerstand]"}, "Klammer"),
        ({"key": "leerstand", "quantity": "a:b:c"}, "Diese Größe wurde noch nicht geliefert."),
        ({"key": "leerstand", "breakdown": "GES=X"}, "Eine solche Aufteilung kam noch nicht vor."),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    coordinator: Client, values: dict[str, str], words: str
) -> None:
    answer = coordinator.post("/arbeit/indikatoren/neu/", SAID | values)

    assert answer.status_code == 200
    assert words in said_by(answer)
    assert not Indicator.objects.exists()


def test_another_meaning_asks_for_a_reason_and_becomes_a_version(
    coordinator: Client, indicator: Indicator
) -> None:
    changed = SAID | {
        "version": "1",
        "meaning": "Nur länger als ein Jahr",
        "department_id": indicator.department_id,
    }
    address = "/indikatoren/leerstand/bearbeiten/"

    assert "Bitte sagen Sie, warum." in said_by(coordinator.post(address, changed))
    coordinator.post(address, changed | {"change_reason": "Zensus 2022", "is_broken": "on"})

    (version,) = indicator.versions.all()
    assert (version.reason, version.is_comparable) == ("Zensus 2022", False)
    assert indicator.breaks.get().on == timezone.localdate()
    said = said_by(coordinator.get("/indikatoren/leerstand/"))
    assert "Zensus 2022" in said


def test_who_saves_second_sees_both_sides(coordinator: Client, indicator: Indicator) -> None:
    Indicator.objects.update(version=5, licence="CC BY 4.0")

    answer = coordinator.post(
        "/indikatoren/leerstand/bearbeiten/", SAID | {"version": "1", "licence": "meine"}
    )

    assert "Inzwischen hat jemand anders gespeichert" in said_by(answer)
    assert Indicator.objects.get().licence == "CC BY 4.0"


def test_publishing_needs_an_office_and_can_be_taken_back(coordinator: Client, indicator: Indicator) -> None:
    Indicator.objects.update(department=None)
    answer = coordinator.post("/indikatoren/leerstand/veroeffentlichen/", follow=True)
    assert "wenn ein Amt für ihn steht" in said_by(answer)

    Indicator.objects.update(department=department())
    answer = coordinator.post("/indikatoren/leerstand/veroeffentlichen/", follow=True)

    assert Indicator.objects.get().visibility == Visibility.PUBLIC
    assert "/indikatoren/leerstand/zurueckziehen/" in said_by(answer)
    coordinator.post("/indikatoren/leerstand/zurueckziehen/")
    assert Indicator.objects.get().visibility == Visibility.INTERNAL


def test_an_indicator_is_retired_with_a_reason_and_taken_up_again(
    coordinator: Client, indicator: Indicator
) -> None:
    address = "/indikatoren/leerstand/stilllegen/"
    assert coordinator.post(address, {"on": TODAY, "reason": ""}).status_code == 200
    assert Indicator.objects.get().retired_on is None

    answer = coordinator.post(address, {"on": TODAY, "reason": "Quelle eingestellt"}, follow=True)

    assert "Quelle eingestellt" in said_by(answer)
    coordinator.post("/indikatoren/leerstand/fortfuehren/")
    assert Indicator.objects.get().retired_on is None


def test_a_target_is_set_changed_and_removed_with_a_way_back(
    coordinator: Client, indicator: Indicator
) -> None:
    said = {
        "is_baseline": "0",
        "comparison": "at_most",
        "value": "5,5",
        "on": "2030-12-31",
        "decision": "B-1",
    }
    coordinator.post("/indikatoren/leerstand/zielwerte/", said)
    target = Target.objects.get()
    assert (target.value, target.is_baseline) == (Decimal("5.5"), False)

    coordinator.post(f"/indikatoren/leerstand/zielwerte/{target.pk}/", said | {"value": "5", "version": "1"})
    assert Target.objects.get().value == 5

    answer = coordinator.post(f"/indikatoren/leerstand/zielwerte/{target.pk}/entfernen/", follow=True)
    assert not Target.objects.exists()
    assert 'value="2030-12-31"' in said_by(answer)
    assert 'value="B-1"' in said_by(answer)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"comparison": "between"}, "„Zwischen“ braucht zwei Werte."),
        ({"comparison": "between", "upper": "3"}, "liegt unter dem unteren"),
        ({"value": "fünf"}, "Zahl"),
        ({"on": "31.02.2030"}, "Datum"),
    ],
)
def test_a_target_that_contradicts_itself_is_refused_beside_its_field(
    coordinator: Client, indicator: Indicator, values: dict[str, str], words: str
) -> None:
    said = {"is_baseline": "0", "comparison": "at_most", "value": "5,5", "on": "2030-12-31"} | values

    answer = coordinator.post("/indikatoren/leerstand/zielwerte/", said)

    assert words in said_by(answer)
    assert not Target.objects.exists()


def test_a_break_is_marked_and_removed_with_a_way_back(coordinator: Client, indicator: Indicator) -> None:
    coordinator.post(
        "/indikatoren/leerstand/brueche/",
        {"on": "2022-05-15", "kind": "method", "reason": "Zensus 2022"},
    )
    found = Break.objects.get()
    assert (found.kind, found.reason) == (BreakKind.METHOD, "Zensus 2022")

    answer = coordinator.post(f"/indikatoren/leerstand/brueche/{found.pk}/entfernen/", follow=True)

    assert not Break.objects.exists()
    assert "Zensus 2022" in said_by(answer)


def test_goals_and_tasks_are_linked_and_unlinked(coordinator: Client, indicator: Indicator) -> None:
    goal, task = goals.goal(number="5.2"), goals.task()
    coordinator.post(
        "/indikatoren/leerstand/bezuege/ziele/", {"goal_id": goal.pk, "is_main": "on", "reason": "Misst es"}
    )
    coordinator.post("/indikatoren/leerstand/bezuege/aufgaben/", {"task_id": task.pk})
    assert indicator.goal_links.get().is_main
    assert indicator.task_links.exists()

    answer = coordinator.post(f"/indikatoren/leerstand/bezuege/ziele/{goal.pk}/loesen/", follow=True)
    coordinator.post(f"/indikatoren/leerstand/bezuege/aufgaben/{task.pk}/loesen/")

    assert not indicator.goal_links.exists()
    assert not indicator.task_links.exists()
    assert "Misst es" in said_by(answer)


def test_the_effect_of_a_measure_is_named_changed_and_removed(
    coordinator: Client, indicator: Indicator
) -> None:
    measures.measure("V-1", title="Umbau am Ring")
    said = {
        "number": "V-1",
        "sign": "supports",
        "weight": "2",
        "expected_value": "-1,5",
        "expected_year": "2030",
    }
    address = "/indikatoren/leerstand/wirkungen/neu/"

    assert "worauf sie sich gründet" in said_by(coordinator.post(address, said))
    assert "gibt es nicht" in said_by(
        coordinator.post(address, said | {"number": "X", "expected_basis": "E"})
    )
    coordinator.post(address, said | {"expected_basis": "Erfahrung"})
    link = MeasureIndicator.objects.get()
    assert (link.expected_value, link.weight) == (Decimal("-1.5"), 2)

    seen = {
        "observed_value": "-0,5",
        "observed_on": "2026-05-01",
        "observed_basis": "Zählung",
        "version": "1",
    }
    coordinator.post(
        f"/indikatoren/leerstand/wirkungen/{link.pk}/", said | seen | {"expected_basis": "Erfahrung"}
    )
    assert MeasureIndicator.objects.get().observed_value == Decimal("-0.5")

    answer = coordinator.post(f"/indikatoren/leerstand/wirkungen/{link.pk}/entfernen/", follow=True)
    assert not MeasureIndicator.objects.exists()
    assert 'value="V-1"' in said_by(answer)


def test_proposals_are_ticked_and_taken_over(coordinator: Client) -> None:
    page = said_by(coordinator.get("/arbeit/indikatoren/startsatz/"))
    assert page.count('name="key"') >= 40

    answer = coordinator.post(
        "/arbeit/indikatoren/startsatz/", {"key": ["einwohner", "nicht-im-startsatz"]}, follow=True
    )

    assert list(Indicator.objects.values_list("key", flat=True)) == ["einwohner"]
    assert "1 Indikator übernommen" in said_by(answer)
    assert "schon da" in said_by(coordinator.get("/arbeit/indikatoren/startsatz/"))


def test_the_set_says_which_goals_have_none_or_too_many(coordinator: Client) -> None:
    bare, crowded = goals.goal(number="1.1", title="Leer"), goals.goal(number="1.2", title="Voll")
    for _number in range(3):
        IndicatorGoal.objects.create(indicator=make.indicator(), goal=crowded)
    assert "1 Ziel hat keinen." in said_by(coordinator.get("/arbeit/indikatoren/"))
    assert "mehr als" not in said_by(coordinator.get("/arbeit/indikatoren/"))

    coordinator.post("/arbeit/indikatoren/regeln/", {"version": "0", "most_per_goal": "2", "cities": ""})

    page = said_by(coordinator.get("/arbeit/indikatoren/"))
    assert "1 Ziel hat mehr als 2." in page
    assert bare.title in page
    assert crowded.title in page


def test_the_rules_name_cities_by_their_keys(coordinator: Client) -> None:
    make.region(key="14511000", name="Chemnitz")
    said = {"version": "0", "most_per_goal": "5", "cities": "14511000\n"}

    assert "liegen keine Werte vor" in said_by(
        coordinator.post("/arbeit/indikatoren/regeln/", said | {"cities": "99999999"})
    )
    assert "Höchstens sechs" in said_by(
        coordinator.post("/arbeit/indikatoren/regeln/", said | {"cities": "\n".join("1234567")})
    )
    coordinator.post("/arbeit/indikatoren/regeln/", said)

    assert ComparedCity.objects.get().region.name == "Chemnitz"
    assert SetSettings.objects.get().most_per_goal == 5


def test_the_empty_set_leads_to_the_proposals(coordinator: Client) -> None:
    page = said_by(coordinator.get("/arbeit/indikatoren/"))

    assert "Noch gibt es keinen Indikator." in page
    assert "/arbeit/indikatoren/startsatz/" in page


@pytest.mark.parametrize("name", ["festlegungen", "zielwerte", "bezuege", "wirkungen"])
def test_the_lists_of_the_set_can_be_taken_away(coordinator: Client, indicator: Indicator, name: str) -> None:
    answer = coordinator.get(f"/arbeit/indikatoren/{name}.csv")

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv")
    assert coordinator.get(f"/arbeit/indikatoren/{name}.xlsx").content[:2] == b"PK"
    assert coordinator.get(f"/arbeit/indikatoren/{name}.json").status_code == 404
    assert coordinator.get("/arbeit/indikatoren/anderes.csv").status_code == 404


INSIDE = [
    "/arbeit/indikatoren/",
    "/arbeit/indikatoren/neu/",
    "/arbeit/indikatoren/startsatz/",
    "/arbeit/indikatoren/regeln/",
    "/arbeit/indikatoren/festlegungen.csv",
    "/indikatoren/leerstand/bearbeiten/",
    "/indikatoren/leerstand/zielwerte/",
    "/indikatoren/leerstand/bezuege/",
    "/indikatoren/leerstand/wirkungen/neu/",
    "/indikatoren/leerstand/stilllegen/",
]


@pytest.mark.parametrize("path", INSIDE)
def test_nobody_outside_keeps_the_set(client: Client, indicator: Indicator, path: str) -> None:
    Indicator.objects.update(visibility=Visibility.PUBLIC)

    assert client.get(path).status_code in (302, 403)
    client.force_login(account(Role.COUNCIL_MEMBER))
    assert client.get(path).status_code == 403


def test_an_office_changes_only_what_is_its_own(client: Client, indicator: Indicator) -> None:
    client.force_login(account(Role.DEPARTMENT_EDITOR, where=department()))

    assert client.get("/indikatoren/leerstand/").status_code == 200
    assert client.get("/indikatoren/leerstand/bearbeiten/").status_code == 403
    assert client.post("/indikatoren/leerstand/veroeffentlichen/").status_code == 403
    assert client.get("/arbeit/indikatoren/regeln/").status_code == 403


def test_what_is_not_there_is_not_found(coordinator: Client, indicator: Indicator) -> None:
    for path in (
        "/indikatoren/nichts/bearbeiten/",
        "/indikatoren/nichts/bezuege/",
        "/indikatoren/leerstand/zielwerte/0/",
        "/indikatoren/leerstand/wirkungen/0/",
    ):
        assert coordinator.get(path).status_code == 404
    for path in (
        "zielwerte/0/entfernen/",
        "brueche/0/entfernen/",
        "bezuege/ziele/0/loesen/",
        "wirkungen/0/entfernen/",
    ):
        assert coordinator.post(f"/indikatoren/leerstand/{path}").status_code == 404
