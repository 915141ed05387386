"""Ids of what rows name."""

import pytest

from dreiklang.monitoring.models import Region
from dreiklang.monitoring.rules.ffcsv_parts import (
    Axis,
    BreakdownRef,
    FfcsvRow,
    QuantityRef,
    RegionRef,
    TimeRef,
)
from dreiklang.monitoring.rules.regions import region_key
from dreiklang.monitoring.rules.values import Refused, RegionLevel
from dreiklang.monitoring.services.references import references
from dreiklang.monitoring.tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_state_is_found_although_a_district_of_the_city_has_its_key() -> None:
    district = Region.objects.create(level=RegionLevel.AREA, key="01", name="Altstadt")
    state = RegionRef(Axis(1, "DLAND", "Länder", "01", "Schleswig-Holstein"), region_key("01"))
    quantity = QuantityRef("12411", "", "BEVSTD", "", "", "BEVSTD", "Bevölkerung", "Anzahl")
    when = TimeRef("STAG", "", "", Refused("unknown_period"))
    row = FfcsvRow(2, quantity, state, BreakdownRef(), when, None)

    known = references([row], dataset=make.dataset())

    assert known.regions[RegionLevel.STATE.value, "01"] != district.pk
