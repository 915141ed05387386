"""Lines of indicators out of the database: totals, units, hidden values, the city's two keys, formulas."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Breakdown, Indicator
from dreiklang.monitoring.queries.regions import city_region, regions_of_areas
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.rules.values import MarkMeaning, RegionLevel, ReleaseState, ValueKind
from dreiklang.monitoring.services.regions import region_for_area, region_for_city
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer
from dreiklang.places.models import Municipality
from dreiklang.places.tests.factories import area, municipality

pytestmark = pytest.mark.django_db

INSIDE = Viewer(account_id=1, name="Ida", held=frozenset({HeldRole(Role.COORDINATOR)}))


def _value(indicator: Indicator, region: Any, year: int, value: str | None, **facts: Any) -> None:
    day = date(year, 12, 31)
    make.observation(
        quantity=indicator.quantity,
        region=region,
        starts_on=day,
        ends_on=day,
        value=None if value is None else Decimal(value),
        **facts,
    )


def _of(indicator: Indicator, region: Any) -> list[tuple[int, Decimal | str]]:
    found = lines(INSIDE, indicators=[indicator], region_ids=[region.pk])
    return [
        (point.ends_on.year, point.value.reason if isinstance(point.value, Unknown) else point.value)
        for point in found.get((indicator.pk, region.pk), ())
    ]


def test_a_line_is_in_the_unit_of_its_indicator_and_oldest_first() -> None:
    region = make.region()
    one = make.indicator(unit="tsd_personen", quantity=make.quantity(unit_words="Personen"))
    _value(one, region, 2024, "24000")
    _value(one, region, 2023, "23500")
    assert _of(one, region) == [(2023, Decimal("23.5")), (2024, Decimal(24))]


def test_anzahl_is_whatever_is_counted_one_by_one() -> None:
    region = make.region()
    one = make.indicator(unit="personen", quantity=make.quantity(unit_words="Anzahl"))
    _value(one, region, 2024, "24000")
    assert _of(one, region) == [(2024, Decimal(24000))]


def test_a_unit_that_measures_something_else_gives_no_number() -> None:
    region = make.region()
    one = make.indicator(unit="ha", quantity=make.quantity(unit_words="Personen"))
    _value(one, region, 2024, "24000")
    assert _of(one, region) == [(2024, "unit_mismatch")]


def test_a_total_with_axes_is_the_total_and_its_parts_are_not() -> None:
    region = make.region()
    one = make.indicator(quantity=make.quantity())
    total = Breakdown.objects.create(key="GES=;NAT=")
    women = Breakdown.objects.create(key="GES=GESW;NAT=")
    _value(one, region, 2024, "100", breakdown=total)
    _value(one, region, 2024, "51", breakdown=women)
    assert _of(one, region) == [(2024, Decimal(100))]
    one.breakdown = women
    assert _of(one, region) == [(2024, Decimal(51))]


@pytest.mark.parametrize("state", [ReleaseState.WAITING, ReleaseState.WITHDRAWN])
def test_what_is_not_released_is_in_no_line(state: str) -> None:
    region = make.region()
    one = make.indicator(quantity=make.quantity())
    _value(one, region, 2024, "7", state=state)
    assert _of(one, region) == []


def test_a_hidden_value_and_a_sign_are_unknown_for_their_reason() -> None:
    region = make.region()
    one = make.indicator(quantity=make.quantity())
    _value(one, region, 2022, None, state=ReleaseState.SUPPRESSED)
    _value(one, region, 2023, None, mark="-", meaning=MarkMeaning.NOTHING_THERE)
    _value(one, region, 2024, None, mark=".", meaning=MarkMeaning.UNKNOWN)
    assert _of(one, region) == [(2022, "suppressed"), (2023, "nothing_there"), (2024, "not_delivered")]


def test_the_public_reads_public_indicators_only() -> None:
    region = make.region()
    one = make.indicator(quantity=make.quantity())
    _value(one, region, 2024, "7")
    assert lines(PUBLIC, indicators=[one], region_ids=[region.pk]) == {}


@pytest.fixture
def city() -> Municipality:
    return municipality(name="Klarenbrück", ags="14999000")


def test_a_city_without_a_county_is_both_its_keys(city: Municipality) -> None:
    region = region_for_city()
    county = make.region(level=RegionLevel.COUNTY, key="14999")
    one = make.indicator(quantity=make.quantity())
    _value(one, region, 2023, "5")
    _value(one, county, 2023, "6")
    _value(one, county, 2024, "7")
    found = city_region()
    assert found is not None
    assert region is not None
    assert found.pk == region.pk
    assert _of(one, region) == [(2023, Decimal(5)), (2024, Decimal(7))]


def test_an_area_becomes_one_region_however_often_it_is_asked_for() -> None:
    district = area(name="Altstadt", key="01")
    first, again = region_for_area(district), region_for_area(district)
    assert first == again
    assert regions_of_areas() == {district.pk: first.pk}
    assert regions_of_areas([]) == {}


def _derived(formula: str, **facts: Any) -> tuple[Indicator, Indicator, Indicator, Any]:
    above = make.indicator(key="arbeitslose", unit="personen", quantity=make.quantity(unit_words="Anzahl"))
    below = make.indicator(key="einwohner", unit="personen", quantity=make.quantity(unit_words="Anzahl"))
    return make.indicator(key="quote", formula=formula, **facts), above, below, make.region()


def test_a_derived_line_is_reckoned_from_its_inputs() -> None:
    rate, above, below, region = _derived("per([arbeitslose], [einwohner], 1000)", unit="je_1000_ew")
    _value(above, region, 2024, "1234")
    _value(below, region, 2024, "24680")
    assert _of(rate, region) == [(2024, Decimal(50))]


def test_a_derived_line_says_why_it_has_no_value() -> None:
    rate, above, below, region = _derived("per([arbeitslose], [einwohner], 1000)", unit="je_1000_ew")
    for year, value in ((2021, "5"), (2022, "5"), (2023, "5")):
        _value(above, region, year, value)
    _value(above, region, 2024, None, state=ReleaseState.SUPPRESSED)
    _value(below, region, 2021, "0")
    _value(below, region, 2022, None, mark=".", meaning=MarkMeaning.UNKNOWN)
    _value(below, region, 2024, "100")
    assert _of(rate, region) == [
        (2021, "division_by_zero"),
        (2022, "input_unknown"),
        (2023, "input_unknown"),
        (2024, "suppressed"),
    ]


def test_a_change_is_reckoned_from_the_same_day_years_before() -> None:
    change, above, _below, region = _derived("change([arbeitslose], 1)", unit="personen")
    _value(above, region, 2023, "100")
    _value(above, region, 2024, "90")
    assert _of(change, region) == [(2023, "input_unknown"), (2024, Decimal(-10))]


def test_a_result_is_as_sure_as_the_least_sure_input() -> None:
    rate, above, below, region = _derived("share([arbeitslose], [einwohner])", unit="prozent")
    _value(above, region, 2024, "10")
    _value(below, region, 2024, "200", kind=ValueKind.ESTIMATE)
    found = lines(INSIDE, indicators=[rate], region_ids=[region.pk])[rate.pk, region.pk]
    assert [(point.value, point.kind) for point in found] == [(Decimal(5), ValueKind.ESTIMATE)]


def test_a_forecast_takes_the_same_scenario_of_the_other_input() -> None:
    rate, above, below, region = _derived("share([arbeitslose], [einwohner])", unit="prozent")
    forecast = {"kind": ValueKind.FORECAST, "made_on": date(2024, 1, 1)}
    _value(above, region, 2030, "10", scenario="hoch", **forecast)
    _value(below, region, 2030, "100", scenario="niedrig", **forecast)
    _value(below, region, 2030, "200", scenario="hoch", **forecast)
    found = lines(INSIDE, indicators=[rate], region_ids=[region.pk])[rate.pk, region.pk]
    assert [(point.value, point.scenario, point.made_on) for point in found] == [
        (Decimal(5), "hoch", date(2024, 1, 1))
    ]


def test_a_formula_of_a_formula_is_reckoned_too() -> None:
    rate, above, below, region = _derived("share([arbeitslose], [einwohner])", unit="prozent")
    twice = make.indicator(key="doppelt", formula="[quote] * 2", unit="prozent")
    _value(above, region, 2024, "10")
    _value(below, region, 2024, "200")
    assert _of(rate, region) == [(2024, Decimal(5))]
    assert _of(twice, region) == [(2024, Decimal(10))]


def test_formulas_in_a_circle_give_no_values_and_end() -> None:
    region = make.region()
    one = make.indicator(key="eins", formula="[zwei] * 2", unit="prozent")
    make.indicator(key="zwei", formula="[eins] * 2", unit="prozent")
    assert _of(one, region) == []


def test_a_formula_whose_units_no_longer_fit_gives_no_values() -> None:
    mixed, above, _below, region = _derived("[arbeitslose] + [flaeche]", unit="personen")
    area_of = make.indicator(key="flaeche", unit="ha", quantity=make.quantity())
    _value(above, region, 2024, "10")
    _value(area_of, region, 2024, "10")
    assert _of(mixed, region) == []


def test_lines_cost_the_same_however_many_there_are(django_assert_max_num_queries: Any) -> None:
    regions = [make.region() for _number in range(20)]
    many = [make.indicator(quantity=make.quantity()) for _number in range(5)]
    for one in many:
        for region in regions:
            _value(one, region, 2024, "1")
    with django_assert_max_num_queries(3):
        found = lines(INSIDE, indicators=many, region_ids=[region.pk for region in regions])
    assert len(found) == 100
