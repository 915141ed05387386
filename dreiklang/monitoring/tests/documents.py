"""Reads the tables of docs/rules, so that a page cannot say what the code does not do."""

from datetime import date
from decimal import Decimal
from pathlib import Path

RULES = Path(__file__).resolve().parents[3] / "docs" / "rules"


def rows(page: str, heading: str) -> list[dict[str, str]]:
    """The rows of the first table below a heading of a page, each by column head."""
    text = (RULES / f"{page}.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line.strip().strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    head, _line, *body = [[cell.strip() for cell in line] for line in lines]
    assert body, f"{page}: the table below {heading!r} has no rows"
    return [dict(zip(head, row, strict=True)) for row in body]


def numbers(words: str) -> list[Decimal]:
    """ "1, 2.5, -3" as numbers."""
    return [Decimal(word) for word in words.replace("−", "-").split(",") if word.strip()]


def number(words: str) -> Decimal:
    """ "−0.825" as a number; pages write the minus sign of people."""
    return Decimal(words.replace("−", "-"))


def day(words: str) -> date:
    """ "2024-12-31" as a day; a year alone is its last day."""
    return date.fromisoformat(words if len(words) > 4 else f"{words}-12-31")
