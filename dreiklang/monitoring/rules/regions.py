"""Official keys of areas: which level a key names, the two spellings of a municipality's, and what became of it.

Worked examples: docs/rules/region-keys.md.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from dreiklang.core.values import Unknown

from .values import Refused, RegionLevel

NATION = "DG"
_NATION = frozenset({"DG", "DG000000"})
_STATES = frozenset(f"{number:02}" for number in range(1, 17))
# Berlin and Hamburg are a state and a municipality at once.
_CITY_STATES = frozenset({"02", "11"})
# What a spreadsheet leaves of a key that began with a zero.
_SHORT = frozenset({1, 4, 7, 11})


class KeyChangeKind(StrEnum):
    """What happened to a key. RENAME: the same area under another key; MERGE: all of it went into another one."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    PARTIAL = "partial"


class RegionKey(NamedTuple):
    """An official key as it is stored.

    key            "DG", or 2, 3, 5 or 8 digits (AGS); never 12
    ars            the twelve digits, only where they were delivered
    may_be_larger  eight digits that end in 000 may be a city or the county around it: see `levels_in`
    """

    level: RegionLevel
    key: str
    ars: str = ""
    may_be_larger: bool = False


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key that ended. `share`: how much of a split went there, 0..1."""

    from_key: str
    to_key: str
    on: date
    kind: KeyChangeKind
    share: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """What a key is called on a day.

    is_same_area  nothing but its key changed: values may stand in one series
    via           the changes on the way, oldest first
    """

    key: str | Unknown
    is_same_area: bool = True
    via: tuple[KeyChange, ...] = ()


def region_key(text: str) -> RegionKey | Refused:
    """The area an official key names, by its digits alone.

    Refused: `leading_zero_lost` with the proposal for 1, 4, 7 and 11 digits, `unknown_region` for all else, also the
    key of an association of municipalities.
    """
    words = text.strip()
    if words in _NATION:
        return RegionKey(RegionLevel.NATION, NATION)
    if not (words.isdigit() and words.isascii()):
        return Refused("unknown_region", text)
    if len(words) in _SHORT:
        return _without_zero(words)
    if words[:2] not in _STATES:
        return Refused("unknown_region", text)
    if len(words) == 8:
        return _of_ags(words)
    if len(words) == 12:
        return _of_ars(words)
    levels = {2: RegionLevel.STATE, 3: RegionLevel.GOV_REGION, 5: RegionLevel.COUNTY}
    level = levels.get(len(words))
    return RegionKey(level, words) if level else Refused("unknown_region", text)


def levels_in(keys: Collection[str]) -> Mapping[str, RegionKey | Refused]:
    """The same for all keys of one list, where each helps to read the others.

    A county written with eight digits ("01051000") looks like a city without a county ("01001000"). It is one where
    the list has municipalities inside it; without any it stays what its eight digits say.
    """
    read = {key: region_key(key) for key in keys}
    small = {
        one.key[:5]
        for one in read.values()
        if isinstance(one, RegionKey) and len(one.key) == 8 and not one.may_be_larger
    }
    return {
        key: RegionKey(RegionLevel.COUNTY, one.key[:5], one.ars)
        if isinstance(one, RegionKey) and one.may_be_larger and one.key[:5] in small
        else one
        for key, one in read.items()
    }


def ags_of_ars(ars: str) -> str:
    """The eight digits in twelve: without the association in the middle. Raises: ValueError for other lengths."""
    if not (len(ars) == 12 and ars.isdigit() and ars.isascii()):
        raise ValueError(f"not twelve digits: {ars!r}")
    return ars[:5] + ars[9:]


def ars_of_ags(ags: str, *, association: str | None = None) -> str | Unknown:
    """The twelve digits of a municipality.

    unknown: `association_unknown` for a municipality in a county without its `association` (four digits); only a city
    without a county is its own, "0000".
    """
    if association is None and ags.endswith("000"):
        association = "0000"
    return Unknown("association_unknown", ags) if association is None else ags[:5] + association + ags[5:]


def known_ars(level: str, key: str, delivered: str = "") -> str:
    """The twelve digits of a region, as they were delivered or as they follow from its key; empty where nobody knows.

    Levels above have no twelve digits: their keys are the beginning of those.
    """
    if delivered or level != RegionLevel.MUNICIPALITY or len(key) != 8:
        return delivered
    found = ars_of_ags(key)
    return "" if isinstance(found, Unknown) else found


def same_area(a: str, b: str) -> bool:
    """Whether two keys name one area: "14511", "14511000" and "145110000000" do, "02" and "02000000" as well."""
    return _padded(a) == _padded(b)


def followed(key: str, *, on: date, changes: Iterable[KeyChange]) -> Follow:
    """The key that a key became until that day (inclusive); itself when nothing happened.

    For display and comparison only: what was stored stays under its key. Renames hold for every spelling of an area,
    merges for the very key, because the municipalities of a county have keys of their own.
    unknown: `key_not_valid` with the keys it went to, when the area was split.
    """
    known = sorted((one for one in changes if one.on <= on), key=lambda one: one.on)
    via: list[KeyChange] = []
    since = date.min
    while step := [one for one in known if one.on >= since and one not in via and _applies(one, key)]:
        first = [one for one in step if one.on == step[0].on]
        via += first
        if len(first) > 1 or first[0].kind not in (KeyChangeKind.RENAME, KeyChangeKind.MERGE):
            targets = ", ".join(one.to_key for one in first)
            return Follow(Unknown("key_not_valid", targets), False, tuple(via))
        key, since = _renamed(key, first[0]), first[0].on
    return Follow(key, all(one.kind is KeyChangeKind.RENAME for one in via), tuple(via))


def former_keys(key: str, *, changes: Collection[KeyChange]) -> Mapping[str, date]:
    """The keys that became this one by nothing but renames, as `renames` has them, each with its day."""
    return {
        old: until for old, new, until in renames(changes) if same_area(new, key) and not same_area(old, key)
    }


def renames(changes: Collection[KeyChange]) -> tuple[tuple[str, str, date], ...]:
    """What became of every key by nothing but renames: it, the last one after it, the first day it was out of use.

    In eight digits, as every spelling of them means the same area.
    """
    ways = {
        one.from_key: followed(one.from_key, on=date.max, changes=changes)
        for one in changes
        if one.kind is KeyChangeKind.RENAME
    }
    return tuple(
        (_padded(old), _padded(way.key), way.via[0].on)
        for old, way in ways.items()
        if way.is_same_area and isinstance(way.key, str)
    )


def shipped_changes_of(entries: Iterable[Mapping[str, Any]]) -> tuple[KeyChange, ...]:
    """The changes in the shipped list, as YAML gives them: several keys into one are one entry there."""
    return tuple(
        KeyChange(
            from_key=from_key,
            to_key=one["to"],
            on=one["day"],
            kind=KeyChangeKind(one["kind"]),
            source=one["source"],
        )
        for one in entries
        for from_key in _several(one["from"])
    )


def _several(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def _without_zero(words: str) -> Refused:
    proposal = "0" + words
    read = region_key(proposal)
    if isinstance(read, Refused):
        return Refused("unknown_region", words)
    return Refused("leading_zero_lost", words, proposal)


def _of_ars(words: str) -> RegionKey | Refused:
    if words[5:9] != "0000" and words.endswith("000"):
        return Refused("unknown_region", words)  # an association of municipalities, which is none itself
    read = _of_ags(ags_of_ars(words))
    return RegionKey(read.level, read.key, words, read.may_be_larger)


def _of_ags(words: str) -> RegionKey:
    state = words[:2]
    if state == "11" and words != "11000000":
        return RegionKey(RegionLevel.CITY_PART, words)
    if words.endswith("000000") and state not in _CITY_STATES:
        return RegionKey(RegionLevel.STATE, state)
    return RegionKey(RegionLevel.MUNICIPALITY, words, "", words.endswith("000"))


def _padded(key: str) -> str:
    if key in _NATION:
        return NATION
    return ags_of_ars(key) if len(key) == 12 else key.ljust(8, "0")


def _applies(change: KeyChange, key: str) -> bool:
    if change.kind is KeyChangeKind.RENAME:
        return same_area(change.from_key, key)
    return change.from_key == _in_eight(key)


def _in_eight(key: str) -> str:
    return ags_of_ars(key) if len(key) == 12 else key


def _renamed(key: str, change: KeyChange) -> str:
    """The new key in the spelling of the old one."""
    if len(key) == len(change.to_key):
        return change.to_key
    ags = _padded(change.to_key)
    return {12: ags[:5] + "0000" + ags[5:], 8: ags}.get(len(key), change.to_key)
