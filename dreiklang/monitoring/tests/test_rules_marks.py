from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.reading import Notation
from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.marks import (
    BESIDE,
    Legend,
    Mark,
    ReadValue,
    ValueCache,
    legend_on,
    read_cell,
    read_value,
    shipped_marks_of,
    unknown_of,
    with_quality,
    written,
)
from dreiklang.monitoring.rules.values import MarkMeaning, Refused

SHIPPED = Path(__file__).parents[1] / "data" / "marks.yaml"
MARKS = shipped_marks_of(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))
TODAY = date(2026, 11, 23)
DESTATIS = legend_on(MARKS, provider="destatis", on=TODAY)
GERMAN = Notation.GERMAN


@pytest.mark.parametrize(
    ("text", "mark", "meaning"),
    [
        ("-", "-", MarkMeaning.NOTHING_THERE),
        (".", ".", MarkMeaning.UNKNOWN),
        ("...", "...", MarkMeaning.LATER),
        ("x", "x", MarkMeaning.NOT_APPLICABLE),
        ("/", "/", MarkMeaning.UNRELIABLE),
    ],
)
def test_a_sign_is_kept_with_its_meaning_and_is_no_number(text, mark, meaning):
    assert read_value(text, legend=DESTATIS) == ReadValue(None, mark, meaning=meaning)


@pytest.mark.parametrize(("text", "mark"), [("–", "-"), ("…", "..."), ("X", "x"), (" - ", "-")])
def test_another_spelling_of_a_sign_is_kept_as_written(text, mark):
    read = read_value(text, legend=DESTATIS)

    assert (read.mark, read.words, written(read)) == (mark, text, text)


def test_a_dash_is_never_zero_not_even_where_the_legend_says_so():
    leipzig = legend_on(MARKS, provider="leipzig", on=TODAY)

    read = read_value("-", legend=leipzig)

    assert (read.value, read.meaning) == (None, MarkMeaning.EXACT_ZERO)
    assert unknown_of(read) == Unknown("exact_zero", "-")


def test_a_zero_may_be_a_sign_and_keeps_its_number():
    read = read_value("0,0", legend=DESTATIS, notation=GERMAN)

    assert (read.value, read.mark, read.meaning) == (Decimal(0), "0", MarkMeaning.LESS_THAN_HALF)
    assert written(read) == "0,0"


def test_a_zero_is_a_plain_number_where_no_legend_speaks_of_it():
    assert read_value("0", legend=Legend()) == ReadValue(Decimal(0))


def test_the_same_sign_means_something_else_at_another_office():
    lsn = legend_on(MARKS, provider="lsn", on=TODAY)

    assert read_value("0", legend=lsn).meaning is MarkMeaning.EXACT_ZERO
    assert read_value("-", legend=lsn) == Refused("unknown_sign", "-")


def test_brackets_limit_a_number_and_do_not_make_it_negative():
    read = read_value("(12)", legend=DESTATIS)

    assert read == ReadValue(Decimal(12), "()", "", "(12)", MarkMeaning.LIMITED)


@pytest.mark.parametrize(
    ("text", "value", "letters"),
    [("12 p", "12", "p"), ("12p", "12", "p"), ("-1,5 r", "-1.5", "r"), ("1.234,5 p r", "1234.5", "pr")],
)
def test_letters_beside_a_number_qualify_it(text, value, letters):
    read = read_value(text, legend=DESTATIS, notation=GERMAN)

    assert (read.value, read.qualifiers, written(read)) == (Decimal(value), letters, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.234", "ambiguous_number"),
        ("zwölf", "not_a_number"),
        ("keine Angabe", "not_a_number"),
        ("k. A.", "not_a_number"),
        ("12 q", "not_a_number"),
        ("?", "unknown_sign"),
        ("#", "unknown_sign"),
        ("12,5 ha", "not_a_number"),
        ("12-", "not_a_number"),
        ("(12", "not_a_number"),
        ("1.23.456", "not_a_number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_words(text, code):
    assert read_value(text, legend=DESTATIS) == Refused(code, text)


@pytest.mark.parametrize("text", ["-", "(12)", "12 p"])
def test_without_a_legend_no_sign_is_known(text):
    assert isinstance(read_value(text, legend=Legend()), Refused)


def test_an_empty_cell_is_no_value():
    assert read_value("  ", legend=DESTATIS) is None
    assert written(None) == ""


def test_the_notation_decides_over_a_lone_point():
    assert read_value("1.234", legend=DESTATIS, notation=GERMAN) == ReadValue(Decimal(1234), words="1.234")
    assert read_value("1.234", legend=DESTATIS, notation=Notation.ENGLISH) == ReadValue(Decimal("1.234"))


def test_decimals_stay_as_many_as_written():
    read = read_value("66,20", legend=DESTATIS, notation=GERMAN)

    assert (str(read.value), read.words) == ("66.20", "")


def test_a_zero_below_nothing_keeps_its_minus_in_words():
    read = read_value("-0,0", legend=Legend(), notation=GERMAN)

    assert (str(read.value), written(read)) == ("0.0", "-0,0")


def test_numbers_of_a_workbook_count_with_their_fifteen_digits():
    assert read_cell(2.7198880219999997, legend=Legend()) == ReadValue(Decimal("2.719888022"))
    assert read_cell(7168, legend=Legend()) == ReadValue(Decimal(7168))
    assert read_cell(True, legend=Legend()) == Refused("not_a_number", "True")
    assert read_cell(None, legend=Legend()) is None


def test_a_column_of_quality_signs_speaks_of_its_number():
    final = with_quality(ReadValue(Decimal(103)), "e", legend=DESTATIS)
    sign = with_quality(read_value(".", legend=DESTATIS), "p", legend=DESTATIS)

    assert (final.qualifiers, final.meaning) == ("e", MarkMeaning.FINAL)
    assert (sign.value, sign.qualifiers, sign.meaning) == (None, "p", MarkMeaning.UNKNOWN)
    assert with_quality(ReadValue(Decimal(1)), "?", legend=DESTATIS) == Refused("unknown_sign", "?")
    assert with_quality(ReadValue(Decimal(1)), "", legend=DESTATIS) == ReadValue(Decimal(1))


def test_a_legend_holds_from_its_first_to_its_last_day():
    old = Mark("amt", "-", MarkMeaning.EXACT_ZERO, "genau Null", valid_to=date(2020, 12, 31))
    new = Mark("amt", "-", MarkMeaning.NOTHING_THERE, "nichts vorhanden", valid_from=date(2021, 1, 1))

    legends = [
        legend_on([old, new], provider="amt", on=day) for day in (date(2020, 12, 31), date(2021, 1, 1))
    ]

    assert [one.alone["-"].meaning for one in legends] == [
        MarkMeaning.EXACT_ZERO,
        MarkMeaning.NOTHING_THERE,
    ]


def test_two_signs_of_one_spelling_on_one_day_are_an_error():
    twice = [
        Mark("amt", "-", MarkMeaning.EXACT_ZERO, "a"),
        Mark("amt", "–", MarkMeaning.LATER, "b", also=("-",)),
    ]

    with pytest.raises(ValueError):
        legend_on(twice, provider="amt", on=TODAY)


def test_every_shipped_sign_has_words_and_a_source_and_no_legend_says_two_things():
    assert all(mark.words and mark.source for mark in MARKS)
    for provider in {mark.provider for mark in MARKS}:
        assert legend_on(MARKS, provider=provider, on=TODAY).alone


def test_signs_beside_a_number_never_stand_for_one():
    assert not {mark.mark for mark in MARKS if mark.meaning in BESIDE} & set(DESTATIS.alone)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_what_is_written_is_read_again(number):
    text = f"{number:f}".replace(".", ",")

    read = read_value(text, legend=DESTATIS, notation=GERMAN)

    assert (read.value, written(read)) == (number, text)


@given(
    st.from_regex(r"-?[0-9]{1,4}([.,][0-9]{1,4})?", fullmatch=True)
    | st.sampled_from(["-", ".", "x", "abc", ""])
)
@pytest.mark.parametrize("notation", [None, *Notation])
def test_the_kept_reading_is_the_reading(notation, text):
    cache = ValueCache(legend=DESTATIS, notation=notation)

    assert cache[text] == read_value(text, legend=DESTATIS, notation=notation)
