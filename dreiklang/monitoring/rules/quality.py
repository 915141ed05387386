"""What a good record has to do with indicators, and whether a goal has few. See docs/rules/record-quality.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dreiklang.measures.rules import QualityPoint


class SetSize(StrEnum):
    """How many indicators hang on one goal."""

    NONE = "none"
    FEW = "few"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class EffectFact:
    """A link of a measure to an indicator: by the end of which year which effect is expected (None: no effect said)."""

    expected_year: int | None
    has_observed: bool = False


def indicator_point(links: Sequence[EffectFact], *, today: date) -> QualityPoint:
    """Every linked indicator has an expected effect, and an observed one once the expected year is over.

    missing  `no_indicator`; `no_expected_effect` and `no_observed_effect` where at least one link lacks it
    source   requirement M1
    """
    if not links:
        return QualityPoint("indicator", False, ("no_indicator",))
    missing = []
    if any(link.expected_year is None for link in links):
        missing.append("no_expected_effect")
    if any(_is_over(link, today) and not link.has_observed for link in links):
        missing.append("no_observed_effect")
    return QualityPoint("indicator", not missing, tuple(missing))


def set_size(count: int, *, limit: int) -> SetSize:
    """Whether a goal has no indicator, few, or more than the setting allows.

    Raises: ValueError for a negative count, or a limit below 1. Source: requirements D1 and D5 (few per goal).
    """
    if count < 0 or limit < 1:
        raise ValueError(f"{count} indicators of {limit} cannot be")
    if count == 0:
        return SetSize.NONE
    return SetSize.FEW if count <= limit else SetSize.MANY


def _is_over(link: EffectFact, today: date) -> bool:
    return link.expected_year is not None and link.expected_year < today.year
