"""What the rules of monitoring speak about: closed lists, and an observation as a plain value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dreiklang.core.values import Unknown


class IndicatorKind(StrEnum):
    """Measured in numbers, or described in words and rated."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


class ValueKind(StrEnum):
    """What a value is. Targets of the city stand in a list of their own; this kind is for delivered ones."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    FORECAST = "forecast"
    TARGET = "target"


class Direction(StrEnum):
    """Where better lies. RANGE: between the two ends of a target. NONE: context, neither good nor bad."""

    MORE = "more"
    LESS = "less"
    RANGE = "range"
    NONE = "none"


class Comparison(StrEnum):
    """How a target is meant."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    EQUALS = "equals"


class MarkMeaning(StrEnum):
    """What an official sign in place of a number, or beside it, means by the legend of its source."""

    EXACT_ZERO = "exact_zero"
    LESS_THAN_HALF = "less_than_half"
    NOTHING_THERE = "nothing_there"
    UNKNOWN = "unknown"
    CONFIDENTIAL = "confidential"
    UNRELIABLE = "unreliable"
    LATER = "later"
    NOT_APPLICABLE = "not_applicable"
    LIMITED = "limited"
    PRELIMINARY = "preliminary"
    REVISED = "revised"
    ESTIMATED = "estimated"
    FINAL = "final"
    BREAK = "break"


class BreakKind(StrEnum):
    """Why values before and after a day cannot be compared."""

    METHOD = "method"
    TERRITORY = "territory"
    SOURCE = "source"
    DEFINITION = "definition"


class RegionLevel(StrEnum):
    """What sort of area a value is about, from large to small; CUSTOM is drawn by somebody."""

    NATION = "nation"
    STATE = "state"
    GOV_REGION = "gov_region"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    CITY_PART = "city_part"
    AREA = "area"
    CUSTOM = "custom"


class TrendCode(StrEnum):
    """Where a series goes."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


class Meaning(StrEnum):
    """Whether that is good, by the direction of the indicator."""

    BETTER = "better"
    WORSE = "worse"
    NEUTRAL = "neutral"


class TargetState(StrEnum):
    """How the last value stands to the next target. OPEN: nobody can tell yet."""

    REACHED = "reached"
    ON_WAY = "on_way"
    OFF_WAY = "off_way"
    MISSED = "missed"
    OPEN = "open"


class RatingState(StrEnum):
    """What a person says of a criterion."""

    REACHED = "reached"
    ON_WAY = "on_way"
    OFF_WAY = "off_way"
    UNKNOWN = "unknown"


class ClassMethod(StrEnum):
    """How the classes of a map are cut. OWN: where somebody said so."""

    EQUAL = "equal"
    QUANTILE = "quantile"
    NATURAL = "natural"
    OWN = "own"


class ReleaseState(StrEnum):
    """Whether a value may be shown. Suppressed ones are shown as a sign, never as a number."""

    RELEASED = "released"
    WAITING = "waiting"
    SUPPRESSED = "suppressed"
    SUPPRESSED_SECONDARY = "suppressed_secondary"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Point:
    """One observation of one region as the rules see it.

    starts_on  first day of its period; the same as `ends_on` for a reference date (Stichtag)
    ends_on    last day: what puts it in order
    value      in the unit of its indicator; Unknown with the reason its sign has
    mark       the sign as delivered, also one beside a number
    scenario   of a forecast
    made_on    the day a forecast was made
    """

    ends_on: date
    value: Decimal | Unknown
    starts_on: date
    kind: ValueKind = ValueKind.ACTUAL
    mark: str = ""
    scenario: str = ""
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class Goalpost:
    """A target or a baseline: a value at a day. `upper` only where the target lies between two ends."""

    on: date
    value: Decimal
    comparison: Comparison = Comparison.AT_LEAST
    upper: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.comparison is Comparison.BETWEEN) != (self.upper is not None):
            raise ValueError("a target between two ends has both, any other has one")
        if self.upper is not None and self.upper < self.value:
            raise ValueError(f"a range cannot end ({self.upper}) below its begin ({self.value})")


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be read: a code that a page turns into a sentence, the words in question, a proposal if there is one."""

    code: str
    words: str = ""
    proposal: str = ""
