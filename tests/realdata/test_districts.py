"""Real districts: a city's own, and a city's with its neighbours."""

import json
from pathlib import Path
from typing import Any

import pytest

from dreiklang.core.enums import Outcome
from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import Problem, RowResult, Run
from dreiklang.places.imports.districts import DISTRICTS
from dreiklang.places.models import Area

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "stadtteile"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.exists(), reason="../shared/data/stadtteile is not there"),
]

NEIGHBOURS = (
    "Radebeul, Coswig, Wilsdruff, Tharandt, Freital, Rabenau, Bannewitz, Kreischa, Dohna, Heidenau, Pirna, "
    "Dürrröhrsdorf-Dittersbach, Lohmen, Wehlen, Weinböhla, Niederau, Klipphausen, Moritzburg, Radeburg, "
    "Ottendorf-Okrilla, Wachau, Radeberg, Arnsdorf, Lichtenberg, Großröhrsdorf"
)


def imported(name: str, change: Any = None, **special: Any) -> Run:
    content = json.loads((DATA / name).read_text(encoding="utf-8"))
    if change is not None:
        change(content["features"])
    source = json.dumps(content).encode()
    options = Options(source=name, special=special)
    read = read_list(DISTRICTS, source, file_name=name, options=options)
    order = Order(
        DISTRICTS, read, suggested_plan(DISTRICTS, read.table), options, Actor(None, "Koordination")
    )
    return run_import(order)


def test_all_39_districts_of_chemnitz() -> None:
    run = imported("chemnitz-stadtteile.geojson")

    assert (run.new_count, run.refused_count) == (39, 0)
    assert not Problem.objects.filter(run=run).exists()
    assert Area.objects.get(name="Kapellenberg").note == "cartodb_id: 14"


def test_a_second_import_changes_nothing() -> None:
    imported("chemnitz-stadtteile.geojson")

    run = imported("chemnitz-stadtteile.geojson")

    assert (run.unchanged_count, run.changed_count, run.new_count) == (39, 0, 0)


def test_a_changed_file_changes_just_what_changed() -> None:
    imported("chemnitz-stadtteile.geojson")

    def shift(features: list[dict[str, Any]]) -> None:
        kassberg = next(one for one in features if one["properties"]["name"] == "Kaßberg")
        kassberg["geometry"]["coordinates"][0][0][1][0] += 0.0001

    run = imported("chemnitz-stadtteile.geojson", shift)

    result = RowResult.objects.get(run=run, outcome=Outcome.CHANGED)
    assert (result.label, [one["field"] for one in result.differences]) == ("Kaßberg", ["geometry"])
    assert run.unchanged_count == 38


def test_dresden_with_its_neighbours_marked_as_not_ours() -> None:
    run = imported("dresden-stadtteile.geojson", not_ours=NEIGHBOURS)

    assert (run.new_count, run.refused_count) == (85, 0)
    assert Area.objects.filter(is_ours=False).count() == len(NEIGHBOURS.split(", "))
    assert Area.objects.get(name="Äußere Neustadt").is_ours
