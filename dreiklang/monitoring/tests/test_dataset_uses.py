"""Who uses a dataset: indicators, what is reckoned from them, and what hangs on either; for others only public ones."""

from datetime import date

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.core.records import Ref
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import Dataset, Indicator, IndicatorGoal, MeasureIndicator
from dreiklang.monitoring.queries.dataset_page import dataset_page
from dreiklang.monitoring.queries.dataset_uses import DatasetUses
from dreiklang.monitoring.rules.values import RegionLevel, ReleaseState
from dreiklang.monitoring.tests import factories
from dreiklang.monitoring.tests.rated import criterion
from dreiklang.people.rules import PUBLIC, SYSTEM, Viewer
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def table() -> Dataset:
    return factories.dataset(title="Einwohner", visibility=Visibility.PUBLIC)


def public(key: str, **facts: object) -> Indicator:
    facts = {"visibility": Visibility.PUBLIC, "department": people.department()} | facts
    return factories.indicator(key=key, name=key.title(), **facts)


def uses(viewer: Viewer, table: Dataset) -> DatasetUses:
    return dataset_page(viewer, dataset_id=table.pk, today=TODAY).uses


def keys(refs: object) -> list[str]:
    assert isinstance(refs, list)
    return [ref.key for ref in refs if isinstance(ref, Ref)]


def test_what_is_reckoned_from_its_indicators_brings_its_goals_measures_and_criteria(table: Dataset) -> None:
    people_here = public("einwohner", quantity=factories.quantity(dataset=table))
    rate = public("dichte", formula="[einwohner] / [flaeche]")
    further = public("dichte-mal-zwei", formula="[dichte] * 2")
    public("flaeche", quantity=factories.quantity())
    public("anderes", formula="[flaeche] * 2")
    goal, far = goals.goal(number="3.1"), goals.goal(number="9")
    IndicatorGoal.objects.create(indicator=further, goal=goal)
    measure = measures.measure()
    MeasureIndicator.objects.create(indicator=rate, measure=measure)
    rated = criterion(goal=far, number="K1", indicator=people_here)
    criterion(goal=far, number="K2", indicator=rate, visibility=Visibility.INTERNAL)
    criterion(goal=far, number="K3", indicator=rate, retired_on=TODAY, retired_reason="Ersetzt")

    found = uses(PUBLIC, table)

    assert [ref.key for refs in found.direct.values() for ref in refs] == ["einwohner"]
    assert keys(found.derived) == ["dichte", "dichte-mal-zwei"]
    assert keys(found.goals) == ["3.1"]
    assert keys(found.measures) == [measure.number]
    assert keys(found.criteria) == ["9 K1"]
    assert found.criteria[0].url == f"/ziele/9/kriterien/#kriterium-{rated.pk}"
    assert keys(uses(SYSTEM, table).criteria) == ["9 K1", "9 K2"]


def test_a_list_that_fills_what_another_table_began_is_used_by_the_same_indicators(table: Dataset) -> None:
    elsewhere = factories.quantity()
    public("einwohner", quantity=elsewhere)
    public("je-einwohner", formula="1 / [einwohner]")
    delivery = factories.delivery(dataset=table, released_at=factories.NOW)
    delivery.quantities.add(elsewhere)
    district = factories.region(level=RegionLevel.AREA)
    factories.observation(quantity=elsewhere, region=district, delivery=delivery)
    waiting = factories.quantity()
    public("wartet", quantity=waiting)
    factories.delivery(dataset=table).quantities.add(waiting)

    found = uses(PUBLIC, table)

    assert keys(found.delivered) == ["einwohner"]
    assert keys(found.derived) == ["je-einwohner"]
    assert keys(found.mapped) == ["einwohner", "je-einwohner"]


def test_nothing_internal_is_told_nor_what_hangs_on_it_alone(table: Dataset) -> None:
    public("einwohner", quantity=factories.quantity(dataset=table))
    factories.indicator(key="geheim", formula="[einwohner] * 2")
    by_way_of_it = public("umweg", formula="[geheim] * 2")
    goal = goals.goal(number="3.1")
    IndicatorGoal.objects.create(indicator=by_way_of_it, goal=goal)

    outside, inside = uses(PUBLIC, table), uses(SYSTEM, table)

    assert (keys(outside.derived), keys(outside.goals)) == ([], [])
    assert (sorted(keys(inside.derived)), keys(inside.goals)) == (["geheim", "umweg"], ["3.1"])


def test_values_of_districts_stand_in_profiles_and_on_maps(table: Dataset) -> None:
    of_districts, of_the_city, waiting = (factories.quantity(dataset=table) for _ in range(3))
    district, city = factories.region(level=RegionLevel.AREA), factories.region()
    public("je-stadtteil", quantity=of_districts)
    public("daraus", formula="[je-stadtteil] * 2")
    public("stadt", quantity=of_the_city)
    public("wartet", quantity=waiting)
    factories.observation(quantity=of_districts, region=district)
    factories.observation(quantity=of_the_city, region=city)
    factories.observation(quantity=waiting, region=district, state=ReleaseState.WAITING)

    assert keys(uses(PUBLIC, table).mapped) == ["daraus", "je-stadtteil"]
    assert keys(uses(SYSTEM, table).mapped) == ["daraus", "je-stadtteil"]


def test_the_page_asks_ten_times_however_much_hangs_on_it(
    table: Dataset, django_assert_max_num_queries: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dreiklang.monitoring.queries.dataset_page.MOST_QUANTITIES", 5)
    for number in range(6):
        one = public(f"wert-{number}", quantity=factories.quantity(dataset=table))
        derived = public(f"daraus-{number}", formula=f"[wert-{number}] * 2")
        goal = goals.goal()
        IndicatorGoal.objects.create(indicator=derived, goal=goal)
        MeasureIndicator.objects.create(indicator=one, measure=measures.measure())
        criterion(goal=goal, indicator=derived)

    for viewer in (PUBLIC, SYSTEM):
        with django_assert_max_num_queries(10):  # type: ignore[operator]
            found = dataset_page(viewer, dataset_id=table.pk, today=TODAY).uses
        assert len(found.derived) == len(found.goals) == len(found.measures) == len(found.criteria) == 6


def test_the_page_shows_all_of_it(client: object, table: Dataset) -> None:
    quantity = factories.quantity(dataset=table)
    public("einwohner", quantity=quantity)
    derived = public("dichte", formula="[einwohner] / 2")
    criterion(goal=goals.goal(number="9"), number="K1", indicator=derived, text="Es bleibt dicht")
    factories.observation(quantity=quantity, region=factories.region(level=RegionLevel.AREA))

    page = client.get(f"/datenkatalog/{table.pk}/").content.decode()  # type: ignore[attr-defined]

    for words in (
        "Indikatoren, die aus ihnen gerechnet werden",
        '<a href="/indikatoren/dichte/">Dichte</a>',
        "9 K1 Es bleibt dicht",
        '<a href="/karte/indikator/dichte/">Dichte</a>',
        '<a href="/profil/">Stadtteilprofilen</a>',
    ):
        assert words in page, words
