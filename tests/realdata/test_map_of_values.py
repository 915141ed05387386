"""A map of values over the real borders of a city with 39 districts and 30 invented years: small enough for any line."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.monitoring.tests.districts import city, indicator, values
from dreiklang.places.imports.districts import DISTRICTS
from dreiklang.places.models import Area

REPOSITORY = Path(__file__).resolve().parents[2]
BORDERS = REPOSITORY.parent / "shared" / "data" / "stadtteile" / "chemnitz-stadtteile.geojson"
MAP = "/karte/indikator/arbeitslose/"
MOST_BYTES = 150_000
YEARS = range(1995, 2025)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not BORDERS.exists(), reason="../shared/data/stadtteile is not there"),
]


@pytest.fixture
def thirty_years() -> None:
    options = Options(source=BORDERS.name)
    read = read_list(DISTRICTS, BORDERS.read_bytes(), file_name=BORDERS.name, options=options)
    plan = suggested_plan(DISTRICTS, read.table)
    run_import(Order(DISTRICTS, read, plan, options, Actor(None, "Koordination")))
    city()
    shown = indicator(
        key="arbeitslose", name="Arbeitslose je 100 Personen im Erwerbsalter", attribution="Statistik"
    )
    for place, area in enumerate(Area.objects.order_by("name")):
        line = {year: str(Decimal(place * 37 + year * 11).scaleb(-1) % 25) for year in YEARS}
        values(shown, area, line)


@pytest.mark.usefixtures("thirty_years")
def test_page_and_data_of_39_districts_and_30_years_stay_below_150_kilobytes(client: Client) -> None:
    page = client.get(MAP)
    own = sum(
        (REPOSITORY / "dreiklang/monitoring/static/monitoring" / name).stat().st_size
        for name in ("map.js", "map.css")
    )

    assert page.content.count(b"data-area=") == 39
    assert len(page.content) + own <= MOST_BYTES


@pytest.mark.usefixtures("thirty_years")
def test_all_numbers_to_take_away_stay_below_it_too(client: Client) -> None:
    answer = client.get(MAP + "?format=json")

    assert answer.content.count(b'"value"') == 39 * 30
    assert len(answer.content) <= MOST_BYTES


@pytest.mark.usefixtures("thirty_years")
def test_twelve_years_side_by_side_stay_below_it_too(client: Client) -> None:
    page = client.get(MAP + "?ansicht=jahre")

    assert page.content.count(b"mo-years__map") == 12
    assert len(page.content) <= MOST_BYTES
