"""Small counts of one quantity that several indicators show: who brings them through another one learns none."""

import pytest

from dreiklang.core.models import Problem, RowResult
from dreiklang.monitoring.models import HeldValue, Indicator, Observation
from dreiklang.monitoring.queries.deliveries import may_release, state_of, waiting
from dreiklang.monitoring.rules.deliveries import DeliveryState
from dreiklang.monitoring.services.value_lists import Done
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import NOW, delivered, districts
from dreiklang.people.rules import Role, Viewer
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator() -> Indicator:
    """Without a threshold of its own, beside one of the same counts that hides below 5."""
    districts(("01", "Altstadt"), ("02", "Neustadt"))
    counts = make.quantity(unit_words="Anzahl")
    make.indicator(unit="personen", quantity=counts, suppress_below=5)
    return make.indicator(unit="personen", quantity=counts, department=people.department())


def editor(indicator: Indicator) -> Viewer:
    return people.viewer(Role.DEPARTMENT_EDITOR, where=indicator.department)


def brought(indicator: Indicator, **said: bool) -> Done:
    text = "Stadtteil;2023\nAltstadt;3\nNeustadt;12\n"
    return delivered(
        text, by=editor(indicator), use=indicator.key, areas="stadtteil", has_looked=True, **said
    )


def test_they_wait_for_the_statistics_office(indicator: Indicator) -> None:
    done = brought(indicator)

    assert done.delivery
    assert state_of(done.delivery) is DeliveryState.WAITING
    assert not Observation.objects.exists()


def test_a_dry_run_names_none_of_them(indicator: Indicator) -> None:
    done = brought(indicator, is_dry_run=True)

    rows = RowResult.objects.filter(run=done.run)
    assert [one["after"] for row in rows for one in row.differences] == ["nicht gezeigt", "nicht gezeigt"]


@pytest.mark.parametrize("is_series", [False, True])
def test_only_who_sees_small_counts_releases_them(is_series: bool) -> None:
    shown = make.indicator(suppress_below=5, quantity=make.quantity(), department=people.department())
    delivery = make.delivery(released_at=None)
    before = make.delivery(released_at=NOW)
    seen = make.observation(quantity=shown.quantity, delivery=before)
    more = make.observation(quantity=make.quantity(), delivery=before) if is_series else None
    for one in filter(None, (seen, more)):
        HeldValue.objects.create(
            delivery=delivery,
            quantity=one.quantity,
            region=one.region,
            breakdown=one.breakdown,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            value=3,
        )

    for who in (editor(shown), people.viewer(Role.COORDINATOR)):
        assert not may_release(who, delivery)
        assert waiting(who) == []
    statistics = people.viewer(Role.STATISTICS)
    assert may_release(statistics, delivery)
    assert [one.pk for one in waiting(statistics)] == [delivery.pk]


def test_doubts_name_no_number_of_a_guarded_quantity(indicator: Indicator) -> None:
    text = "Stadtteil;2019;2020;2021;2022;2023\nAltstadt;1200;1210;1220;1230;1240000\n"

    done = delivered(text, by=editor(indicator), use=indicator.key, areas="stadtteil")

    assert done.delivery
    assert {(one["value"], one["beside"]) for one in done.delivery.doubts} == {("", "")}
    assert {one.value for one in Problem.objects.filter(run=done.run)} == {"nicht gezeigt"}
