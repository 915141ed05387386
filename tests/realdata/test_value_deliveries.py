"""Lists as cities and others publish them, through the whole command into the database: nothing lost, nothing guessed."""

from decimal import Decimal
from pathlib import Path

import pytest

from dreiklang.config.cli import main
from dreiklang.core.models import Problem, Run
from dreiklang.monitoring.models import HeldValue, Observation, Region
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.places.models import Area, SpatialLevel

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
HEILBRONN = DATA / "stadtteile" / "heilbronn"
CHEMNITZ = DATA / "stadtteile" / "chemnitz-einwohner-stadtteile-1993-2013.csv"
GEMEINDEN = DATA / "indicators" / "localzero-gemeinden"

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not HEILBRONN.exists(), reason="../shared/data is not there"),
    pytest.mark.django_db,
]


def areas(names: dict[str, str]) -> None:
    level = SpatialLevel.objects.create(key="stadtteil", name="Stadtteil", plural="Stadtteile")
    for key, name in names.items():
        Area.objects.create(level=level, key=key, name=name)


def brought(path: Path, *options: str) -> int:
    return main(["import", "observations", str(path), "--all-columns", "--doubts-read", *options])


def codes(run: Run) -> dict[str, int]:
    found: dict[str, int] = {}
    for code in Problem.objects.filter(run=run, weight="error").values_list("code", flat=True):
        found[code] = found.get(code, 0) + 1
    return found


def names_in_file(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = [line.split(",")[:2] for line in lines]
    return {key: name for key, name in cells if key.isdigit() and len(key) == 3}


@pytest.mark.parametrize("name", ["demographie_stadtteile.csv", "demographie_stadtteile.xlsx"])
def test_demography_in_two_rows_of_heads_comes_in_whole(name: str) -> None:
    areas(names_in_file(HEILBRONN / "demographie_stadtteile.csv"))

    assert brought(HEILBRONN / name, "--areas", "stadtteil") == 0

    # Ten districts, 29 columns; the sums only check them.
    assert Observation.objects.count() == 10 * 29
    assert not HeldValue.objects.exists()
    centre = Observation.objects.filter(region__name="HN-Innenstadt", breakdown__key="")
    assert centre.get(quantity__code="Gesamt").value == 32834
    past = centre.filter(quantity__code="Einwohnerzahl vergangener Jahre").order_by("ends_on")
    assert [(one.ends_on.year, one.value) for one in past][:2] == [
        (1990, Decimal(29470)),
        (1995, Decimal(29009)),
    ]
    women = Observation.objects.get(region__name="HN-Innenstadt", breakdown__key="Geschlecht=weiblich")
    assert women.value == 16231


def test_ages_of_a_list_with_its_own_numbers_are_refused_where_they_mean_another_area() -> None:
    areas(names_in_file(HEILBRONN / "demographie_stadtteile.csv"))

    assert brought(HEILBRONN / "population.csv", "--areas", "stadtteil", "--period", "31.12.2016") == 1

    run = Run.objects.get()
    # "001 Kernstadt" is two districts of the other file: believed neither by its key nor by its name.
    assert set(codes(run)) == {"area_contradicts"}
    assert not Observation.objects.filter(region__name="HN-Innenstadt").exists()


def test_ages_go_to_areas_of_their_own_with_letters_lost_on_the_way_named() -> None:
    names = {"001": "Kernstadt Heilbronn"}
    for line in (HEILBRONN / "population.csv").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip('"') for cell in line.split(",")[:2]]
        if cells[0].isdigit() and len(cells[0]) == 3:
            names.setdefault(cells[0], cells[1].replace("\ufffd", "ö"))
    areas(names)

    assert brought(HEILBRONN / "population.csv", "--areas", "stadtteil", "--period", "31.12.2016") == 0

    run = Run.objects.get()
    lost = Problem.objects.filter(run=run, code="letters_lost").values_list("value", flat=True).distinct()
    assert list(lost) == ["B\ufffdckingen"]
    # 994 rows without 110 sums of the city; eleven columns, two of one name.
    assert Observation.objects.count() == (994 - 110) * 11
    assert not Problem.objects.filter(run=run).exclude(code="letters_lost").exists()
    whole = Observation.objects.filter(quantity__code="Gesamt")
    assert sum(one.value or Decimal(0) for one in whole) == 128612


def test_gaps_of_chemnitz_stay_gaps() -> None:
    lines = CHEMNITZ.read_text(encoding="utf-8").splitlines()[1:]
    areas({f"x{at}": line.split(";")[0] for at, line in enumerate(lines)})

    assert brought(CHEMNITZ, "--areas", "stadtteil", "--own-keys", "--period", "31.12.2013") == 0

    assert Observation.objects.count() == 25 * 6
    assert Run.objects.get().file_facts["empty_count"] == 14 * 6
    hill = Observation.objects.filter(region__name="Kaßberg", quantity__code="einwohner").order_by("ends_on")
    assert [one.value for one in hill] == [16252, 13835, 15823, 16964, 17629]


@pytest.mark.parametrize(
    ("name", "count", "chemnitz"),
    [("population/2018.csv", 11323, 247237), ("population/2021.csv", 11098, 243105)],
)
def test_population_of_all_municipalities_comes_in(name: str, count: int, chemnitz: int) -> None:
    year = Path(name).stem

    assert brought(GEMEINDEN / name, "--areas", "official", "--period", f"31.12.{year}") == 0

    assert Observation.objects.count() == count
    assert Observation.objects.get(region__key="14511000").value == chemnitz
    levels = dict(Region.objects.values_list("level").distinct().values_list("level", "pk"))
    assert Region.objects.filter(level=RegionLevel.COUNTY).count() == 294
    assert RegionLevel.NATION in levels


def test_land_use_keeps_gaps_apart_from_zeros() -> None:
    for year in ("2018", "2021"):
        path = GEMEINDEN / "area" / f"{year}.csv"
        assert (
            brought(path, "--areas", "official", "--period", f"31.12.{year}", "--source", "Flächennutzung")
            == 0
        )

    first, second = Run.objects.order_by("pk")
    assert first.row_count == 13882
    assert first.new_count + first.file_facts["empty_count"] == 13882 * 12
    assert second.new_count + second.file_facts["empty_count"] == 11098 * 12
    moor = Observation.objects.filter(region__key="14511000", quantity__code="veg_moor")
    assert [(one.ends_on.year, one.value) for one in moor] == [(2021, Decimal(0))]
