"""What a row of GENESIS ffcsv is made of. The parts are shared: rows of one region have one and the same RegionRef."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from .marks import ReadValue
from .periods import TimeSpan
from .regions import RegionKey
from .values import Refused


class Axis(NamedTuple):
    """One variable of a row and its value. `position` counts from 1, as in the head; a total has an empty `code`."""

    position: int
    variable: str
    variable_label: str
    code: str
    label: str


class RegionRef(NamedTuple):
    """The area of a row: its axis as delivered, and what its key names.

    axis  None where the table has no axis of areas; `key` is then Refused `unknown_region`
    """

    axis: Axis | None
    key: RegionKey | Refused


class QuantityRef(NamedTuple):
    """What is counted.

    code        as the source has it ("BEVSTD"); with the value of `axis` behind a slash where each of that variable
                is a quantity with a unit of its own ("INDIKA/NE2-14-01-B-3")
    name        in the words of the source; of `axis` where there is one
    unit_words  as delivered; "jew. ME" (each its own) is replaced by what stands in brackets at the end of the name,
                empty if there is nothing
    """

    statistic: str
    statistic_label: str
    variable: str
    variable_label: str
    unit: str
    code: str
    name: str
    unit_words: str
    axis: Axis | None = None


class BreakdownRef(NamedTuple):
    """The other axes of a row, in the order of the file.

    key  "GES=GESW;NAT=", sorted by variable, empty for a row without other axes; equal for equal breakdowns
    """

    key: str = ""
    axes: tuple[Axis, ...] = ()

    @property
    def is_total(self) -> bool:
        """Whether every axis is a total."""
        return all(not axis.code for axis in self.axes)


class TimeRef(NamedTuple):
    """When: as delivered, and as read. `axis` is the month or quarter where it is an axis of its own."""

    code: str
    label: str
    words: str
    span: TimeSpan | Refused
    axis: Axis | None = None


class FfcsvRow(NamedTuple):
    """One value with everything its row says.

    number  of the line in the file; the head is 1. In the old form several rows have one number
    value   None where the cell is empty
    """

    number: int
    quantity: QuantityRef
    region: RegionRef
    breakdown: BreakdownRef
    time: TimeRef
    value: ReadValue | Refused | None


class BadRow(NamedTuple):
    """A line that is no row of this file. Codes: `too_few_cells`, `too_many_cells`, `file_cut_off`."""

    number: int
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class RegionalVariables:
    """Which variables name areas."""

    names: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    def __contains__(self, variable: object) -> bool:
        return variable in self.names or (isinstance(variable, str) and variable.startswith(self.prefixes))


def shipped_variables_of(entries: Iterable[Mapping[str, Any]]) -> RegionalVariables:
    """The variables in the shipped list, as YAML gives them."""
    known = list(entries)
    return RegionalVariables(
        frozenset(one["variable"] for one in known if not one.get("prefix")),
        tuple(one["variable"] for one in known if one.get("prefix")),
    )
