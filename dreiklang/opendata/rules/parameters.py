"""The parameters of a request for features, read strictly: what is unknown or wrong is refused by name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo

from shapely.geometry.base import BaseGeometry

from dreiklang.opendata.rules.boxes import Bounds, area_of
from dreiklang.opendata.rules.instants import days_of
from dreiklang.opendata.rules.refusals import BadParameter as BadParameter
from dreiklang.opendata.rules.systems import CRS84, System, system_of

USUAL, LONGEST = 10, 10_000
_WHOLE = re.compile(r"[0-9]+")
# Beyond this no city has features; PostgreSQL would stumble over more.
_DIGITS = 9
Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Wanted:
    """What a request asks for, understood. `area` and `boxes` are in EPSG:4326, days inclusive."""

    limit: int = USUAL
    offset: int = 0
    area: BaseGeometry | None = None
    boxes: tuple[Bounds, ...] = ()
    is_boxes: bool = True
    since: date | None = None
    until: date | None = None
    equal: Mapping[str, str] = field(default_factory=dict)
    system: System = CRS84


def only(parameters: Parameters, *, known: Sequence[str]) -> dict[str, str]:
    """Name → the one value. Raises: BadParameter `unknown_parameter`, `given_twice`, `empty`, `odd_characters`."""
    for name, values in parameters.items():
        if name not in known:
            raise BadParameter(name, "unknown_parameter", known=", ".join(known))
        if len(values) != 1:
            raise BadParameter(name, "given_twice")
        if not values[0].strip():
            raise BadParameter(name, "empty")
        if "\x00" in values[0]:
            raise BadParameter(name, "odd_characters")
    return {name: values[0] for name, values in parameters.items()}


def wanted(said: Mapping[str, str], *, filters: Mapping[str, Sequence[str]], zone: tzinfo) -> Wanted:
    """The parameters of `only` for a list of features. Raises: BadParameter."""
    bbox_system = system_of(said["bbox-crs"], name="bbox-crs") if "bbox-crs" in said else CRS84
    area: BaseGeometry | None = None
    boxes: tuple[Bounds, ...] = ()
    if "bbox" in said:
        # Without a system of its own a box may have heights: six numbers are CRS84h then.
        area, boxes = area_of(said["bbox"], system=bbox_system, may_have_height="bbox-crs" not in said)
    since, until = days_of(said["datetime"], zone=zone) if "datetime" in said else (None, None)
    return Wanted(
        limit=_limit(said.get("limit", str(USUAL))),
        offset=_offset(said.get("offset", "0")),
        area=area,
        boxes=boxes,
        is_boxes=bbox_system.is_degrees,
        since=since,
        until=until,
        equal=_equal(said, filters),
        system=system_of(said["crs"], name="crs") if "crs" in said else CRS84,
    )


def neighbours(*, offset: int, limit: int, matched: int) -> tuple[int | None, int | None]:
    """Where the stretch before and the one after begin; None where there is none."""
    before = max(0, min(offset, matched) - limit) if offset > 0 else None
    after = offset + limit if offset + limit < matched else None
    return before, after


def _limit(said: str) -> int:
    """More than the most is no error: the most is given (requirement fc-limit-response-1 C)."""
    number = _whole("limit", said)
    if number < 1:
        raise BadParameter("limit", "limit_too_small")
    return min(number, LONGEST)


def _offset(said: str) -> int:
    if len(said.lstrip("0")) > _DIGITS:
        raise BadParameter("offset", "too_large")
    return _whole("offset", said)


def _whole(name: str, said: str) -> int:
    if not _WHOLE.fullmatch(said):
        raise BadParameter(name, "not_whole", value=said)
    return int(said.lstrip("0")[: _DIGITS + 1] or "0")


def _equal(said: Mapping[str, str], filters: Mapping[str, Sequence[str]]) -> dict[str, str]:
    equal = {name: said[name] for name in filters if name in said}
    for name, value in equal.items():
        if filters[name] and value not in filters[name]:
            raise BadParameter(name, "not_one_of", value=value, choices=", ".join(filters[name]))
    return equal
