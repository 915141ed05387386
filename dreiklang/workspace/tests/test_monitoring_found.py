"""Indicators in the search over everything and in the history of records."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.history import acting
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import Criterion, IndicatorGoal, MeasureIndicator
from dreiklang.monitoring.queries.kept import kept_criterion, kept_indicator
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.rules import PUBLIC, SYSTEM, Role
from dreiklang.workspace.queries.history import history_of
from dreiklang.workspace.queries.history_names import NAMES
from dreiklang.workspace.queries.search import search

pytestmark = pytest.mark.django_db


def test_the_search_finds_indicators_by_parts_of_words_and_by_what_they_say() -> None:
    make.indicator(key="rad", name="Anteil des Radverkehrs", meaning="Wege mit dem Fahrrad.")

    for text in ("verkehr", "Fahrräder"):
        (hit,) = search(SYSTEM, text=text).hits
        assert (hit.kind, hit.key, hit.title, hit.url) == (
            "indicator",
            "",
            "Anteil des Radverkehrs",
            "/indikatoren/rad/",
        )


def test_outsiders_find_public_indicators_only(client: Client) -> None:
    make.indicator(name="Radverkehr intern")
    make.indicator(
        name="Radverkehr offen", visibility=Visibility.PUBLIC, department=measures.department("12")
    )

    page = client.get(reverse("workspace:search") + "?q=Radverkehr").content.decode()

    assert [hit.title for hit in search(PUBLIC, text="Radverkehr").hits] == ["Radverkehr offen"]
    assert "Radverkehr offen" in page
    assert "Radverkehr intern" not in page
    assert '<p class="u-kicker">Indikator' in page


def test_a_link_to_an_indicator_stands_in_the_history_of_both() -> None:
    of, seen, to = measures.measure("V-1"), make.indicator(name="Radverkehr"), goals.goal(number="2.1")
    with acting(by_id=7, by_name="Lena Kirsch", reason="Wirkung benannt"):
        MeasureIndicator.objects.create(measure=of, indicator=seen)
        IndicatorGoal.objects.create(indicator=seen, goal=to)

    assert ("Wirkung auf einen Indikator", "Indikator", "Radverkehr") in told(of)
    assert told(to) == {("Indikator eines Ziels", "Indikator", "Radverkehr")}
    assert {what for what, _field, _after in told(seen)} == {
        "Wirkung auf einen Indikator",
        "Indikator eines Ziels",
    }


def told(record: Any) -> set[tuple[str, str, str]]:
    """What the act of that day did, as the history of the record tells it."""
    acts = [one for one in history_of(record) if one.reason == "Wirkung benannt"]
    return {
        (row.what, field.field, field.after) for act in acts for row in act.changes for field in row.fields
    }


def test_every_table_of_monitoring_has_a_german_name_in_a_history() -> None:
    tables = {
        one._meta.model_name
        for one in apps.get_app_config("monitoring").get_models()
        if not (one._meta.model_name or "").endswith("event")
    }

    assert tables - NAMES.keys() == set()


def test_the_history_page_of_an_indicator_is_for_the_administration(client: Client) -> None:
    seen = make.indicator(key="rad", name="Radverkehr")
    address = reverse("workspace:history", args=["indikator", seen.key])

    assert client.get(address).status_code in (302, 403)
    client.force_login(measures.account("Kora", role=Role.COORDINATOR))
    assert "Radverkehr" in client.get(address).content.decode()
    assert client.get(reverse("workspace:history", args=["indikator", "fehlt"])).status_code == 404


def test_records_of_histories_lead_to_their_pages() -> None:
    to = goals.goal(number="2.1")
    criterion = Criterion.objects.create(goal=to, number="K1", text="Mehr davon")

    assert kept_criterion(SYSTEM, str(criterion.pk))[1].endswith(f"/kriterien/#kriterium-{criterion.pk}")
    for key in ("9999", "²", "x", "9" * 30):
        with pytest.raises(NotFound):
            kept_criterion(SYSTEM, key)
    with pytest.raises(NotFound):
        kept_indicator(PUBLIC, "rad")
