"""Tables of official statistics as they came, in the database and out again with nothing lost."""

import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from dreiklang.config.cli import main
from dreiklang.core.enums import Visibility, Weight
from dreiklang.core.models import Problem, Run
from dreiklang.monitoring.imports.genesis_file import read_table
from dreiklang.monitoring.models import Dataset, Observation, Quantity, Region, SourceFile
from dreiklang.monitoring.queries import visible_observations
from dreiklang.monitoring.services import deliver_table
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.rules import PUBLIC, SYSTEM
from dreiklang.people.tests.factories import department

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "indicators" / "genesis"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared data are not here"),
]
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
# Table, provider, values, of these numbers.
TABLES = [
    ("1000A-0000", "zensus", 10_787, 10_787),
    ("11111-02-01-4", "regionalstatistik", 489, 398),
    ("12411-01-01-4", "regionalstatistik", 1_467, 1_245),
    ("13111-01-03-4", "regionalstatistik", 3_300, 330),
    ("52411-02-01-4", "regionalstatistik", 2_445, 2_051),
    ("73111-01-01-4", "regionalstatistik", 1_467, 1_209),
    ("91111-0001", "destatis", 4_719, 2_411),
    ("AI-N-01-2-5", "regionalstatistik", 27_132, 21_761),
]


def content(code: str) -> bytes:
    return (FOLDER / code / f"{code}_tablefile_de_1.csv").read_bytes()


def delivered(code: str, provider: str, *, is_dry_run: bool = False) -> Run:
    table = read_table(content(code), file_name=f"{code}_tablefile_de_1.csv", provider=provider, stand=TODAY)
    return deliver_table(by=SYSTEM, table=table, now=NOW, today=TODAY, is_dry_run=is_dry_run)


def told(run: Run) -> Iterator[tuple[int | None, str, str]]:
    """What is refused; jumps of real series are only noticed."""
    for one in Problem.objects.filter(run=run, weight=Weight.ERROR).order_by("pk")[:5]:
        yield one.row, one.code, one.value


@pytest.mark.parametrize(("code", "provider", "count", "numbers"), TABLES)
def test_a_table_comes_in_whole_and_once(code: str, provider: str, count: int, numbers: int) -> None:
    run = delivered(code, provider)

    assert list(told(run)) == []
    assert (run.new_count, run.refused_count) == (count, 0)
    assert Observation.objects.count() == count
    assert Observation.objects.exclude(value=None).count() == numbers
    assert zlib.decompress(SourceFile.objects.get().content) == content(code)
    again = delivered(code, provider)
    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 0, count)


@pytest.mark.parametrize(
    ("code", "provider", "count"), [("91111-0001", "destatis", 21), ("AI-N-01-2-5", "regionalstatistik", 0)]
)
def test_of_a_real_table_only_a_few_values_are_doubted(code: str, provider: str, count: int) -> None:
    run = delivered(code, provider)

    assert run.file_facts["doubt_count"] == count
    assert set(Problem.objects.filter(run=run).values_list("code", flat=True)) <= {"jump", "sign_flip"}


def test_a_table_of_another_statistic_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "11111-02-01-4_tablefile_de_1.csv"
    file.write_bytes(content("12411-01-01-4"))

    assert main(["import", "genesis", str(file), "--source", "regionalstatistik"]) == 2

    said = capsys.readouterr().err
    assert "eine andere Tabelle als verlangt" in said
    assert "12411 Fortschreibung des Bevölkerungsstandes" in said
    tables = (Observation, Quantity, Region, Dataset, SourceFile, Run)
    assert [model.objects.count() for model in tables] == [0] * len(tables)


def test_a_dry_run_leaves_nothing_but_its_report() -> None:
    run = delivered("12411-01-01-4", "regionalstatistik", is_dry_run=True)

    assert (run.new_count, run.is_dry_run) == (1_467, True)
    assert not Observation.objects.exists()
    assert not Region.objects.exists()
    assert not Quantity.objects.exists()


def test_a_dissolved_county_stays_beside_the_one_that_followed_it() -> None:
    delivered("12411-01-01-4", "regionalstatistik")

    rows = Observation.objects.filter(region__key__in=["14161", "14511"], breakdown__key__contains="GES=")
    found = {
        (one.region.key, one.value, one.mark)
        for one in rows.select_related("region", "breakdown")
        if one.breakdown.labels[0][2] == ""
    }
    assert found == {("14161", None, "-"), ("14511", Decimal(245_618), "")}


def test_the_public_reads_totals_that_name_their_axes_and_no_split() -> None:
    delivered("12411-01-01-4", "regionalstatistik")
    quantity = Quantity.objects.get()
    make.indicator(quantity=quantity, department=department(), visibility=Visibility.PUBLIC)

    rows = visible_observations(PUBLIC)

    # Three rows a county: both sexes, and the total "GES=".
    assert set(rows.values_list("breakdown__key", flat=True)) == {"GES="}
    assert rows.count() == 1_467 // 3
    assert rows.get(region__key="14511").value == 245_618


def test_a_number_keeps_its_sign_and_a_sign_is_no_number() -> None:
    delivered("AI-N-01-2-5", "regionalstatistik")

    here = Observation.objects.filter(region__key="14511000").order_by("quantity__code")
    assert [one.value for one in here] == [Decimal("45.4"), Decimal("0.1")]
    assert set(Observation.objects.filter(value=None).values_list("mark", flat=True)) == {"-", "x"}


@pytest.mark.parametrize(("code", "count"), [("12411-01-01-4", 1_467), ("52411-02-01-4", 2_445)])
def test_a_package_as_the_service_sent_it_goes_through_the_command(
    code: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    file = FOLDER.parent / "genesis-api-raw" / f"{code}_tablefile_de_1.zip"

    assert main(["import", "genesis", str(file), "--source", "regionalstatistik"]) == 0

    assert f"Zeilen: {count}. Werte: {count} neu" in capsys.readouterr().out
    assert (Observation.objects.count(), Dataset.objects.get().code) == (count, code)
