"""Sheets for grant reports: a layout per programme as data, filled from what is known, every gap named.

The shape of a layout, with an example: docs/rules/grant-sheets.md. Shipped ones: dreiklang/monitoring/data/grants/.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import yaml

from dreiklang.core.values import Unknown

from .units import Unit, convertible, shipped_units

Code = TypeVar("Code", bound=StrEnum)


class Role(StrEnum):
    """What a row tells: what goes in, what comes out of it, or how the area stands anyway."""

    INPUT = "input"
    OUTPUT = "output"
    CONTEXT = "context"


class SourceKind(StrEnum):
    """Where a value comes from. MANUAL: nobody but a person knows it."""

    INDICATOR = "indicator"
    MEASURES = "measures"
    FUNDING = "funding"
    AREA = "area"
    MANUAL = "manual"


class InvalidLayout(ValueError):
    """A layout is not what it should be: `where` names the place, `why` says what is wrong."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row gets its value.

    name    the short name of an indicator, or which field of the measures, the funding, the area; of a person, its row
    detail  the breakdown of an indicator, or which measures count ("phase=in_use"); empty for all
    """

    kind: SourceKind
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet. Without a unit it takes words. `to_check`: what we could not read in any rule of the programme."""

    key: str
    title: str
    role: Role
    source: Source
    unit: str = ""
    decimals: int = 0
    basis: str = ""
    to_check: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A headed block of rows."""

    key: str
    title: str
    rows: tuple[Row, ...]
    to_check: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet of a programme in one version. `is_example`: nobody official has asked for it."""

    key: str
    version: str
    title: str
    programme: str
    note: str
    is_example: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """A value for a sheet: a number with the code of its unit, words, or Unknown; and what it rests on, in words."""

    value: Decimal | str | Unknown
    unit: str = ""
    rests_on: str = ""
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row with its value in the unit of the row, exact; `decimals` of the row are for showing it."""

    part: str
    row: Row
    value: Decimal | str | Unknown
    rests_on: str = ""
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled layout, in the order of its rows."""

    layout: Layout
    rows: tuple[FilledRow, ...]

    @property
    def gaps(self) -> tuple[FilledRow, ...]:
        """The rows that have no value, each with its reason."""
        return tuple(row for row in self.rows if isinstance(row.value, Unknown))


def layout_from(data: Any) -> Layout:
    """The layout from data (YAML). Raises: InvalidLayout, which names the place."""
    if not isinstance(data, Mapping):
        raise InvalidLayout("layout", "is not a table of names and values")
    parts = tuple(
        _part(entry, f"parts[{number}]") for number, entry in enumerate(_list(data, "parts", "layout"))
    )
    _only_once([part.key for part in parts], "parts")
    _only_once([row.key for part in parts for row in part.rows], "rows")
    return Layout(
        key=_text(data, "key", "layout"),
        version=_text(data, "version", "layout"),
        title=_text(data, "title", "layout"),
        programme=_text(data, "programme", "layout"),
        note=_text(data, "note", "layout"),
        is_example=_flag(data, "example", "layout"),
        parts=parts,
    )


@cache
def shipped_layouts() -> Mapping[str, Layout]:
    """The layouts that come with Dreiklang, by key; numbers before the names of their files set their order."""
    folder = resources.files("dreiklang.monitoring").joinpath("data/grants")
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name
    )
    layouts = [layout_from(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files]
    return {layout.key: layout for layout in layouts}


def sources(layout: Layout) -> tuple[Source, ...]:
    """What a layout asks for, each once, in the order of its rows."""
    return tuple(dict.fromkeys(row.source for _part, row in _rows(layout)))


def filled(layout: Layout, *, values: Mapping[Source, Given]) -> Sheet:
    """The sheet with what is known; nothing is guessed, and a gap is no 0.

    unknown: `not_delivered` where no value was given, `to_enter` where a person has to; `unit_mismatch` if a value is in a
    unit that is not the row's, `unit_unknown`, `number_expected` for words where a number belongs and `words_expected` for
    a number where words do, both with what was given; else the reason of the value.
    """
    return Sheet(layout, tuple(_filled(part, row, values.get(row.source)) for part, row in _rows(layout)))


def _rows(layout: Layout) -> Iterator[tuple[Part, Row]]:
    for part in layout.parts:
        for row in part.rows:
            yield part, row


def _filled(part: Part, row: Row, given: Given | None) -> FilledRow:
    if given is None:
        by_hand = row.source.kind is SourceKind.MANUAL
        return FilledRow(part.key, row, Unknown("to_enter" if by_hand else "not_delivered"))
    return FilledRow(part.key, row, _value(row, given), given.rests_on, given.is_estimate)


def _value(row: Row, given: Given) -> Decimal | str | Unknown:
    value = given.value
    if isinstance(value, Unknown):
        return value
    if isinstance(value, str):
        if row.unit:
            return Unknown("number_expected", value)
        return value if value.strip() else Unknown("not_delivered")
    if not row.unit:
        return Unknown("words_expected", str(value))
    if not value.is_finite():
        return Unknown("number_expected", str(value))
    return _converted(value, given.unit, row.unit)


def _converted(value: Decimal, source: str, target: str) -> Decimal | Unknown:
    known: Mapping[str, Unit] = shipped_units().by_code
    if source not in known:
        return Unknown("unit_unknown", source)
    factor = convertible(known[source], known[target])
    return (
        Unknown("unit_mismatch", f"{known[source].name} ≠ {known[target].name}")
        if factor is None
        else value * factor
    )


def _part(entry: Any, where: str) -> Part:
    if not isinstance(entry, Mapping):
        raise InvalidLayout(where, "is not a table of names and values")
    rows = tuple(
        _row(row, f"{where}.rows[{number}]") for number, row in enumerate(_list(entry, "rows", where))
    )
    return Part(
        _text(entry, "key", where), _text(entry, "title", where), rows, _flag(entry, "to_check", where)
    )


def _row(entry: Any, where: str) -> Row:
    if not isinstance(entry, Mapping):
        raise InvalidLayout(where, "is not a table of names and values")
    key = _text(entry, "key", where)
    unit, decimals = str(entry.get("unit") or ""), entry.get("decimals", 0)
    if unit and unit not in shipped_units().by_code:
        raise InvalidLayout(f"{where}.unit", f"“{unit}” is no unit of the list")
    if type(decimals) is not int or not 0 <= decimals <= 6:
        raise InvalidLayout(f"{where}.decimals", "is no whole number from 0 to 6")
    return Row(
        key=key,
        title=_text(entry, "title", where),
        role=_one_of(Role, entry.get("role"), f"{where}.role"),
        source=_source(entry.get("source"), key, where),
        unit=unit,
        decimals=decimals,
        basis=_text(entry, "basis", where),
        to_check=_flag(entry, "to_check", where),
    )


def _source(entry: Any, key: str, where: str) -> Source:
    if not isinstance(entry, Mapping):
        raise InvalidLayout(f"{where}.source", "is not a table of names and values")
    kind = _one_of(SourceKind, entry.get("kind"), f"{where}.source.kind")
    name = key if kind is SourceKind.MANUAL else _text(entry, "name", f"{where}.source")
    return Source(kind, name, str(entry.get("detail") or ""))


def _one_of(codes: type[Code], written: Any, where: str) -> Code:
    try:
        return codes(written)
    except ValueError:
        raise InvalidLayout(where, f"is none of {', '.join(codes)}") from None


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InvalidLayout(f"{where}.{key}", "is missing, or is not text")
    return value.strip()


def _flag(data: Mapping[str, Any], key: str, where: str) -> bool:
    value = data.get(key, False)
    if not isinstance(value, bool):
        raise InvalidLayout(f"{where}.{key}", "is neither yes nor no")
    return value


def _list(data: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise InvalidLayout(f"{where}.{key}", "is missing, or is not a list")
    return value


def _only_once(keys: list[str], where: str) -> None:
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise InvalidLayout(where, f"{twice[0]} stands twice")
