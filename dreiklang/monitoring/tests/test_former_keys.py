"""Our city under a key it had before: its old values stand in one line, and the page says so."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Indicator, Region
from dreiklang.monitoring.queries.now import indicators_now
from dreiklang.monitoring.queries.region_sums import our_regions
from dreiklang.monitoring.queries.regions import city_region
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.queries.standing import standings
from dreiklang.monitoring.rules.values import MarkMeaning, RegionLevel, ReleaseState
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.indicators import shown, value
from dreiklang.monitoring.tests.test_views_indicator import page
from dreiklang.people.rules import PUBLIC
from dreiklang.places.tests.factories import municipality

pytestmark = pytest.mark.django_db
SIGN = {"mark": "-", "meaning": MarkMeaning.NOTHING_THERE}


@pytest.fixture
def rows() -> dict[str, Region]:
    """The city as municipality and county, and as the county it was until 2008-07-31."""
    municipality(name="Klarenbrück", ags="14511000")
    return {
        "14161": make.region(level=RegionLevel.COUNTY, key="14161", name="Klarenbrück, alt"),
        "14511": make.region(level=RegionLevel.COUNTY, key="14511", name="Klarenbrück, Stadt"),
        "14511000": make.region(key="14511000", name="Klarenbrück"),
    }


def _line(indicator: Indicator) -> dict[int, Any]:
    city = city_region()
    assert city is not None
    found = lines(PUBLIC, indicators=[indicator], region_ids=[city.pk])[indicator.pk, city.pk]
    return {
        point.ends_on.year: point.value.reason if isinstance(point.value, Unknown) else point.value
        for point in found
    }


def test_the_own_key_stands_for_the_city_and_the_former_one_is_the_same(rows: dict[str, Region]) -> None:
    city = city_region()

    assert city is not None
    assert (city.pk, city.name) == (rows["14511000"].pk, "Klarenbrück")
    assert city.ids == tuple(rows[key].pk for key in ("14511000", "14511", "14161"))
    assert [(one.key, one.until) for one in city.former] == [("14161", date(2008, 8, 1))]
    # So that a count hidden under one key is not given away under the other.
    assert rows["14161"].pk in our_regions().ids


def both_keys_in_every_year(indicator: Indicator, rows: dict[str, Region], first: str) -> None:
    """Tables name both keys in every year, the one not in use with a sign."""
    for key in (first, "14511" if first == "14161" else "14161"):
        own = key == "14511"
        value(indicator, 2006, "19" if own else "20", where=rows[key])
        value(indicator, 2007, None if own else "21", where=rows[key], **(SIGN if own else {}))
        value(indicator, 2023, "44" if own else None, where=rows[key], **({} if own else SIGN))
    value(indicator, 2024, None, where=rows["14161"], **SIGN)


def test_old_values_under_the_former_key_stand_in_the_line(rows: dict[str, Region]) -> None:
    indicator = shown()
    value(indicator, 2006, "20", where=rows["14161"])
    value(indicator, 2007, "21", where=rows["14161"])
    value(indicator, 2023, "44", where=rows["14511"])

    assert _line(indicator) == {2006: Decimal(20), 2007: Decimal(21), 2023: Decimal(44)}


@pytest.mark.parametrize("first", ["14161", "14511"])
def test_the_own_key_wins_and_a_dissolved_one_says_nothing(rows: dict[str, Region], first: str) -> None:
    indicator = shown()
    both_keys_in_every_year(indicator, rows, first)

    assert _line(indicator) == {2006: Decimal(19), 2007: Decimal(21), 2023: Decimal(44)}


def test_what_is_hidden_under_the_own_key_is_not_taken_from_the_former_one(rows: dict[str, Region]) -> None:
    indicator = shown()
    value(indicator, 2007, "3", where=rows["14161"])
    value(indicator, 2007, None, where=rows["14511"], state=ReleaseState.SUPPRESSED)

    assert _line(indicator) == {2007: "suppressed"}


def test_the_page_says_until_when_values_stand_under_which_key(
    client: Client, rows: dict[str, Region], django_assert_max_num_queries: Any
) -> None:
    indicator = shown()
    value(indicator, 2005, "20", where=rows["14161"])
    value(indicator, 2006, "20", where=rows["14161"])
    value(indicator, 2007, "21", where=rows["14161"])
    value(indicator, 2007, "22", where=rows["14511"])
    value(indicator, 2024, "44", where=rows["14511000"])

    with django_assert_max_num_queries(12):
        said = page(client)

    assert "Werte bis zum 31. Dezember 2006 stehen in der Quelle unter dem Schlüssel 14161" in said
    assert ">20,0" in said


def test_the_page_is_silent_where_no_value_came_from_a_former_key(
    client: Client, rows: dict[str, Region]
) -> None:
    indicator = shown()
    value(indicator, 2007, "22", where=rows["14511"])
    value(indicator, 2007, "21", where=rows["14161"])
    value(indicator, 2024, None, where=rows["14161"], **SIGN)

    assert "unter dem Schlüssel" not in page(client)


@pytest.mark.parametrize("first", ["14161", "14511"])
def test_a_panel_reads_the_former_key_as_the_page_does(rows: dict[str, Region], first: str) -> None:
    indicator = shown()
    both_keys_in_every_year(indicator, rows, first)
    today = date(2026, 11, 23)

    (now,) = indicators_now(PUBLIC, today=today, which=Q(pk=indicator.pk))

    assert now.standing == standings(PUBLIC, indicators=[indicator], today=today)[indicator.pk]
    assert [one.value for one in now.standing.points] == [19, 21, 44]
