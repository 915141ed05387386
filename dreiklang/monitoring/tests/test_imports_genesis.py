"""Tables that are not as they should be: row, column, value, reason; and nothing is lost or guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dreiklang.core.models import Problem, Run
from dreiklang.monitoring.imports.genesis_file import CannotDeliver, read_table
from dreiklang.monitoring.models import Dataset, Delivery, Observation, Quantity, Region, SourceFile
from dreiklang.monitoring.queries.wording import sentence
from dreiklang.monitoring.rules.ffcsv_parts import FfcsvRow
from dreiklang.monitoring.services import deliver_table
from dreiklang.monitoring.services.delivering import Table
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, SYSTEM

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HEAD = (
    "statistics_code;statistics_label;time_code;time_label;time;"
    "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label"
)


def line(
    value: str, *, region: str = "14511", day: str = "2023-12-31", unit: str = "Anzahl", code: str = "BEVSTD"
) -> str:
    area = f"KREISE;Kreise;{region};Klarenbrück"
    return f"12411;Fortschreibung;STAG;Stichtag;{day};{area};{value};{unit};{code};Bevölkerungsstand"


def delivered(*lines: str, is_dry_run: bool = False) -> Run:
    text = "\n".join([HEAD, *lines]) + "\n"
    table = read_table(
        text.encode(), file_name="12411-0015_flat.csv", provider="regionalstatistik", stand=TODAY
    )
    return deliver_table(by=SYSTEM, table=table, now=NOW, today=TODAY, is_dry_run=is_dry_run)


def told(run: Run) -> list[tuple[int | None, str, str, str]]:
    problems = Problem.objects.filter(run=run).order_by("row", "pk")
    return [(one.row, one.field, one.code, one.value) for one in problems]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><title>Wartung</title>", "html_page"),
        (b'{"Status": {"Code": 98, "Content": "zu gross", "Type": "Warnung"}}', "service_answer"),
        (b"Name;Wert\nA;1\n", "not_ffcsv"),
        ("Größe".encode("latin-1"), "not_ffcsv"),
        (f"{HEAD}\n".encode(), "only_heads"),
        ("Größe;".encode() + "Gemeindegröße".encode("latin-1"), "broken_text"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(CannotDeliver) as refusal:
        read_table(content, file_name="12411-0015.csv", provider="destatis", stand=TODAY)

    assert refusal.value.refused.code == code
    assert sentence(code, value=refusal.value.refused.words)


def _read_as(code: str, *rows: str) -> Table:
    text = "\n".join([HEAD, *rows]) + "\n"
    return read_table(text.encode(), file_name="geholt.csv", provider="destatis", stand=TODAY, code=code)


OLD = (
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;"
    "1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;1_Auspraegung_Label;BEVSTD__Bevoelkerungsstand__Anzahl"
)


@pytest.mark.parametrize("encoding", ["iso-8859-1", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_files_of_the_form_before_come_in_the_encodings_of_their_time(encoding: str) -> None:
    text = f"{OLD}\n12411;Fortschreibung;STAG;Stichtag;31.12.2023;KREISE;Kreise;09162;München;5\n"

    found = read_table(
        text.encode(encoding), file_name="12411-01-01-4_flat.csv", provider="destatis", stand=TODAY
    )

    [row] = found.rows
    assert isinstance(row, FfcsvRow)
    assert row.region.axis
    assert row.region.axis.label == "München"
    assert found.facts["encoding"] == encoding.replace("cp1252", "iso-8859-1").removesuffix("-sig")


def test_a_table_of_another_statistic_is_refused_with_its_name() -> None:
    with pytest.raises(CannotDeliver) as refusal:
        _read_as("11111-02-01-4", line("5"), line("6", region="14612"))

    refused = refusal.value.refused
    assert (refused.code, refused.words) == ("other_table", "12411 Fortschreibung")
    assert "Statistik 12411 Fortschreibung." in sentence(refused.code, value=refused.words)


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("12411-0015", [line("5")]),
        # Two statistics side by side stand under one of them, whichever comes first.
        ("11111-0001", [line("5"), line("6").replace("12411;", "11111;", 1)]),
        # Names that are no number of a statistic promise none.
        ("AI-N-01-2-5", [line("5")]),
        ("1000A-0000", [line("5")]),
        ("124110-1", [line("5")]),
    ],
)
def test_a_table_is_taken_where_its_name_promises_nothing_else(code: str, rows: list[str]) -> None:
    assert len(_read_as(code, *rows).rows) == len(rows)


def test_a_source_without_a_legend_is_refused() -> None:
    with pytest.raises(CannotDeliver, match="unknown_provider"):
        read_table(HEAD.encode(), file_name="12411-0015.csv", provider="nirgendwo", stand=TODAY)


def test_a_file_that_does_not_say_its_table_is_refused() -> None:
    with pytest.raises(CannotDeliver, match="no_table_code"):
        read_table(HEAD.encode(), file_name="download.csv", provider="destatis", stand=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (line("viele"), (3, "BEVSTD", "not_a_number", "viele")),
        (line("#"), (3, "BEVSTD", "unknown_sign", "#")),
        (line("7", region="99999"), (3, "region", "unknown_region", "99999")),
        (line("7", region="1451"), (3, "region", "leading_zero_lost", "1451")),
        (line("7", day="2031-12-31"), (3, "time", "future_actual", "2031-12-31")),
        (line("7", day="irgendwann"), (3, "time", "unknown_period", "irgendwann")),
        ("12411;Fortschreibung", (3, "", "too_few_cells", "12411;Fortschreibung")),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_kept(bad: str, expected: tuple[object, ...]) -> None:
    run = delivered(line("5"), bad)

    assert told(run) == [expected]
    assert (run.new_count, run.refused_count) == (1, 1)
    assert sentence(str(expected[2]), value=str(expected[3]))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (line("7", unit="m" * 121), ("value_unit", "too_long", "m" * 80)),
        (line("7", code="C" * 121), ("value_variable_code", "too_long", "C" * 80)),
        (line("12345678901234567"), ("BEVSTD", "too_large", "12345678901234567")),
        (line("7", unit="An\x00zahl"), ("value_unit", "broken_text", "An\ufffdzahl")),
        (line("7\x00"), ("BEVSTD", "not_a_number", "7\ufffd")),
        (line("7", day="2023\x00"), ("time", "broken_text", "2023\ufffd")),
    ],
)
def test_words_the_tables_do_not_hold_are_problems(bad: str, expected: tuple[str, ...]) -> None:
    run = delivered(line("5"), bad)

    assert told(run) == [(3, *expected)]
    assert Observation.objects.count() == 1


@pytest.mark.django_db
def test_an_overlong_breakdown_is_a_problem_of_its_row() -> None:
    heads = "statistics_code;statistics_label;time_code;time_label;time"
    for at in (1, 2):
        heads += f";{at}_variable_code;{at}_variable_label;{at}_variable_attribute_code;{at}_variable_attribute_label"
    heads += ";value;value_unit;value_variable_code;value_variable_label"
    row = f"12411;F;STAG;S;2023-12-31;KREISE;Kreise;14511;Ort;NAT;Nation;{'N' * 600};viele;7;Anzahl;BEVSTD;B"
    table = read_table(
        f"{heads}\n{row}\n".encode(),
        file_name="12411-0015_flat.csv",
        provider="regionalstatistik",
        stand=TODAY,
    )

    run = deliver_table(by=SYSTEM, table=table, now=NOW, today=TODAY)

    assert [one[1:3] for one in told(run)] == [("breakdown", "too_long")]


@pytest.mark.django_db
def test_a_quantity_knows_the_decimals_it_comes_with() -> None:
    delivered(line("5,2"), line("5,20", region="14612"))
    assert Quantity.objects.get().decimals == 2

    delivered(line("6"))
    assert Quantity.objects.get().decimals == 2


@pytest.mark.django_db
def test_a_number_finer_than_the_table_keeps_its_words() -> None:
    delivered(line("0,123456789"))

    kept = Observation.objects.get()
    assert (kept.value, kept.words) == (Decimal("0.12345679"), "0,123456789")


@pytest.mark.django_db
@pytest.mark.parametrize(("second", "words"), [("6", "23.11.2026 06:40"), ("viele", "")])
def test_the_state_of_the_source_is_remembered_only_when_nothing_was_refused(second: str, words: str) -> None:
    text = "\n".join([HEAD, line("5"), line(second, region="14612")]) + "\n"
    table = read_table(
        text.encode(),
        file_name="12411-0015_flat.csv",
        provider="regionalstatistik",
        stand=TODAY,
        state_words="23.11.2026 06:40",
    )

    deliver_table(by=SYSTEM, table=table, now=NOW, today=TODAY)

    assert Dataset.objects.get().state_words == words
    assert Delivery.objects.get().state_words == "23.11.2026 06:40"


@pytest.mark.django_db
def test_a_publisher_is_called_by_its_name() -> None:
    delivered(line("5"))

    publisher = Dataset.objects.get().provider
    assert (publisher.key, publisher.name[:22]) == ("regionalstatistik", "Statistische Ämter des")
    assert publisher.homepage == "https://www.regionalstatistik.de/"


@pytest.mark.django_db
def test_one_key_with_two_values_keeps_neither() -> None:
    run = delivered(line("5"), line("6"), line("7", region="14612"))

    assert told(run) == [(2, "BEVSTD", "twice_other", "3"), (3, "BEVSTD", "twice_other", "2")]
    assert list(Observation.objects.values_list("region__key", flat=True)) == ["14612"]


@pytest.mark.django_db
def test_the_same_row_twice_is_one_value_and_told() -> None:
    run = delivered(line("5"), line("5"))

    assert told(run) == [(3, "BEVSTD", "twice_same", "2")]
    assert (run.new_count, run.refused_count) == (1, 0)


@pytest.mark.django_db
def test_another_unit_than_before_is_not_mixed_in() -> None:
    delivered(line("5000"))

    run = delivered(line("5", unit="Tsd."))

    assert told(run) == [(2, "BEVSTD", "unit_changed", "Tsd.")]
    assert Observation.objects.get().value == Decimal(5_000)


@pytest.mark.django_db
def test_two_units_in_one_table_are_not_mixed() -> None:
    run = delivered(line("5000"), line("5", region="14612", unit="Tsd."))

    assert told(run) == [(3, "BEVSTD", "unit_changed", "Tsd.")]
    assert Observation.objects.get().value == Decimal(5_000)


@pytest.mark.django_db
def test_a_refused_or_tried_table_changes_nothing() -> None:
    tables = (Observation, Quantity, Region, Dataset, Delivery, SourceFile)
    delivered(line("5"), is_dry_run=True)

    assert [model.objects.count() for model in tables] == [0] * len(tables)


@pytest.mark.django_db
def test_a_value_that_changed_is_told_as_such() -> None:
    delivered(line("5"), line("7", region="14612"))

    run = delivered(line("6"), line("7", region="14612"))

    assert (run.new_count, run.changed_count, run.unchanged_count) == (0, 1, 1)


@pytest.mark.django_db
def test_not_everybody_delivers_official_tables() -> None:
    table = read_table(
        f"{HEAD}\n{line('5')}\n".encode(), file_name="12411-0015.csv", provider="destatis", stand=TODAY
    )

    with pytest.raises(NotAllowed):
        deliver_table(by=PUBLIC, table=table, now=NOW, today=TODAY)


def _years(*values: str) -> list[str]:
    return [line(value, day=f"{2019 + at}-12-31") for at, value in enumerate(values)]


@pytest.mark.django_db
@pytest.mark.parametrize("is_dry_run", [True, False])
def test_a_value_a_thousand_times_off_its_series_is_told_and_kept(is_dry_run: bool) -> None:
    delivered(*_years("245300", "246100"))

    run = delivered(line("246,9", day="2021-12-31"), line("247500", day="2022-12-31"), is_dry_run=is_dry_run)

    assert told(run) == [(2, "BEVSTD", "perhaps_thousandfold", "246,9 (246.100)")]
    assert sentence("perhaps_thousandfold", value="246,9")
    assert (run.new_count, run.refused_count, run.file_facts["doubt_count"]) == (2, 0, 1)
    assert Observation.objects.count() == (2 if is_dry_run else 4)


@pytest.mark.django_db
def test_the_rows_of_one_table_are_its_series_when_there_is_no_other() -> None:
    run = delivered(*_years("245300", "246100", "246900000", "247500"))

    assert [(row, code) for row, _column, code, _value in told(run)] == [(4, "perhaps_thousandfold")]


@pytest.mark.django_db
def test_a_value_in_force_already_is_doubted_no_more() -> None:
    rows = _years("245300", "246100", "246900000")
    delivered(*rows)

    assert told(delivered(*rows)) == []


@pytest.mark.django_db
def test_what_is_doubted_of_a_guarded_quantity_names_no_number() -> None:
    delivered(*_years("300", "310"))
    make.indicator(quantity=Quantity.objects.get(), unit="personen", suppress_below=5)

    run = delivered(line("310000", day="2021-12-31"))

    assert [(code, value) for _row, _column, code, value in told(run)] == [
        ("perhaps_thousandfold", "nicht gezeigt")
    ]
