"""The starter set: indicators a city may begin with, each with its definition and its source.

The set is data: dreiklang/monitoring/data/indicators/start.yaml. Sources: docs/sources/starter-indicators.md.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

import yaml

from .dcat.vocabulary import shipped_vocabularies
from .formulas import CannotParse, checked, cycle
from .start_values import Proof, Publisher, SourceKind, StartIndicator, StartSet, Statistic
from .units import Unit, shipped_units
from .values import Direction, RegionLevel

__all__ = [
    "InvalidStartSet",
    "Proof",
    "Publisher",
    "SourceKind",
    "StartIndicator",
    "StartSet",
    "Statistic",
    "shipped_start_set",
    "start_set_from",
]

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER = re.compile(r"[0-9]{5}")
_MOST_DECIMALS = 6
_REQUIRED = ("key", "name", "meaning", "limits", "unit", "direction", "level", "rhythm", "reference")
_KNOWN = {
    *_REQUIRED,
    *("fields", "decimals", "formula", "statistic", "table", "code", "city", "open", "lag_days"),
    "suppress_below",
}

_Entry = TypeVar("_Entry")
_Choice = TypeVar("_Choice", bound=StrEnum)


class InvalidStartSet(ValueError):
    """The set is not what it should be: `where` names the entry, `why` says what is wrong."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why


def start_set_from(data: Any) -> StartSet:
    """The set from data (YAML). Raises: InvalidStartSet, which names the entry."""
    if not isinstance(data, Mapping) or not isinstance(data.get("as_of"), date):
        raise InvalidStartSet("as_of", "is missing, or is no day")
    fields = {str(code): str(name) for code, name in _table(data, "fields").items()}
    publishers = {str(key): _publisher(str(key), said) for key, said in _table(data, "providers").items()}
    statistics = _by("number", [_statistic(said, publishers) for said in _list(data, "statistics")])
    indicators = [_indicator(said, fields, statistics) for said in _list(data, "indicators")]
    _by("key", indicators)
    _by("name", indicators)
    _check_formulas(indicators)
    return StartSet(data["as_of"], MappingProxyType(fields), MappingProxyType(statistics), tuple(indicators))


@cache
def shipped_start_set() -> StartSet:
    """The set that comes with Dreiklang."""
    file = resources.files("dreiklang.monitoring").joinpath("data/indicators/start.yaml")
    return start_set_from(yaml.safe_load(file.read_text(encoding="utf-8")))


def _publisher(key: str, said: Any) -> Publisher:
    licence = str(said.get("licence", "")) if isinstance(said, Mapping) else ""
    _must(licence in _codes("licence"), key, f"“{licence}” is no licence of the list")
    return Publisher(key, licence, str(said.get("attribution", "")))


def _statistic(said: Any, publishers: Mapping[str, Publisher]) -> Statistic:
    where = _where(said, "number")
    _must(bool(_NUMBER.fullmatch(where)), where, "its number has no five digits")
    _must(bool(said.get("name")), where, "has no name")
    _must(said.get("provider") in publishers, where, "nobody publishes it")
    return Statistic(
        where, str(said["name"]), publishers[said["provider"]], _one_of(Proof, said.get("proof"), where)
    )


def _indicator(said: Any, fields: Collection[str], statistics: Mapping[str, Statistic]) -> StartIndicator:
    where = _where(said, "key")
    for name in _REQUIRED:
        _must(bool(said.get(name)), where, f"`{name}` is missing")
    _must(not said.keys() - _KNOWN, where, f"nobody knows {sorted(said.keys() - _KNOWN)}")
    _must(bool(_KEY.fullmatch(where)), where, "its key has other signs than a-z, 0-9 and -")
    _check_source(said, where, statistics)
    decimals = said.get("decimals", 0)
    _must(type(decimals) is int and 0 <= decimals <= _MOST_DECIMALS, where, f"has {decimals} decimals")
    _must(said["unit"] in shipped_units().by_code, where, f"“{said['unit']}” is no unit of the list")
    _must(said["rhythm"] in _codes("frequency"), where, f"“{said['rhythm']}” is no rhythm of the list")
    made = StartIndicator(
        key=where,
        name=str(said["name"]),
        meaning=str(said["meaning"]),
        limits=str(said["limits"]),
        fields=_fields(said.get("fields"), fields, where),
        unit=str(said["unit"]),
        decimals=decimals,
        direction=_one_of(Direction, said["direction"], where),
        level=_one_of(RegionLevel, said["level"], where),
        rhythm=str(said["rhythm"]),
        reference=str(said["reference"]),
        formula=str(said.get("formula", "")),
        statistic=statistics.get(said.get("statistic", "")),
        table=str(said.get("table", "")),
        code=str(said.get("code", "")),
        city_source=str(said.get("city", "")),
        hint=str(said.get("open", "")),
        lag_days=_whole(said, "lag_days", where),
        suppress_below=_whole(said, "suppress_below", where),
    )
    _check_suppression(made)
    return made


def _check_source(said: Mapping[str, Any], where: str, statistics: Mapping[str, Statistic]) -> None:
    """Exactly one answer to the question where its values come from."""
    kinds = [name for name in ("formula", "statistic", "open") if name in said]
    if not kinds and "city" in said:
        kinds = ["city"]
    _must(len(kinds) == 1, where, f"its values come from {kinds or 'nowhere'}: one source, or one formula")
    _must("city" not in said or kinds[0] in {"statistic", "city"}, where, "needs no list of the city")
    if kinds == ["statistic"]:
        _must(said["statistic"] in statistics, where, f"{said['statistic']} is no statistic of the list")
    _must(
        ("table" in said) == ("code" in said),
        where,
        "a table needs the code of its quantity, and the other way",
    )
    _must("table" not in said or kinds == ["statistic"], where, "has a table without a statistic")


def _check_suppression(made: StartIndicator) -> None:
    """Small counts of people are hidden where districts are counted, and nowhere else."""
    counts_people = dict(shipped_units().by_code[made.unit].dimension) == {"person": 1}
    in_districts = made.level in {RegionLevel.CITY_PART, RegionLevel.AREA}
    is_needed = counts_people and in_districts and not made.formula
    _must(
        (made.suppress_below is not None) == is_needed,
        made.key,
        "`suppress_below` is for people in districts",
    )


def _check_formulas(indicators: Sequence[StartIndicator]) -> None:
    units: dict[str, Unit] = {one.key: shipped_units().by_code[one.unit] for one in indicators}
    formulas = {}
    for one in indicators:
        if not one.formula:
            continue
        try:
            formulas[one.key] = checked(one.formula, units=units, declared=units[one.key]).formula
        except CannotParse as wrong:
            raise InvalidStartSet(one.key, f"its formula: {wrong.code} {wrong.words}".strip()) from wrong
    around = cycle(formulas)
    _must(not around, " ".join(around), "are reckoned from each other in a circle")


def _fields(said: Any, known: Collection[str], where: str) -> tuple[str, ...]:
    _must(isinstance(said, list) and bool(said), where, "stands in no field of action")
    strange = [code for code in said if code not in known]
    _must(not strange, where, f"{strange} are no fields of action")
    return tuple(said)


def _whole(said: Mapping[str, Any], name: str, where: str) -> int | None:
    value = said.get(name)
    _must(value is None or (type(value) is int and value > 0), where, f"`{name}` is no whole number above 0")
    return value


def _by(name: str, entries: Sequence[_Entry]) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for entry in entries:
        value = str(getattr(entry, name))
        _must(value not in found, value, "stands twice")
        found[value] = entry
    return found


def _table(data: Mapping[str, Any], name: str) -> Mapping[Any, Any]:
    said = data.get(name)
    if not isinstance(said, Mapping) or not said:
        raise InvalidStartSet(name, "is missing, or is no table")
    return said


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    said = data.get(name)
    if not isinstance(said, list) or not said:
        raise InvalidStartSet(name, "is missing, or is no list")
    return said


def _where(said: Any, name: str) -> str:
    where = said.get(name) if isinstance(said, Mapping) else None
    _must(isinstance(where, str), str(said)[:60], f"has no {name}")
    return str(where)


def _one_of(choices: type[_Choice], said: Any, where: str) -> _Choice:
    try:
        return choices(said)
    except ValueError as wrong:
        raise InvalidStartSet(where, f"“{said}” is no {choices.__name__}") from wrong


def _codes(name: str) -> Collection[str]:
    return {entry.code for entry in shipped_vocabularies()[name].entries if entry.is_active}


def _must(holds: bool, where: str, why: str) -> None:
    if not holds:
        raise InvalidStartSet(where, why)
