"""Tables that are not as they should be: row, column, value, reason; and nothing is lost or guessed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from dreiklang.core.models import Problem, Run
from dreiklang.monitoring.imports.genesis_file import CannotDeliver, read_table
from dreiklang.monitoring.models import Dataset, Delivery, Observation, Quantity, Region, SourceFile
from dreiklang.monitoring.queries.wording import sentence
from dreiklang.monitoring.services import deliver_table
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
        text.encode(), file_name="12411-0015_flat.csv", provider="regionalstatistik", today=TODAY
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
        ("Größe".encode("latin-1"), "broken_text"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(CannotDeliver) as refusal:
        read_table(content, file_name="12411-0015.csv", provider="destatis", today=TODAY)

    assert refusal.value.refused.code == code
    assert sentence(code, value=refusal.value.refused.words)


def test_a_source_without_a_legend_is_refused() -> None:
    with pytest.raises(CannotDeliver, match="unknown_provider"):
        read_table(HEAD.encode(), file_name="12411-0015.csv", provider="nirgendwo", today=TODAY)


def test_a_file_that_does_not_say_its_table_is_refused() -> None:
    with pytest.raises(CannotDeliver, match="no_table_code"):
        read_table(HEAD.encode(), file_name="download.csv", provider="destatis", today=TODAY)


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
def test_one_key_with_two_values_keeps_neither() -> None:
    run = delivered(line("5"), line("6"), line("7", region="14612"))

    assert told(run) == [(2, "", "twice_other", "3"), (3, "", "twice_other", "2")]
    assert list(Observation.objects.values_list("region__key", flat=True)) == ["14612"]


@pytest.mark.django_db
def test_the_same_row_twice_is_one_value_and_told() -> None:
    run = delivered(line("5"), line("5"))

    assert told(run) == [(3, "", "twice_same", "2")]
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
        f"{HEAD}\n{line('5')}\n".encode(), file_name="12411-0015.csv", provider="destatis", today=TODAY
    )

    with pytest.raises(NotAllowed):
        deliver_table(by=PUBLIC, table=table, now=NOW, today=TODAY)
