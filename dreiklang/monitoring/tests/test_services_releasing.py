"""Deliveries wait, are released, sent back, withdrawn and brought back; what is in force stays until then."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dreiklang.monitoring.models import ConfidentialValue, HeldValue, Indicator, Observation
from dreiklang.monitoring.queries.deliveries import state_of, values_of, waiting
from dreiklang.monitoring.queries.visibility import visible_observations
from dreiklang.monitoring.rules.deliveries import DeliveryState
from dreiklang.monitoring.services.releasing import CannotDecide, bring_back, release, send_back, withdraw
from dreiklang.monitoring.services.value_lists import Done
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import NOW, delivered, districts
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import PUBLIC, Role, Viewer
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)
STEADY = "Stadtteil;2019;2020;2021;2022;2023\nAltstadt;1200;1210;1220;1230;{last}\n"


@pytest.fixture
def indicator() -> Indicator:
    districts(("01", "Altstadt"), ("02", "Neustadt"))
    return make.indicator(department=people.department(), unit="count", visibility="public")


def editor(indicator: Indicator) -> Viewer:
    return people.viewer(Role.DEPARTMENT_EDITOR, where=indicator.department)


def bring(indicator: Indicator, text: str, **said: Any) -> Done:
    said.setdefault("by", editor(indicator))
    return delivered(text, use=indicator.key, areas="stadtteil", **said)


def public_values() -> list[Decimal | None]:
    return list(visible_observations(PUBLIC).order_by("ends_on", "pk").values_list("value", flat=True))


def test_a_steady_series_is_in_force_at_once(indicator: Indicator) -> None:
    done = bring(indicator, STEADY.format(last=1240))

    assert done.delivery
    assert state_of(done.delivery) is DeliveryState.RELEASED
    assert len(public_values()) == 5


def test_a_value_a_thousand_times_off_waits_with_its_doubt(indicator: Indicator) -> None:
    bring(indicator, STEADY.format(last=1240))

    done = bring(indicator, "Stadtteil;2024\nAltstadt;1250000\n")

    assert done.delivery
    assert state_of(done.delivery) is DeliveryState.WAITING
    (doubt,) = done.delivery.doubts
    assert (doubt["code"], doubt["row"], doubt["where"], doubt["value"]) == (
        "perhaps_thousandfold",
        2,
        "Altstadt",
        "1250000",
    )
    (problem,) = done.run.problems.all()
    assert (problem.row, problem.field, problem.weight) == (2, "2024", "warning")
    assert Decimal(1250000) not in public_values()


def test_a_waiting_value_leaves_the_one_in_force_until_it_is_released(indicator: Indicator) -> None:
    bring(indicator, STEADY.format(last=1240))
    done = bring(indicator, STEADY.format(last=1240000))
    assert done.delivery
    assert public_values()[-1] == 1240

    release(by=people.viewer(Role.COORDINATOR), delivery_id=done.delivery.pk, now=LATER)

    assert public_values()[-1] == 1240000
    assert not HeldValue.objects.filter(delivery=done.delivery).exists()
    done.delivery.refresh_from_db()
    assert (done.delivery.released_at, done.delivery.changed_count) == (LATER, 1)


def test_whoever_may_release_and_has_looked_need_not_wait(indicator: Indicator) -> None:
    bring(indicator, STEADY.format(last=1240))

    bring(indicator, "Stadtteil;2024\nAltstadt;1250000\n", has_looked=True)

    assert public_values()[-1] == 1250000


def test_who_may_not_release_brings_values_that_wait(indicator: Indicator) -> None:
    person = people.account(Role.LEAD)
    indicator.responsible = person
    indicator.save()
    done = bring(indicator, STEADY.format(last=1240), by=viewer_of(account=person), has_looked=True)

    assert done.delivery
    assert state_of(done.delivery) is DeliveryState.WAITING
    assert not Observation.objects.exists()
    with pytest.raises(NotAllowed):
        release(by=viewer_of(account=person), delivery_id=done.delivery.pk, now=LATER)
    assert [one.pk for one in waiting(editor(indicator))] == [done.delivery.pk]
    assert waiting(people.viewer(Role.DEPARTMENT_EDITOR, where=people.department())) == []


def test_a_delivery_sent_back_says_why_and_stays_out_of_force(indicator: Indicator) -> None:
    bring(indicator, STEADY.format(last=1240))
    done = bring(indicator, "Stadtteil;2024\nAltstadt;1250000\n")
    assert done.delivery
    coordinator = people.viewer(Role.COORDINATOR)
    with pytest.raises(CannotDecide, match="needs_answer"):
        send_back(by=coordinator, delivery_id=done.delivery.pk, answer=" ", now=LATER)

    sent = send_back(by=coordinator, delivery_id=done.delivery.pk, answer="Bitte in Personen.", now=LATER)

    assert (state_of(sent), sent.answer) == (DeliveryState.SENT_BACK, "Bitte in Personen.")
    with pytest.raises(CannotDecide, match="not_waiting"):
        release(by=coordinator, delivery_id=sent.pk, now=LATER)
    assert 1250000 not in public_values()


def test_a_withdrawn_delivery_gives_back_what_it_replaced(indicator: Indicator) -> None:
    by = editor(indicator)
    first = bring(indicator, STEADY.format(last=1240), by=by)
    second = bring(indicator, "Stadtteil;2023;2024\nAltstadt;1241;1250\n", by=by)
    assert second.delivery
    assert public_values()[-2:] == [1241, 1250]

    gone = withdraw(by=by, delivery_id=second.delivery.pk, answer="falsche Datei", now=LATER)

    assert state_of(gone) is DeliveryState.WITHDRAWN
    assert public_values() == [1200, 1210, 1220, 1230, 1240]
    assert Observation.objects.get(ends_on__year=2023).delivery == first.delivery
    assert Observation.objects.get(ends_on__year=2024).state == "withdrawn"


def test_a_withdrawal_is_undone(indicator: Indicator) -> None:
    by = editor(indicator)
    bring(indicator, STEADY.format(last=1240), by=by)
    second = bring(indicator, "Stadtteil;2023;2024\nAltstadt;1241;1250\n", by=by)
    assert second.delivery
    withdraw(by=by, delivery_id=second.delivery.pk, answer="falsche Datei", now=LATER)

    bring_back(by=by, delivery_id=second.delivery.pk)

    assert public_values()[-2:] == [1241, 1250]
    assert not HeldValue.objects.filter(delivery=second.delivery).exists()


def test_a_delivery_between_is_not_brought_back_by_withdrawing_the_last(indicator: Indicator) -> None:
    by = editor(indicator)
    ids = []
    for value in (10, 20, 30):
        done = bring(indicator, f"Stadtteil;2023\nAltstadt;{value}\n", by=by)
        assert done.delivery
        ids.append(done.delivery.pk)
    withdraw(by=by, delivery_id=ids[1], answer="falsch", now=LATER)
    assert public_values() == [30]

    withdraw(by=by, delivery_id=ids[2], answer="auch falsch", now=LATER)

    assert public_values() == [10]


def test_small_counts_wait_for_the_statistics_office_and_are_named_to_nobody_else(
    indicator: Indicator,
) -> None:
    indicator.suppress_below = 5
    indicator.save()
    done = bring(indicator, "Stadtteil;2023\nAltstadt;3\nNeustadt;700\n", has_looked=True)
    assert done.delivery
    assert state_of(done.delivery) is DeliveryState.WAITING

    shown, count = values_of(people.viewer(Role.COORDINATOR), done.delivery)
    assert (count, [one.value for one in shown]) == (2, [None, None])
    seen, _count = values_of(people.viewer(Role.STATISTICS), done.delivery)
    assert {one.value for one in seen} == {3, 700}

    release(by=people.viewer(Role.STATISTICS), delivery_id=done.delivery.pk, now=LATER)

    assert Decimal(3) not in public_values()
    assert ConfidentialValue.objects.filter(value=3).exists()
    withdraw(by=people.viewer(Role.STATISTICS), delivery_id=done.delivery.pk, answer="falsch", now=LATER)
    assert not ConfidentialValue.objects.exists()
    assert HeldValue.objects.filter(value=3).exists()
    bring_back(by=people.viewer(Role.STATISTICS), delivery_id=done.delivery.pk)
    assert Decimal(3) not in public_values()


def test_deliveries_that_wait_are_found_in_a_fixed_number_of_statements(
    indicator: Indicator, django_assert_num_queries: Any
) -> None:
    person = people.account(Role.LEAD)
    indicator.responsible = person
    indicator.save()
    for year in (2020, 2021, 2022):
        bring(indicator, f"Stadtteil;{year}\nAltstadt;{year}\n", by=viewer_of(account=person))
    coordinator = people.viewer(Role.COORDINATOR)

    with django_assert_num_queries(5):
        assert len(waiting(coordinator)) == 3


def test_nobody_else_names_values_that_are_not_in_force() -> None:
    root = Path(__file__).resolve().parents[3]
    allowed = {
        "models/held.py",
        "models/__init__.py",
        "queries/deliveries.py",
        "queries/overtaken.py",
        "services/in_force.py",
        "services/suppression/statements.py",
    }
    naming = {
        str(file.relative_to(root / "dreiklang" / "monitoring"))
        for file in (root / "dreiklang").rglob("*.py")
        if "HeldValue" in file.read_text(encoding="utf-8")
        and not {"tests", "migrations"} & set(file.relative_to(root).parts)
    }

    assert naming == allowed
