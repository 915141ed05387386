"""The tables of docs/rules/reading-lists.md are true."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from dreiklang.core.reading import (
    Cost,
    Found,
    Notation,
    Order,
    ReadPeriod,
    Refused,
    read_cost,
    read_date,
    read_number,
    read_period,
)
from dreiklang.core.values import Period, Unknown

PAGE = Path(__file__).parents[4] / "docs" / "rules" / "reading-lists.md"


def rows(title):
    section = PAGE.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    return [tuple(cell.strip().strip("`") for cell in line.split("|")[1:-1]) for line in lines]


def told(result):
    """A result as the page writes it."""
    match result:
        case Refused():
            return f"refused: {result.code}"
        case Unknown():
            return f"unknown: {result.reason}"
        case Cost():
            return f"{result.amount.amount}" + " ca." * result.approximate
        case ReadPeriod():
            return (
                "continuous" if result.is_continuous else told(result.period) + " ca." * result.is_approximate
            )
        case Found():
            return "found: " + ", ".join(told(period) for period in result.periods)
        case Period():
            return f"{result.start or ''}..{result.end or ''}"
        case Decimal():
            return f"{result:f}"
        case _:
            return str(result)


@pytest.mark.parametrize(("written", "declared", "read"), rows("Numbers"))
def test_numbers_are_read_as_the_page_says(written, declared, read):
    assert told(read_number(written, notation=Notation(declared) if declared else None)) == read


@pytest.mark.parametrize(("written", "declared", "read"), rows("Days"))
def test_days_are_read_as_the_page_says(written, declared, read):
    assert told(read_date(written, slashes=Order(declared) if declared else None)) == read


@pytest.mark.parametrize(("written", "read"), rows("Periods"))
def test_periods_are_read_as_the_page_says(written, read):
    result = read_period(written)

    assert told(result) == read
    if isinstance(result, ReadPeriod):
        assert result.period.words == written


@pytest.mark.parametrize(("written", "read"), rows("Costs"))
def test_costs_are_read_as_the_page_says(written, read):
    assert told(read_cost(re.sub(r" / (?=\w)", "\r\n", written))) == read
