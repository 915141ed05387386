"""What values were before: for the administration, and never a count that is hidden now."""

from decimal import Decimal

import pytest
from django.test import Client

from dreiklang.core.history import acting
from dreiklang.monitoring.models import Indicator, Observation
from dreiklang.monitoring.queries.value_history import former_values
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer
from dreiklang.people.tests.factories import account

pytestmark = pytest.mark.django_db

LEAD = Viewer(account_id=5, held=frozenset({HeldRole(Role.LEAD, None)}))
STATISTICS = Viewer(account_id=6, held=frozenset({HeldRole(Role.STATISTICS, None)}))


def corrected(**facts: object) -> Indicator:
    quantity = make.quantity()
    found = make.observation(quantity=quantity, value=Decimal(5))
    with acting(by_id=7, by_name="Klara Korn", reason="Zahlendreher"):
        Observation.objects.filter(pk=found.pk).update(value=Decimal(50))
    return make.indicator(quantity=quantity, **facts)


def test_a_former_value_says_who_changed_it_and_why() -> None:
    (found,) = former_values(LEAD, indicator=corrected(), limit=10)

    assert (found.value, found.by_name, found.reason) == (Decimal(5), "Klara Korn", "Zahlendreher")


def test_nobody_outside_reads_what_was_before() -> None:
    assert former_values(PUBLIC, indicator=corrected(), limit=10) == ()


def test_where_small_counts_are_hidden_only_the_statistics_office_reads_on() -> None:
    indicator = corrected(suppress_below=5)

    assert former_values(LEAD, indicator=indicator, limit=10) == ()
    assert len(former_values(STATISTICS, indicator=indicator, limit=10)) == 1


def test_a_threshold_of_another_indicator_of_the_same_counts_keeps_them_back_too() -> None:
    indicator = corrected()
    make.indicator(quantity=indicator.quantity, suppress_below=5)

    assert former_values(LEAD, indicator=indicator, limit=10) == ()
    assert len(former_values(STATISTICS, indicator=indicator, limit=10)) == 1


def test_counts_that_were_hidden_once_are_kept_back_without_a_threshold_too() -> None:
    indicator = corrected()
    Observation.objects.update(value=None, mark="•", state=ReleaseState.SUPPRESSED)
    Observation.objects.update(value=Decimal(50), mark="", state=ReleaseState.RELEASED)

    assert former_values(LEAD, indicator=indicator, limit=10) == ()
    assert former_values(STATISTICS, indicator=indicator, limit=10)


def test_of_a_value_that_is_hidden_now_nothing_is_told() -> None:
    indicator = corrected()
    Observation.objects.update(value=None, mark="•", state=ReleaseState.SUPPRESSED)

    assert former_values(STATISTICS, indicator=indicator, limit=10) == ()


def test_former_values_are_taken_away_inside_only(client: Client) -> None:
    address = f"/indikatoren/{corrected().key}/frueher.csv"

    assert client.get(address).status_code in (302, 403)
    client.force_login(account(Role.LEAD))
    answer = client.get(address)

    assert "Zahlendreher" in answer.content.decode()
    assert client.get("/indikatoren/nichts/frueher.csv").status_code == 404
