"""The axes of an ffcsv line: which one is the area, which one is part of the time or of the quantity."""

import re
from collections.abc import Sequence

from .ffcsv_parts import Axis, BreakdownRef, QuantityRef, RegionalVariables, RegionRef, TimeRef
from .periods import TimeSpan, part_of_year
from .regions import region_key
from .values import Refused

# "Jeweilige Mengeneinheit": every value of the other axis has a unit of its own, so each is a quantity of its own.
EACH_ITS_OWN = "jew. ME"
_IN_BRACKETS = re.compile(r".*\(([^()]+)\)")
_NOWHERE = RegionRef(None, Refused("unknown_region"))

Rest = tuple[QuantityRef, BreakdownRef, TimeRef]


class AxesReader:
    """Reads the axes of lines. `regions` are the first axes met so far that are areas."""

    def __init__(self, places: tuple[tuple[int, ...], ...], variables: RegionalVariables) -> None:
        self._places = places
        self._variables = variables
        self.regions: dict[tuple[str, ...], RegionRef] = {}

    def first(self, words: tuple[str, ...]) -> RegionRef | None:
        """The area in the first axis, None if it is another variable."""
        if not words or words[0] not in self._variables:
            return None
        region = self.regions[words] = RegionRef(Axis(1, *words), region_key(words[2]))
        return region

    def read(self, line: Sequence[str], quantity: QuantityRef, time: TimeRef) -> tuple[RegionRef, Rest]:
        """The area, the quantity and the time with what an axis adds to them, and the other axes."""
        region = _NOWHERE
        others = []
        for number, places in enumerate(self._places, start=1):
            words = (line[places[0]], line[places[1]], line[places[2]], line[places[3]])
            if region is _NOWHERE and words[0] in self._variables:
                region = self._region(number, words)
            elif any(words):
                others.append(Axis(number, *words))
        return region, _sorted_out(others, quantity, time)

    def _region(self, number: int, words: tuple[str, str, str, str]) -> RegionRef:
        known = self.regions.get(words) if number == 1 else None
        return known or RegionRef(Axis(number, *words), region_key(words[2]))


def _sorted_out(filled: list[Axis], quantity: QuantityRef, time: TimeRef) -> Rest:
    """The filled axes, without those that are part of the time or of the quantity."""
    for axis in filled:
        narrowed = _narrowed(time, axis)
        if narrowed is not None:
            time = narrowed
            filled = [one for one in filled if one is not axis]
            break
    if quantity.unit == EACH_ITS_OWN and len(filled) == 1 and filled[0].code:
        return _one_of(quantity, filled[0]), BreakdownRef(), time
    key = ";".join(sorted(f"{axis.variable}={axis.code}" for axis in filled))
    return quantity, BreakdownRef(key, tuple(filled)), time


def _narrowed(time: TimeRef, axis: Axis) -> TimeRef | None:
    if not isinstance(time.span, TimeSpan):
        return None
    span = part_of_year(time.span, variable=axis.variable, code=axis.code)
    return time._replace(span=span, axis=axis) if span else None


def _one_of(quantity: QuantityRef, axis: Axis) -> QuantityRef:
    unit = _IN_BRACKETS.fullmatch(axis.label)
    return quantity._replace(
        code=f"{quantity.variable}/{axis.code}",
        name=axis.label,
        unit_words=unit[1] if unit else "",
        axis=axis,
    )
