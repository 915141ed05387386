"""What is said of one indicator, line by line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dreiklang.goals.rules import LinkSign
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.rules.values import BreakKind, Goalpost


@dataclass(frozen=True)
class VersionLine:
    """How an indicator was defined from a day on; `definition` by the names of its fields."""

    number: int
    valid_from: date
    definition: dict[str, Any]
    reason: str
    is_comparable: bool


@dataclass(frozen=True)
class BreakLine:
    """From when values cannot be compared; `region` is empty for everywhere, `is_ours` where the city is concerned."""

    id: int
    on: date
    kind: BreakKind
    reason: str
    region: str
    is_ours: bool


@dataclass(frozen=True)
class TargetLine:
    """A target or baseline; `region` is empty for the whole city."""

    id: int
    version: int
    post: Goalpost
    is_baseline: bool
    decision: str
    reason: str
    region: str
    region_id: int | None
    is_ours: bool


@dataclass(frozen=True)
class LinkedGoal:
    """A goal or a future task that the indicator tells of."""

    id: int
    number: str
    title: str
    url: str
    is_main: bool = False
    reason: str = ""


@dataclass(frozen=True)
class EffectLine:
    """What a measure is to do to the indicator, and what was seen; values in the unit of the indicator."""

    id: int
    version: int
    number: str
    title: str
    sign: LinkSign
    weight: int
    expected_value: Decimal | None
    expected_year: int | None
    expected_basis: str
    observed_value: Decimal | None
    observed_on: date | None
    observed_basis: str


@dataclass(frozen=True)
class IndicatorRecord:
    """The indicator, and beside it what is kept in other tables; each list in its order."""

    indicator: Indicator
    versions: tuple[VersionLine, ...]
    breaks: tuple[BreakLine, ...]
    targets: tuple[TargetLine, ...]
    goals: tuple[LinkedGoal, ...]
    tasks: tuple[LinkedGoal, ...]
    effects: tuple[EffectLine, ...]
