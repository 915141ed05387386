"""Days of catalogues: ISO and all the other ways, with how exact they are."""

from datetime import date

import pytest

from dreiklang.monitoring.rules.dcat.dates import Precision, ReadDay, read_day
from dreiklang.monitoring.rules.dcat.vocabulary import XSD
from dreiklang.monitoring.rules.values import Refused


@pytest.mark.parametrize(
    ("words", "text", "precision"),
    [
        ("2021-02-01", "2021-02-01", Precision.DAY),
        ("2021-2-1", "2021-02-01", Precision.DAY),
        ("20210201", "2021-02-01", Precision.DAY),
        ("01.02.2021", "2021-02-01", Precision.DAY),
        ("1. 2. 2021", "2021-02-01", Precision.DAY),
        ("3. März 2020", "2020-03-03", Precision.DAY),
        ("Februar 2021", "2021-02", Precision.MONTH),
        ("02/2021", "2021-02", Precision.MONTH),
        ("2021-02", "2021-02", Precision.MONTH),
        ("2013", "2013", Precision.YEAR),
        ("2021-01-28T05:29:46.515877", "2021-01-28T05:29:46.515877", Precision.INSTANT),
        ("2021-02-01 10:00", "2021-02-01T10:00:00", Precision.INSTANT),
        ("2021-02-01T10:00:00+0100", "2021-02-01T10:00:00+01:00", Precision.INSTANT),
        ("01.02.2021 10:30", "2021-02-01T10:30:00", Precision.INSTANT),
        ("01.02.2021, 10:30:05 Uhr", "2021-02-01T10:30:05", Precision.INSTANT),
        ("1612137600", "2021-02-01T00:00:00Z", Precision.INSTANT),
        ("1612137600000", "2021-02-01T00:00:00Z", Precision.INSTANT),
    ],
)
def test_a_day_is_read_with_how_exact_it_is(words: str, text: str, precision: Precision) -> None:
    read = read_day(f" {words} ")

    assert isinstance(read, ReadDay)
    assert (read.text, read.precision) == (text, precision)
    assert read.is_rebuilt is (text != words)


def test_the_datatype_says_how_exact_it_is() -> None:
    kinds = [read_day(words) for words in ("2013", "2021-02", "2021-02-01", "2021-02-01T00:00:00")]

    assert [one.datatype for one in kinds if isinstance(one, ReadDay)] == [
        XSD + "gYear",
        XSD + "gYearMonth",
        XSD + "date",
        XSD + "dateTime",
    ]


def test_a_month_begins_with_its_first_day() -> None:
    read = read_day("Februar 2021")

    assert isinstance(read, ReadDay)
    assert read.on == date(2021, 2, 1)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "irgendwann",
        "31.02.2021",
        "02/03/2021",
        "20211301",
        "2021-13",
        "2021-02-01T25:00:00",
        "0021-02-01",
        "01.02.21",
        "42",
    ],
)
def test_what_nobody_can_tell_is_refused_with_its_words(words: str) -> None:
    assert read_day(words) == Refused("not_a_day", words)
