"""How a list writes that something acts on a goal: `!5.2 + (3): Reason`. Pure.

`!` marks the main goal; `+` supports (the default), `-` hinders; `(1)` to `(3)` is the weight; what
follows the colon is the reason. Several links are separated by `|` or by lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dreiklang.goals.rules.values import LinkSign

_LINK = re.compile(
    r"^(?P<main>!)?\s*(?P<goal>[^:|]+?)(?:\s+(?P<sign>[+\-−–]))?(?:\s*\((?P<weight>\d)\))?\s*(?::\s*(?P<reason>.*))?$",
    re.DOTALL,
)
LEAST_WEIGHT, MOST_WEIGHT = 1, 3


@dataclass(frozen=True)
class WrittenLink:
    """One link as written: `goal` is a number or a title, still to be looked up."""

    goal: str
    sign: LinkSign = LinkSign.SUPPORTS
    weight: int = 1
    reason: str = ""
    is_main: bool = False


def read_links(text: str) -> list[WrittenLink]:
    """The links in a cell, in their order. Raises: ValueError with the part that cannot be read."""
    return [_read(part.strip()) for part in re.split(r"[|\n]", text) if part.strip()]


def write_links(links: Sequence[WrittenLink]) -> str:
    """The cell from which `read_links` reads the same links again."""
    return "|".join(_written(link) for link in links)


def _read(part: str) -> WrittenLink:
    found = _LINK.match(part)
    if found is None:
        raise ValueError(part)
    weight = int(found["weight"] or LEAST_WEIGHT)
    if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
        raise ValueError(part)
    sign = LinkSign.SUPPORTS if found["sign"] in (None, "+") else LinkSign.HINDERS
    reason = (found["reason"] or "").strip()
    return WrittenLink(found["goal"].strip(), sign, weight, reason, is_main=found["main"] is not None)


def _written(link: WrittenLink) -> str:
    sign = "+" if link.sign is LinkSign.SUPPORTS else "-"
    reason = f": {link.reason}" if link.reason else ""
    return f"{'!' if link.is_main else ''}{link.goal} {sign} ({link.weight}){reason}"
