"""A break in the series of one district holds there, in every picture of it, and nowhere else."""

from datetime import date

import pytest
from shapely.geometry import box

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Break
from dreiklang.monitoring.queries.data_sheets import data_sheet
from dreiklang.monitoring.queries.maps import indicator_map
from dreiklang.monitoring.queries.profiles import district_profile
from dreiklang.monitoring.rules.comparison import balance
from dreiklang.monitoring.services.regions import region_for_area
from dreiklang.monitoring.tests.districts import AGS, indicator, town
from dreiklang.people.rules import PUBLIC
from dreiklang.places.models import Area

pytestmark = pytest.mark.django_db
COURSE = ["10", "11", "12", "13", "14", "15"]


@pytest.fixture
def areas() -> dict[str, Area]:
    """Two districts with six years of people; Altstadt was counted otherwise from 2022."""
    people = indicator("Einwohner", key="einwohner", unit="personen")
    found = town(people, {"Altstadt": COURSE, "Ostend": COURSE, "": COURSE})
    for at, area in enumerate(found.values()):
        area.geometry = box(13 + at / 100, 51, 13.01 + at / 100, 51.01)
        area.save()
    Break.objects.create(
        indicator=people,
        region=region_for_area(found["Altstadt"]),
        on=date(2022, 1, 1),
        kind="method",
        reason="Umzüge anders gezählt",
    )
    return found


def _figure_of(area: Area) -> tuple[object, object]:
    """Its change, and the first day its trend is told from."""
    profile = district_profile(PUBLIC, level_key=area.level.key, slug=area.key, ags=AGS)
    assert profile is not None
    figure = profile.lines[0].figure
    course = figure.trend
    return figure.change, course if isinstance(course, Unknown) else course.first.ends_on.year


def test_the_profile_of_the_district_tells_no_change_across_it(areas: dict[str, Area]) -> None:
    change, began = _figure_of(areas["Altstadt"])

    assert change == Unknown("break_between")
    assert began == 2022


def test_the_profile_of_another_district_does(areas: dict[str, Area]) -> None:
    change, began = _figure_of(areas["Ostend"])

    assert not isinstance(change, Unknown)
    assert began == 2020


def test_the_map_gives_the_district_no_balance_across_it(areas: dict[str, Area]) -> None:
    shown = indicator_map(PUBLIC, key="einwohner", ags=AGS)
    assert shown is not None
    sides = [{one.pk: one.years[year] for one in shown.areas} for year in (2020, 2024)]

    found = balance(*sides, breaks=shown.broken)

    assert found[areas["Altstadt"].pk] == Unknown("break_between")
    assert not isinstance(found[areas["Ostend"].pk], Unknown)
    assert not isinstance(
        balance({0: shown.city[2020]}, {0: shown.city[2024]}, breaks=shown.broken)[0], Unknown
    )


@pytest.mark.parametrize(("name", "is_broken"), [("Altstadt", True), ("Ostend", False)])
def test_a_data_sheet_is_broken_where_it_touches_the_district(
    areas: dict[str, Area], name: str, is_broken: bool
) -> None:
    found = data_sheet(PUBLIC, geometry=areas[name].geometry, ags=AGS)

    assert isinstance(found.lines[0].figure.change, Unknown) is is_broken
