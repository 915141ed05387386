"""How an ffcsv file is laid out: today's form, with English heads in every language, and the one before 2025.

docs/sources/genesis.md describes both.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .values import Refused

Line = Sequence[str]

_NEW = ("statistics_code", "statistics_label", "time_code", "time_label", "time")
_NEW_VALUE = ("value", "value_unit", "value_variable_code", "value_variable_label")
_NEW_AXIS = (
    "{}_variable_code",
    "{}_variable_label",
    "{}_variable_attribute_code",
    "{}_variable_attribute_label",
)
_NEW_QUALITY = "value_q"
_OLD = ("Statistik_Code", "Statistik_Label", "Zeit_Code", "Zeit_Label", "Zeit")
_OLD_AXIS = ("{}_Merkmal_Code", "{}_Merkmal_Label", "{}_Auspraegung_Code", "{}_Auspraegung_Label")
_CODE = re.compile(r"[A-Z][A-Z0-9-]{2,}")


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values in the old form: the quantity is in its head. `quality` is the column that speaks of it."""

    at: int
    code: str
    name: str
    unit: str
    quality: int | None


@dataclass(frozen=True, slots=True)
class FfcsvLayout:
    """Where what stands. `columns` are the heads of the old form, empty in the new one; `quality` is of the new one."""

    heads: tuple[str, ...]
    base: tuple[int, ...]
    axes: tuple[tuple[int, ...], ...]
    value: tuple[int, ...] = ()
    quality: int | None = None
    columns: tuple[ValueColumn, ...] = ()

    @property
    def is_old(self) -> bool:
        """Whether the quantities stand in the head."""
        return bool(self.columns)


def layout(header: Line) -> FfcsvLayout | Refused:
    """How a file is laid out, by its first line. Refused: `not_ffcsv` with the heads that are missing."""
    heads = tuple(header)
    at = {head.strip().lstrip("\ufeff"): index for index, head in enumerate(heads)}
    if all(name in at for name in _OLD):
        columns = _value_columns(heads, at)
        if columns:
            return FfcsvLayout(heads, _places(at, _OLD), _axes(at, _OLD_AXIS), columns=columns)
    missing = [name for name in (*_NEW, *_NEW_VALUE) if name not in at]
    if missing:
        return Refused("not_ffcsv", ", ".join(missing))
    return FfcsvLayout(
        heads,
        _places(at, _NEW),
        _axes(at, _NEW_AXIS),
        value=_places(at, _NEW_VALUE),
        quality=at.get(_NEW_QUALITY),
    )


def records(text: str) -> list[list[str]]:
    """The lines of a file, the head first, cut into cells."""
    if '"' not in text:
        # As csv would cut them, in two thirds of its time; what stands behind the last line end is no line.
        lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
        return [line.split(";") if line else [] for line in lines]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _value_columns(heads: tuple[str, ...], at: dict[str, int]) -> tuple[ValueColumn, ...]:
    """The columns whose heads are quantities: "BEVSTD__Bevoelkerungsstand__Anzahl", quality as "…__q"."""
    named = {name: index for name, index in at.items() if "__" in name}
    quality = {name.removesuffix("__q"): index for name, index in named.items() if name.endswith("__q")}
    columns = []
    for name, index in named.items():
        if name.endswith("__q"):
            continue
        parts = name.split("__")
        beside = next(
            (place for stem, place in quality.items() if name == stem or name.startswith(f"{stem}__")), None
        )
        is_plain = len(parts) == 3 and _CODE.fullmatch(parts[0])
        columns.append(
            ValueColumn(index, parts[0], parts[1], parts[2], beside)
            if is_plain
            else ValueColumn(index, name, parts[0], "", beside)
        )
    return tuple(sorted(columns, key=lambda one: one.at))


def _places(at: dict[str, int], names: Iterable[str]) -> tuple[int, ...]:
    return tuple(at[name] for name in names)


def _axes(at: dict[str, int], names: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """The four columns of each axis, in order; an axis counts when all four are there."""
    axes = []
    number = 1
    while all(name.format(number) in at for name in names):
        axes.append(tuple(at[name.format(number)] for name in names))
        number += 1
    return tuple(axes)
