"""All GENESIS tables at hand, the service's answers and its archives: nothing is lost, nothing is guessed."""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import yaml

from dreiklang.monitoring.imports.archives import files_in
from dreiklang.monitoring.rules.ffcsv import notation_of, rows, text_of
from dreiklang.monitoring.rules.ffcsv_layout import FfcsvLayout, layout, records
from dreiklang.monitoring.rules.ffcsv_parts import BadRow, FfcsvRow, shipped_variables_of
from dreiklang.monitoring.rules.genesis_answers import StatusCode, refusal_of, status
from dreiklang.monitoring.rules.marks import ReadValue, legend_on, shipped_marks_of
from dreiklang.monitoring.rules.periods import TimeSpan
from dreiklang.monitoring.rules.regions import RegionKey, same_area
from dreiklang.monitoring.rules.values import MarkMeaning, RegionLevel

INDICATORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "indicators"
TABLES = INDICATORS / "genesis"
ANSWERS = INDICATORS / "genesis-api-raw"
SHIPPED = Path(__file__).resolve().parents[2] / "dreiklang" / "monitoring" / "data"
RETRIEVED = date(2026, 3, 10)

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not TABLES.exists(), reason="../shared/data/indicators/genesis is not there"),
]

# Rows, numbers, signs; levels of the areas.
EXPECTED = {
    "1000A-0000": (10787, 10787, {}, {"nation": 1, "municipality": 10786}),
    "11111-02-01-4": (489, 398, {"-": 76, ".": 15}, {"county": 474, "city_part": 12, "municipality": 3}),
    "12411-01-01-4": (1467, 1245, {"-": 222}, {"county": 1422, "city_part": 36, "municipality": 9}),
    "13111-01-03-4": (
        3300,
        330,
        {"-": 2898, ".": 72},
        {"nation": 6, "state": 96, "gov_region": 264, "county": 2844, "city_part": 72, "municipality": 18},
    ),
    "52411-02-01-4": (2445, 2051, {"-": 382, ".": 12}, {"county": 2370, "city_part": 60, "municipality": 15}),
    "73111-01-01-4": (1467, 1209, {"-": 222, ".": 36}, {"county": 1422, "city_part": 36, "municipality": 9}),
    "91111-0001": (4719, 2411, {".": 2016, "...": 257, "/": 33, "x": 2}, {"nation": 4719}),
    "AI-N-01-2-5": (27132, 21761, {"-": 5357, "x": 14}, {"city_part": 24, "municipality": 27108}),
}


@cache
def raw(table: str) -> bytes:
    return (TABLES / table / f"{table}_tablefile_de_1.csv").read_bytes()


@cache
def table_of(table: str) -> tuple[FfcsvLayout, list[FfcsvRow]]:
    marks = shipped_marks_of(yaml.safe_load((SHIPPED / "marks.yaml").read_text(encoding="utf-8")))
    variables = yaml.safe_load((SHIPPED / "regional_variables.yaml").read_text(encoding="utf-8"))
    head, *body = records(raw(table).decode("utf-8-sig"))
    form = layout(head)
    assert isinstance(form, FfcsvLayout)
    found = rows(
        body,
        form,
        legend=legend_on(marks, provider="regionalstatistik", on=RETRIEVED),
        variables=shipped_variables_of(variables),
    )
    return form, list(good(found))


def good(found: Iterator[FfcsvRow | BadRow]) -> Iterator[FfcsvRow]:
    for one in found:
        assert isinstance(one, FfcsvRow), one
        yield one


def of_area(table: str, key: str) -> list[FfcsvRow]:
    return [one for one in table_of(table)[1] if same_area(one.region.key.key, key)]


def value_of(row: FfcsvRow) -> Decimal | str:
    assert isinstance(row.value, ReadValue)
    return row.value.mark if row.value.value is None else row.value.value


@pytest.mark.parametrize("table", EXPECTED)
def test_every_row_of_a_table_is_read(table: str) -> None:
    count, numbers, signs, levels = EXPECTED[table]
    found = table_of(table)[1]

    values = [one.value for one in found]
    read = [one for one in values if isinstance(one, ReadValue)]
    assert len(found) == len(read) == count
    assert sum(one.value is not None for one in read) == numbers
    assert Counter(one.mark for one in read if one.value is None) == signs
    assert all(one.meaning for one in read if one.value is None)
    assert all(isinstance(one.region.key, RegionKey) for one in found)
    assert Counter(one.region.key.level for one in found) == levels
    assert all(isinstance(one.time.span, TimeSpan) for one in found)


@pytest.mark.parametrize("table", EXPECTED)
def test_ffcsv_comes_out_as_it_went_in(table: str) -> None:
    form, found = table_of(table)
    body = records(raw(table).decode("utf-8-sig"))[1:]

    assert text_of(found, form, notation=notation_of(body, form)).encode("utf-8-sig") == raw(table)


@pytest.mark.parametrize("table", EXPECTED)
def test_no_two_rows_say_the_same_thing_twice(table: str) -> None:
    keys = Counter(
        (one.quantity.code, one.region.key.key, one.breakdown.key, one.time.span[:2])
        for one in table_of(table)[1]
    )

    assert max(keys.values()) == 1


def test_a_dissolved_key_is_not_taken_for_the_city_of_the_same_name() -> None:
    (old,) = [one for one in of_area("12411-01-01-4", "14161") if one.breakdown.is_total]
    (new,) = [one for one in of_area("12411-01-01-4", "14511") if one.breakdown.is_total]

    assert old.region.axis.label == new.region.axis.label
    assert (value_of(old), old.value.meaning, value_of(new)) == ("-", MarkMeaning.NOTHING_THERE, 245618)


def test_the_census_and_the_regional_tables_speak_of_one_city() -> None:
    (census,) = of_area("1000A-0000", "14511")
    shares = {one.quantity.code: value_of(one) for one in of_area("AI-N-01-2-5", "14511")}

    assert (census.region.key.ars, value_of(census)) == ("145110000000", 240078)
    assert shares == {"AI0111": Decimal("45.4"), "AI0112": Decimal("0.1")}


def test_no_county_has_a_number_yet_where_all_have_dashes() -> None:
    assert Counter(value_of(one) for one in of_area("13111-01-03-4", "14511")) == {"-": 6}
    numbers = {one.region.key.level for one in table_of("13111-01-03-4")[1] if one.value.value is not None}
    assert numbers == {RegionLevel.NATION, RegionLevel.STATE, RegionLevel.GOV_REGION}


def test_three_quantities_of_one_table_have_their_own_units_and_breakdowns() -> None:
    found = table_of("52411-02-01-4")[1]

    assert {(one.quantity.code, one.quantity.unit_words) for one in found} == {
        ("ISV006", "Anzahl"),
        ("ISVNW1", "Anzahl"),
        ("FOR002", "Tsd. EUR"),
    }
    assert {one.breakdown.key for one in found if one.quantity.code == "FOR002"} == {""}
    assert {one.breakdown.key for one in found if one.quantity.code == "ISV006"} == {
        "ISVAT3=",
        "ISVAT3=ISVART01",
        "ISVAT3=ISVART02",
    }


def test_a_table_of_indicators_is_a_hundred_series_with_units_of_their_own() -> None:
    found = table_of("91111-0001")[1]
    series = Counter(one.quantity.code for one in found)

    assert len(series) == 143
    assert set(series.values()) == {33}
    fish = next(one for one in found if one.quantity.code == "INDIKA/NE2-14-01-B-3")
    assert fish.quantity.unit_words == "%"
    assert {str(one.value.value)[-1] for one in found if one.value.value is not None} > {"0"}


@pytest.mark.parametrize("table", ["12411-01-01-4", "52411-02-01-4"])
def test_the_archives_hold_the_tables(table: str) -> None:
    content = (ANSWERS / f"{table}_tablefile_de_1.zip").read_bytes()

    (file,) = files_in(content, name=f"{table}.zip")

    assert file.name.endswith("_de_flat.csv")
    assert file.content == raw(table)


def test_an_archive_in_an_archive_holds_the_tables_too() -> None:
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        for table in ("12411-01-01-4", "52411-02-01-4"):
            archive.write(ANSWERS / f"{table}_tablefile_de_1.zip", f"{table}.zip")

    found = files_in(outer.getvalue(), name="alles.zip")

    assert [one.content for one in found] == [raw("12411-01-01-4"), raw("52411-02-01-4")]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("status-12531-0043_tablefile_de_1.json", StatusCode.TOO_LARGE),
        ("status-12531-0043_tablefile_de_2.json", StatusCode.JOB_MADE),
        ("status-12531-0043_results_de_4.json", StatusCode.OK),
        ("status-61111-0021_tablefile_de_1.json", StatusCode.ERROR),
        ("status-61111-0021_tablefile_en_2.json", StatusCode.ERROR),
        ("status-63121-0001_tablefile_de_1.json", StatusCode.NOTHING_FOUND),
        ("status-63121-0001_tablefile_en_2.json", StatusCode.NOTHING_FOUND),
    ],
)
def test_an_answer_of_the_service_is_known_by_its_code(file: str, code: StatusCode) -> None:
    body = (ANSWERS / file).read_bytes()

    found = status(body)

    assert found is not None
    assert found.code == code
    assert found.words == json.loads(body)["Status"]["Content"]
    refused = refusal_of(body.decode())
    assert refused is not None
    assert refused.code == "service_answer"
    assert "*" not in repr(found)


def test_a_job_is_found_again_in_the_list_of_results() -> None:
    made = status((ANSWERS / "status-12531-0043_tablefile_de_2.json").read_bytes())
    listed = status((ANSWERS / "status-12531-0043_results_de_4.json").read_bytes())

    assert made is not None
    assert listed is not None
    (result,) = listed.results
    assert (made.job, made.job, result.values) == ("12531-0043_175879554", result.name, 1980160)


@pytest.mark.parametrize("table", EXPECTED)
def test_a_table_is_no_answer_of_the_service(table: str) -> None:
    assert status(raw(table)) is None
    assert refusal_of(raw(table).decode("utf-8-sig")) is None
