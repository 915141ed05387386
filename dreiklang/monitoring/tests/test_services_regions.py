"""Areas of the city become regions, once each, whatever stood under their key before."""

import pytest

from dreiklang.monitoring.models import Region
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.monitoring.services.regions import region_for_area, regions_for_areas
from dreiklang.monitoring.tests.lists import districts
from dreiklang.places.models import Area

pytestmark = pytest.mark.django_db


def test_an_area_becomes_one_region() -> None:
    districts(("05", "Nord"))
    area = Area.objects.get()

    assert region_for_area(area) == region_for_area(area)
    assert regions_for_areas([area.pk]) == {area.pk: region_for_area(area).pk}
    assert Region.objects.get().key == "A:stadtteil:05"


def test_a_region_that_waited_without_an_area_is_the_area_s() -> None:
    districts(("05", "Nord"))
    waiting = Region.objects.create(level=RegionLevel.AREA, key="A:stadtteil:05", name="Nord")

    region = region_for_area(Area.objects.get())

    assert (region.pk, region.area) == (waiting.pk, Area.objects.get())


def test_a_district_that_took_over_the_key_of_another_one_gets_a_region_of_its_own() -> None:
    districts(("05", "Nord"))
    north = Area.objects.get()
    first = region_for_area(north)
    north.key = "06"
    north.save()
    districts(("05", "Süd"))
    south = Area.objects.get(name="Süd")

    second = region_for_area(south)

    first.refresh_from_db()
    assert (first.key, first.area) == ("A:stadtteil:05", north)
    assert (second.key, second.area, second.name) == (f"A:stadtteil:05#{south.pk}", south, "Süd")


def test_areas_of_very_long_names_without_keys_are_told_apart() -> None:
    alike = "Gewerbegebiet an der Landstraße zwischen Bahndamm und Umgehungsstraße, Abschnitt "
    districts(("", alike + "Ost"), ("", alike + "West"))

    found = regions_for_areas(Area.objects.values_list("pk", flat=True))

    assert len(set(found.values())) == 2
