"""Units of indicators: what they measure, how they are written, and when two of them fit together.

The list is data: dreiklang/monitoring/data/units.yaml. How formulas use it: docs/rules/derived-indicators.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from dreiklang.core.values import Unknown

_KINDS = {"", "share", "points", "no_zero"}
_BLANKS = re.compile(r"\s+")
# 1.000, 1 000 and 1000 are the same number of inhabitants.
_THOUSANDS = re.compile(r"(?<=\d)[.\s](?=\d{3}(?!\d))")


class InvalidUnits(ValueError):
    """The list of units is not what it should be: `where` names the unit, `why` says what is wrong."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of values.

    dimension  what it measures, to which power, without zeros; {} is a plain ratio
    factor     one of it in the base unit of its dimension (percent: 0.01, Tsd. Euro: 1000)
    is_share   a part of a whole: differences of it are percentage points
    is_points  such a difference
    has_zero   its zero means nothing there, so that "10 % more" makes sense; degrees Celsius have none
    per        1000 for "je 1.000"; 1 else
    sign       how it is written behind a number, if shorter than the name
    """

    code: str
    name: str
    dimension: Mapping[str, int]
    factor: Decimal = Decimal(1)
    is_share: bool = False
    is_points: bool = False
    has_zero: bool = True
    per: int = 1
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Units:
    """The units in use, by code; the words they are written with; what is counted one by one."""

    by_code: Mapping[str, Unit]
    by_words: Mapping[str, str]
    counted: frozenset[str]


def units_from(data: Any) -> Units:
    """The units from data (YAML). Raises: InvalidUnits, which names the unit, also for words of two units."""
    if not isinstance(data, Mapping) or not isinstance(data.get("units"), list):
        raise InvalidUnits("units", "is missing, or is not a list")
    by_code: dict[str, Unit] = {}
    by_words: dict[str, str] = {}
    for entry in data["units"]:
        unit = _unit(entry)
        if unit.code in by_code:
            raise InvalidUnits(unit.code, "stands twice")
        by_code[unit.code] = unit
        for words in {_written(str(word)) for word in (*entry.get("words", ()), unit.name)}:
            if by_words.setdefault(words, unit.code) != unit.code:
                raise InvalidUnits(unit.code, f"“{words}” is {by_words[words]} already")
    return Units(
        MappingProxyType(by_code), MappingProxyType(by_words), frozenset(map(str, data.get("counted") or ()))
    )


@cache
def shipped_units() -> Units:
    """The units that come with Dreiklang."""
    text = resources.files("dreiklang.monitoring").joinpath("data/units.yaml").read_text(encoding="utf-8")
    return units_from(yaml.safe_load(text))


def unit_of(words: str) -> Unit | Unknown:
    """The unit a source names, by code or by its words; brackets around it and a leading "in" do not matter.

    Capitals count first ("MW", "mm"); where only one unit is written so without them, they do not.
    unknown: `unit_unknown` with the words of the source, also where small letters fit two units.
    """
    units = shipped_units()
    written = _written(words)
    code = written if written in units.by_code else units.by_words.get(written, "")
    if not code:
        alike = {units.by_words[known] for known in units.by_words if known.casefold() == written.casefold()}
        code = alike.pop() if len(alike) == 1 else ""
    return units.by_code[code] if code else Unknown("unit_unknown", words)


def convertible(source: Unit, target: Unit) -> Decimal | None:
    """By what a value in `source` is multiplied to be one in `target`; None where they measure different things.

    Shares and percentage points are both ratios, but not the same thing. Degrees and grades only fit themselves.
    """
    if source.code == target.code:
        return Decimal(1)
    same = dict(source.dimension) == dict(target.dimension) and source.is_points == target.is_points
    return source.factor / target.factor if same and source.has_zero and target.has_zero else None


def fits(source: Unit, declared: Unit) -> Decimal | None:
    """As `convertible`, but a declared rate such as "je 1.000 Einwohner" takes any counted thing above its line."""
    factor = convertible(source, declared)
    if factor is not None or source.is_points or not _is_open_rate(declared):
        return factor
    above = {
        what: power
        for what in {*source.dimension, *declared.dimension}
        if (power := source.dimension.get(what, 0) - declared.dimension.get(what, 0))
    }
    is_counted = len(above) == 1 and set(above.values()) == {1} and above.keys() <= shipped_units().counted
    return source.factor / declared.factor if is_counted else None


def _is_open_rate(unit: Unit) -> bool:
    return bool(unit.dimension) and all(power < 0 for power in unit.dimension.values())


def _unit(entry: Any) -> Unit:
    where = str(entry.get("code") or "?") if isinstance(entry, Mapping) else str(entry)
    if not isinstance(entry, Mapping) or not entry.get("code") or not entry.get("name"):
        raise InvalidUnits(where, "has no code, or no name")
    kind = str(entry.get("kind", ""))
    if kind not in _KINDS:
        raise InvalidUnits(where, f"is of no kind “{kind}”")
    per = entry.get("per", 1)
    if not isinstance(per, int) or per < 1:
        raise InvalidUnits(where, "`per` is no whole number of 1 or more")
    return Unit(
        code=where,
        name=str(entry["name"]),
        dimension=_dimension(entry.get("dimension"), where),
        factor=_factor(entry.get("factor", 1), where),
        is_share=kind == "share",
        is_points=kind == "points",
        has_zero=kind != "no_zero",
        per=per,
        sign=str(entry.get("sign", "")),
    )


def _dimension(written: Any, where: str) -> Mapping[str, int]:
    if not isinstance(written, Mapping) or not all(isinstance(p, int) and p for p in written.values()):
        raise InvalidUnits(where, "its dimension is no table of names and powers")
    return MappingProxyType({str(what): power for what, power in written.items()})


def _factor(written: Any, where: str) -> Decimal:
    try:
        factor = Decimal(str(written))
    except InvalidOperation:
        factor = Decimal(0)
    if not factor.is_finite() or factor <= 0:
        raise InvalidUnits(where, "its factor is no number above 0")
    return factor


def _written(words: str) -> str:
    text = _BLANKS.sub(" ", words).strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    return _THOUSANDS.sub("", text.removeprefix("in "))
