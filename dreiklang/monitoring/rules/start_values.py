"""An indicator of the starter set as a plain value, with where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from .formulas import inputs, parse
from .values import Direction, RegionLevel


class Proof(StrEnum):
    """Where a statistic and its number were seen: in a table that was read, or in published metadata of its office."""

    TABLE = "table"
    METADATA = "metadata"


class SourceKind(StrEnum):
    """Where values come from. OPEN: no source is proven yet, somebody has to look (zu prüfen)."""

    OFFICIAL = "official"
    CITY = "city"
    DERIVED = "derived"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who offers official values: licence as a code of the list `licence`, words to name them with ({year} is open)."""

    key: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Statistic:
    """An official statistic by its EVAS number."""

    number: str
    name: str
    publisher: Publisher
    proof: Proof


@dataclass(frozen=True, slots=True)
class StartIndicator:
    """One proposal.

    fields          of action it usually stands in, the first is its own; codes of `StartSet.fields`
    formula         over other keys of the set; then there is neither statistic nor table
    table, code     of the data service; empty where nobody has looked yet
    city_source     the city's own list, by its German name; beside a statistic: for its districts
    hint            where a source may be found, for SourceKind.OPEN
    lag_days        from reference date to publication: an assumption of ours; None where there is not even that
    suppress_below  counts of persons below it are hidden in districts; a proposal
    """

    key: str
    name: str
    meaning: str
    limits: str
    fields: tuple[str, ...]
    unit: str
    decimals: int
    direction: Direction
    level: RegionLevel
    rhythm: str
    reference: str
    formula: str = ""
    statistic: Statistic | None = None
    table: str = ""
    code: str = ""
    city_source: str = ""
    hint: str = ""
    lag_days: int | None = None
    suppress_below: int | None = None

    @property
    def source_kind(self) -> SourceKind:
        """Where its values come from; official where the city only adds its districts."""
        if self.formula:
            return SourceKind.DERIVED
        if self.statistic:
            return SourceKind.OFFICIAL
        return SourceKind.CITY if self.city_source else SourceKind.OPEN

    @property
    def licence(self) -> str:
        """The code of the licence; empty where the city decides, or where the source is open."""
        return self.statistic.publisher.licence if self.statistic else ""


@dataclass(frozen=True, slots=True)
class StartSet:
    """The whole set, in the order of the file. `fields` are the German names of the fields of action, by code."""

    as_of: date
    fields: Mapping[str, str]
    statistics: Mapping[str, Statistic]
    indicators: tuple[StartIndicator, ...]
    by_key: Mapping[str, StartIndicator] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", MappingProxyType({one.key: one for one in self.indicators}))

    def inputs_of(self, key: str) -> tuple[StartIndicator, ...]:
        """What a derived indicator is reckoned from, in the order of its formula; () for any other."""
        formula = self.by_key[key].formula
        return tuple(self.by_key[ref.key] for ref in inputs(parse(formula))) if formula else ()
