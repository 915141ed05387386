import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from dreiklang.core.reading import Notation
from dreiklang.monitoring.rules.ffcsv import notation_of, rows, text_of
from dreiklang.monitoring.rules.ffcsv_layout import layout, records
from dreiklang.monitoring.rules.ffcsv_parts import BadRow, FfcsvRow, shipped_variables_of
from dreiklang.monitoring.rules.marks import ReadValue, legend_on, shipped_marks_of
from dreiklang.monitoring.rules.regions import RegionKey
from dreiklang.monitoring.rules.values import MarkMeaning, Refused, RegionLevel

DATA = Path(__file__).parents[1] / "data"
MARKS = shipped_marks_of(yaml.safe_load((DATA / "marks.yaml").read_text(encoding="utf-8")))
VARIABLES = shipped_variables_of(
    yaml.safe_load((DATA / "regional_variables.yaml").read_text(encoding="utf-8"))
)
LEGEND = legend_on(MARKS, provider="destatis", on=date(2026, 11, 23))

BASE = "statistics_code;statistics_label;time_code;time_label;time"
AXIS = "{0}_variable_code;{0}_variable_label;{0}_variable_attribute_code;{0}_variable_attribute_label"
VALUE = "value;value_unit;value_variable_code;value_variable_label"
ONE = ";".join([BASE, AXIS.format(1), VALUE])
TWO = ";".join([BASE, AXIS.format(1), AXIS.format(2), VALUE])
OLD = (
    "Statistik_Code;Statistik_Label;Zeit_Code;Zeit_Label;Zeit;1_Merkmal_Code;1_Merkmal_Label;1_Auspraegung_Code;"
    "1_Auspraegung_Label"
)
STAG = "12411;Bevölkerung;STAG;Stichtag;2024-12-31"
JAHR = "12411;Bevölkerung;JAHR;Jahr;2024"
CHEMNITZ = "KREISE;Kreise;14511;Chemnitz, kreisfreie Stadt"
COUNT = "Anzahl;BEVSTD;Bevölkerungsstand"


def read(*lines: str, end: str = "\n", **options) -> list[FfcsvRow | BadRow]:
    text = "\n".join(lines) + end
    head, *body = records(text)
    found = list(
        rows(body, layout(head), legend=LEGEND, variables=VARIABLES, is_complete=end != "", **options)
    )
    if not any(isinstance(one, BadRow) for one in found):
        assert text_of(found, layout(head), notation=notation_of(body, layout(head))) == text
    return found


def test_a_line_says_what_where_when_and_how_much():
    (row,) = read(TWO, f"{STAG};{CHEMNITZ};GES;Geschlecht;GESW;weiblich;123456;{COUNT}")

    assert (row.number, row.quantity.code, row.quantity.unit_words) == (2, "BEVSTD", "Anzahl")
    assert row.region.key == RegionKey(RegionLevel.COUNTY, "14511")
    assert (row.breakdown.key, row.breakdown.is_total) == ("GES=GESW", False)
    assert row.time.span[:3] == (date(2024, 12, 31), date(2024, 12, 31), "STAG")
    assert row.value == ReadValue(Decimal(123456))


def test_a_total_is_a_breakdown_with_an_empty_code():
    (row,) = read(TWO, f"{STAG};{CHEMNITZ};GES;Geschlecht;;Insgesamt;245618;{COUNT}")

    assert (row.breakdown.key, row.breakdown.is_total) == ("GES=", True)


def test_an_empty_axis_is_none():
    (row,) = read(TWO, f"{STAG};{CHEMNITZ};;;;;21;{COUNT}")

    assert (row.breakdown.key, row.breakdown.axes) == ("", ())


def test_the_area_may_stand_in_another_axis():
    (row,) = read(TWO, f"{STAG};GES;Geschlecht;GESW;weiblich;{CHEMNITZ};21;{COUNT}")

    assert (row.region.key.key, row.breakdown.key) == ("14511", "GES=GESW")


def test_of_two_axes_of_areas_the_first_is_the_area_of_the_row():
    (row,) = read(TWO, f"{STAG};{CHEMNITZ};KREISE;Kreise;14612;Dresden;21;{COUNT}")

    assert (row.region.key.key, row.breakdown.key) == ("14511", "KREISE=14612")


def test_a_table_without_areas_names_none_and_none_is_supposed():
    (row,) = read(ONE, f"{STAG};GES;Geschlecht;GESW;weiblich;21;{COUNT}")

    assert row.region == (None, Refused("unknown_region"))


def test_a_total_over_areas_is_no_area():
    (row,) = read(ONE, f"{STAG};DLAND;Bundesländer;;Insgesamt;21;{COUNT}")

    assert row.region.key == Refused("unknown_region", "")


def test_a_lost_zero_is_refused_with_a_proposal():
    (row,) = read(ONE, f"{STAG};GEMEIN;Gemeinden;1051001;Albersdorf;21;{COUNT}")

    assert row.region.key == Refused("leading_zero_lost", "1051001", "01051001")


def test_breakdowns_are_equal_in_whatever_order_the_axes_stand():
    head = ";".join([BASE, AXIS.format(1), AXIS.format(2), AXIS.format(3), VALUE])
    one, other = read(
        head,
        f"{STAG};{CHEMNITZ};GES;Geschlecht;GESW;weiblich;NAT;Nationalität;;Insgesamt;1;{COUNT}",
        f"{STAG};{CHEMNITZ};NAT;Nationalität;;Insgesamt;GES;Geschlecht;GESW;weiblich;1;{COUNT}",
    )

    assert one.breakdown.key == other.breakdown.key == "GES=GESW;NAT="


def test_where_each_value_has_its_own_unit_each_is_a_quantity():
    (row,) = read(
        TWO,
        f"{JAHR};DINSG;Deutschland;DG;Deutschland;IND006;Indikatoren;NE2-14;Anteil (MSY)(%);45,45;jew. ME;INDIKA;Indikatoren",
    )

    assert (row.quantity.code, row.quantity.name) == ("INDIKA/NE2-14", "Anteil (MSY)(%)")
    assert (row.quantity.unit_words, row.breakdown.key) == ("%", "")


def test_a_month_in_an_axis_narrows_the_year():
    may, whole = read(
        TWO,
        f"{JAHR};{CHEMNITZ};MONAT;Monate;MONAT05;Mai;1;{COUNT}",
        f"{JAHR};{CHEMNITZ};MONAT;Monate;;Insgesamt;12;{COUNT}",
    )

    assert may.time.span[:2] == (date(2024, 5, 1), date(2024, 5, 31))
    assert (may.breakdown.key, whole.breakdown.key) == ("", "MONAT=")
    assert whole.time.span[:2] == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_sort_of_time_nobody_knows_is_refused_and_kept():
    (row,) = read(ONE, f"12411;B;WAHLP;Wahlperiode;7;{CHEMNITZ};1;{COUNT}")

    assert row.time.span == Refused("unknown_period", "WAHLP 7")
    assert row.time.words == "7"


@pytest.mark.parametrize("sign", ["-", ".", "...", "x", "/"])
def test_signs_stay_signs(sign):
    (row,) = read(ONE, f"{STAG};{CHEMNITZ};{sign};{COUNT}")

    assert (row.value.value, row.value.mark) == (None, sign)


def test_text_in_the_column_of_values_is_refused_with_its_words():
    (row,) = read(ONE, f"{STAG};{CHEMNITZ};viele;{COUNT}")

    assert row.value == Refused("not_a_number", "viele")


def test_an_empty_value_is_none_and_the_row_stays():
    (row,) = read(ONE, f"{STAG};{CHEMNITZ};;{COUNT}")

    assert row.value is None


def test_files_in_english_have_points():
    one, other = read(ONE, f"{STAG};{CHEMNITZ};45.4;{COUNT}", f"{STAG};{CHEMNITZ};1.234;{COUNT}")

    assert (one.value.value, other.value.value) == (Decimal("45.4"), Decimal("1.234"))


def test_a_lone_point_is_ambiguous():
    (row,) = read(ONE, f"{STAG};{CHEMNITZ};1.234;{COUNT}")

    assert row.value == Refused("ambiguous_number", "1.234")


def test_values_that_contradict_each_other_leave_a_lone_point_ambiguous():
    found = read(ONE, *(f"{STAG};{CHEMNITZ};{value};{COUNT}" for value in ("45,4", "45.4", "1.234")))

    assert found[2].value == Refused("ambiguous_number", "1.234")


def test_a_column_of_quality_speaks_of_the_value():
    head = f"{ONE};value_q"
    good, bad = read(head, f"{STAG};{CHEMNITZ};103,1;{COUNT};e", f"{STAG};{CHEMNITZ};1;{COUNT};")

    assert (good.value.qualifiers, good.value.meaning) == ("e", MarkMeaning.FINAL)
    assert bad.value == ReadValue(Decimal(1))


def test_the_form_before_has_its_quantities_in_the_head():
    head = f"{OLD};BEVSTD__Bevoelkerungsstand__Anzahl;BEVSTD__Bevoelkerungsstand__q;Preisindex__CH0004"
    count, change = read(head, f"12411;B;STAG;Stichtag;31.12.2022;{CHEMNITZ};248563;e;3,1")

    assert (count.number, change.number) == (2, 2)
    assert (count.quantity.code, count.quantity.name, count.quantity.unit_words) == (
        "BEVSTD",
        "Bevoelkerungsstand",
        "Anzahl",
    )
    assert count.value == ReadValue(Decimal(248563), qualifiers="e", meaning=MarkMeaning.FINAL)
    assert (change.quantity.code, change.quantity.unit_words) == ("Preisindex__CH0004", "")
    assert change.value.value == Decimal("3.1")
    assert count.time.span.ends_on == date(2022, 12, 31)


def test_another_list_is_refused_with_the_heads_it_lacks():
    refused = layout(["stadtteil", "einwohner"])

    assert refused.code == "not_ffcsv"
    assert "statistics_code" in refused.words
    assert layout([]).code == "not_ffcsv"
    assert isinstance(layout(OLD.split(";")), Refused)


@pytest.mark.parametrize(
    ("line", "code"),
    [(f"{STAG};{CHEMNITZ};1;Anzahl", "too_few_cells"), (f"{STAG};{CHEMNITZ};1;{COUNT};;", "too_many_cells")],
)
def test_a_line_of_another_width_is_refused_with_its_number(line, code):
    found = read(ONE, f"{STAG};{CHEMNITZ};1;{COUNT}", line, f"{STAG};{CHEMNITZ};2;{COUNT}")

    assert found[1] == BadRow(3, code, line)
    assert [one.number for one in found] == [2, 3, 4]


@pytest.mark.parametrize("rest", [f"{STAG};{CHEMNITZ};12", f"{STAG};{CHEMNITZ};12;Anzahl;BEVSTD;Bevölk"])
def test_a_file_that_breaks_off_says_where(rest):
    found = read(ONE, f"{STAG};{CHEMNITZ};1;{COUNT}", rest, end="")

    assert found[1] == BadRow(3, "file_cut_off", rest)


def test_a_whole_last_line_needs_no_line_end():
    found = list(
        rows(
            records(f"{ONE}\n{STAG};{CHEMNITZ};1;{COUNT}\n{STAG};{CHEMNITZ};2;{COUNT}")[1:],
            layout(ONE.split(";")),
            legend=LEGEND,
            variables=VARIABLES,
            is_complete=False,
        )
    )

    assert [(one.number, one.value.value) for one in found] == [(2, 1), (3, 2)]


def test_blank_lines_are_no_rows():
    lines = [*records(f"{STAG};{CHEMNITZ};1;{COUNT}\n"), [], []]

    assert len(list(rows(lines, layout(ONE.split(";")), legend=LEGEND, variables=VARIABLES))) == 1


def test_a_label_in_quotes_is_one_cell():
    (row,) = read(ONE, f'{STAG};KREISE;Kreise;14511;"Chemnitz; Stadt";1;{COUNT}')

    assert row.region.axis.label == "Chemnitz; Stadt"


def test_lines_are_cut_as_csv_cuts_them():
    text = f"{ONE}\r\n{STAG};{CHEMNITZ};1;{COUNT}\r\n\r\nx;\x0b;\u2028\r\n"

    assert records(text) == list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_decimals_show_the_notation_of_a_file():
    body = records(f"{STAG};{CHEMNITZ};66,20;{COUNT}\n")

    assert notation_of(body, layout(ONE.split(";"))) is Notation.GERMAN
    assert notation_of(records(f"{STAG};{CHEMNITZ};66;{COUNT}\n"), layout(ONE.split(";"))) is None
