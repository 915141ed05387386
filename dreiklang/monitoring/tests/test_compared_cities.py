"""Other cities beside ours: chosen by any spelling of their keys, with the values of every key they have."""

import pytest
from django.test import Client

from dreiklang.monitoring.models import ComparedCity
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.indicators import AGS, value, with_course
from dreiklang.monitoring.tests.test_views_indicator import page
from dreiklang.monitoring.tests.test_views_indicator_editing import said_by
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(account(Role.COORDINATOR))
    return client


@pytest.mark.parametrize("chosen", ["14511", "14511000"])
def test_another_city_takes_what_tables_of_counties_and_of_municipalities_bring(
    client: Client, chosen: str
) -> None:
    indicator = with_course()
    rows = {
        "14511": make.region(level=RegionLevel.COUNTY, key="14511", name="Neustadt"),
        "14511000": make.region(key="14511000", name="Neustadt"),
    }
    ComparedCity.objects.create(region=rows[chosen], position=1)
    value(indicator, 2023, "41.5", where=rows["14511"])
    value(indicator, 2024, "41.0", where=rows["14511000"])

    said = page(client).partition('id="staedte"')[2].partition("</section>")[0]

    assert said.count("Neustadt") == 1
    assert ">41,0<" in said
    assert ">-0,5<" in said.replace("−", "-")


def test_our_own_city_is_none_beside_itself_under_any_key(client: Client) -> None:
    indicator = with_course()
    county = make.region(level=RegionLevel.COUNTY, key=AGS[:5], name="Klarenbrück, Kreis")
    ComparedCity.objects.create(region=county, position=1)
    value(indicator, 2024, "41.0", where=county)

    assert 'id="staedte"' not in page(client)


@pytest.mark.parametrize("level", [RegionLevel.COUNTY, RegionLevel.MUNICIPALITY])
@pytest.mark.parametrize("written", ["14511", "14511000", "145110000000"])
def test_a_city_is_found_by_any_spelling_of_its_key(
    coordinator: Client, level: RegionLevel, written: str
) -> None:
    make.region(level=level, key="14511" if level is RegionLevel.COUNTY else "14511000", name="Chemnitz")

    coordinator.post(
        "/arbeit/indikatoren/regeln/", {"version": "0", "most_per_goal": "5", "cities": f"{written}\n"}
    )

    assert ComparedCity.objects.get().region.name == "Chemnitz"


@pytest.mark.parametrize(
    ("cities", "words"),
    [
        ("14511\n145110000000", "Eine Stadt steht zweimal da."),
        ("14", "liegen keine Werte vor"),
        ("14511x", "liegen keine Werte vor"),
        ("09276130", "liegen keine Werte vor"),
    ],
)
def test_keys_that_are_no_further_city_are_told(coordinator: Client, cities: str, words: str) -> None:
    make.region(key="14511000", name="Chemnitz")
    make.region(level=RegionLevel.STATE, key="14", name="Sachsen")
    make.region(level=RegionLevel.COUNTY, key="09276", name="Ein Landkreis")
    said = {"version": "0", "most_per_goal": "5", "cities": cities}

    assert words in said_by(coordinator.post("/arbeit/indikatoren/regeln/", said))
    assert not ComparedCity.objects.exists()
