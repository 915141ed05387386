"""Values that are due and effects nobody looked at, for the people who answer for them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.measures.rules import Phase
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import Indicator, MeasureIndicator
from dreiklang.monitoring.queries.due import IndicatorDue, effects_due_for, values_due_for
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.models import Account, Department
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import PUBLIC, Role, Viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def office() -> Department:
    return measures.department("12", name="Statistikamt")


@pytest.fixture
def keeper(office: Department) -> Account:
    return measures.account("Nora Zahl", role=Role.LEAD, in_department=office)


def kept(by: Account | None, **facts: Any) -> Indicator:
    return make.indicator(responsible=by, **facts)


def all_due(who: Viewer) -> list[IndicatorDue]:
    return [*values_due_for(who, today=TODAY), *effects_due_for(who, today=TODAY)]


def due(who: Account) -> list[tuple[str, str, date]]:
    found = all_due(viewer_of(account=who))
    return [(one.reason, one.title, one.on) for one in found]


def test_values_are_asked_of_the_one_responsible_from_two_weeks_before(keeper: Account) -> None:
    soon = kept(keeper, name="A", next_due_on=date(2026, 12, 7))
    late = kept(keeper, name="B", next_due_on=date(2026, 3, 31))
    kept(keeper, name="C", next_due_on=date(2026, 12, 8))
    kept(None, name="D", next_due_on=date(2026, 3, 31))

    assert due(keeper) == [
        ("values_due", late.name, date(2026, 3, 31)),
        ("values_due", soon.name, date(2026, 12, 7)),
    ]


def test_without_a_person_the_editors_of_the_department_are_asked(office: Department) -> None:
    editor = measures.account("Eda", role=Role.DEPARTMENT_EDITOR, in_department=office)
    kept(None, name="A", department=office, next_due_on=TODAY)
    kept(None, name="B", department=measures.department("61"), next_due_on=TODAY)
    kept(measures.account("Andere"), name="C", department=office, next_due_on=TODAY)

    assert [title for _reason, title, _on in due(editor)] == ["A"]


def test_a_value_that_came_settles_its_day_and_the_rhythm_tells_the_next(keeper: Account) -> None:
    quantity = make.quantity()
    kept(keeper, quantity=quantity, rhythm="ANNUAL", lag_days=90, next_due_on=date(2026, 3, 31))
    make.observation(
        quantity=quantity, starts_on=date(2024, 12, 31), ends_on=date(2024, 12, 31), value=Decimal(1)
    )
    assert [on for _reason, _title, on in due(keeper)] == [date(2026, 3, 31)]

    make.observation(
        quantity=quantity, starts_on=date(2025, 12, 31), ends_on=date(2025, 12, 31), value=Decimal(1)
    )
    assert due(keeper) == []


def test_without_a_rhythm_a_day_is_settled_by_a_delivery_on_or_after_it(keeper: Account) -> None:
    quantity = make.quantity()
    kept(keeper, quantity=quantity, next_due_on=date(2026, 3, 31))
    make.delivery(dataset=quantity.dataset, made_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert len(due(keeper)) == 1

    make.delivery(dataset=quantity.dataset, made_at=datetime(2026, 4, 2, tzinfo=UTC))
    assert due(keeper) == []


def test_derived_and_retired_indicators_wait_for_nobody(keeper: Account) -> None:
    kept(keeper, formula="[a] + [b]", next_due_on=TODAY)
    kept(keeper, next_due_on=TODAY, retired_on=TODAY, retired_reason="Die Quelle endet.")

    assert due(keeper) == []


def test_an_effect_nobody_observed_is_told_once_for_each_measure(keeper: Account) -> None:
    of = measures.measure("V-1", title="Radweg", lead=keeper)
    for year in (2024, 2025, 2026):
        MeasureIndicator.objects.create(measure=of, indicator=make.indicator(), expected_year=year)

    (item,) = all_due(viewer_of(account=keeper))

    assert (item.reason, item.title, item.on) == ("effect_unobserved", "Radweg", date(2024, 12, 31))
    assert len(item.about) == 2
    assert item.url.endswith("/massnahmen/V-1/#indikatoren")


def test_an_observed_effect_and_a_measure_that_was_given_up_owe_nothing(keeper: Account) -> None:
    seen, dropped = measures.measure("V-1", lead=keeper), measures.measure("V-2", lead=keeper)
    merged = measures.measure("V-3", lead=keeper, merged_into=seen)
    measures.report(dropped, phase=Phase.DROPPED)
    MeasureIndicator.objects.create(
        measure=seen,
        indicator=make.indicator(),
        expected_year=2024,
        observed_value=Decimal(3),
        observed_on=TODAY,
        observed_basis="Zählung",
    )
    for one in (dropped, merged):
        MeasureIndicator.objects.create(measure=one, indicator=make.indicator(), expected_year=2024)

    assert due(keeper) == []


def test_outsiders_are_asked_for_nothing() -> None:
    assert all_due(PUBLIC) == []


def test_more_indicators_take_no_more_statements(keeper: Account, django_assert_num_queries: Any) -> None:
    who = viewer_of(account=keeper)
    for _number in range(5):
        kept(keeper, quantity=make.quantity(), next_due_on=TODAY)

    with django_assert_num_queries(2):
        assert len(all_due(who)) == 5


def test_the_focus_page_says_why_in_words(client: Client, keeper: Account) -> None:
    kept(keeper, name="Neue Wohnungen", next_due_on=date(2026, 3, 31))
    of = measures.measure("V-1", title="Radweg", lead=keeper)
    MeasureIndicator.objects.create(
        measure=of, indicator=make.indicator(name="Radanteil"), expected_year=2020
    )
    client.force_login(keeper)

    page = client.get(reverse("workspace:focus") + "?alles=1").content.decode()

    assert "Die nächsten Werte dieses Indikators werden gebraucht." in page
    assert "Erwartet war eine Wirkung auf Radanteil. Was hat sich gezeigt?" in page
    assert "Werte" in page
