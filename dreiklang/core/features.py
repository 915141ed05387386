"""Records with a place and a time, as features that machines read: what was asked, what is given, how it is found.

A subject gives its own by a query of this shape; `opendata` shows them. Nothing without a place or a time is lost:
what lies nowhere lies in every window.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

import numpy
import shapely
from django.db.models import BinaryField, ExpressionWrapper, F, Max, Min, Q, QuerySet
from django.urls import reverse
from shapely.geometry.base import BaseGeometry

from dreiklang.core.geometry import Corner

Bounds = tuple[float, float, float, float]
# The geometry as it is stored: bytes, read all at once instead of row by row.
WKB = ExpressionWrapper(F("geometry"), output_field=BinaryField())

_KEY = "KEY"
# What `reverse` leaves as it is in a path.
_SAFE = "/~:@!$&'()*+,;="


@dataclass(frozen=True)
class Window:
    """Where and when. All in EPSG:4326 (longitude, latitude) and days, ends inclusive; None asks for nothing.

    `area` is what was asked for, `boxes` hold it. `is_boxes`: the boxes are the area, so that what lies within one
    of them needs no second look.
    """

    area: BaseGeometry | None = None
    boxes: tuple[Bounds, ...] = ()
    is_boxes: bool = True
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Asked:
    """Which features, in which stretch. `equal`: property → value; the subject says which it knows."""

    window: Window = Window()
    equal: Mapping[str, str] = field(default_factory=dict)
    limit: int = 10
    offset: int = 0


@dataclass(frozen=True)
class Found:
    """The features of the stretch in a steady order, in three lists of one length, and how many match in all.

    `places` are WKB in EPSG:4326, None without one. `properties` hold the path of a page as `url`.
    """

    matched: int
    ids: Sequence[str | int]
    properties: Sequence[dict[str, Any]]
    places: Sequence[bytes | None]


@dataclass(frozen=True)
class Extent:
    """What holds all features: a box (None: nothing has a place) and days (None: open, or `is_dated` is false)."""

    bounds: Bounds | None = None
    begins_on: date | None = None
    ends_on: date | None = None
    is_dated: bool = False


def in_window(
    records: QuerySet[Any], window: Window, *, begins: Any = None, ends: Any = None
) -> QuerySet[Any]:
    """The records that lie in the window, and those without a place or a time. `begins` and `ends` are columns or
    expressions; without them time does not count. One more statement where an area is asked for.
    """
    if window.area is not None:
        records = _in_place(records, window, window.area)
    if begins is None:
        return records
    dated: QuerySet[Any] = records.alias(window_begins=begins, window_ends=ends)
    if window.until is not None:
        dated = dated.filter(Q(window_begins=None) | Q(window_begins__lte=window.until))
    if window.since is not None:
        dated = dated.filter(Q(window_ends=None) | Q(window_ends__gte=window.since))
    return dated


def _in_place(records: QuerySet[Any], window: Window, area: BaseGeometry) -> QuerySet[Any]:
    near, within = Q(pk=None), Q(pk=None)
    for box in window.boxes:
        near |= Q(bounds__overlaps=box)
        within |= Q(bounds__within=box)
    doubtful = records.filter(near)
    if window.is_boxes:
        doubtful = doubtful.exclude(within)
    rows = list(doubtful.order_by().values_list("pk", WKB))
    beside: list[Any] = []
    if rows:
        shapely.prepare(area)
        touches = shapely.intersects(area, shapely.from_wkb([bytes(wkb) for _, wkb in rows]))
        beside = [pk for (pk, _), is_inside in zip(rows, touches, strict=True) if not is_inside]
    found = records.filter(near | Q(bounds=None))
    return found.exclude(pk__in=beside) if beside else found


def extent_of(records: QuerySet[Any], *, begins: Any = None, ends: Any = None) -> Extent:
    """What holds all of them. One statement; a record with an open end, or none at all, opens the whole."""
    asked: dict[str, Any] = {
        "west": Min(Corner("bounds", 1, function="cube_ll_coord")),
        "south": Min(Corner("bounds", 2, function="cube_ll_coord")),
        "east": Max(Corner("bounds", 1, function="cube_ur_coord")),
        "north": Max(Corner("bounds", 2, function="cube_ur_coord")),
    }
    if begins is not None:
        records = records.annotate(window_begins=begins, window_ends=ends)
        is_dated = ~Q(window_begins=None, window_ends=None)
        asked["first"] = Min("window_begins", filter=is_dated)
        asked["last"] = Max("window_ends", filter=is_dated)
        asked["is_dated"] = Max("pk", filter=is_dated)
        asked["without_begin"] = Max("pk", filter=is_dated & Q(window_begins=None))
        asked["without_end"] = Max("pk", filter=is_dated & Q(window_ends=None))
    row = records.aggregate(**asked)
    bounds = None if row["west"] is None else (row["west"], row["south"], row["east"], row["north"])
    if begins is None or row["is_dated"] is None:
        return Extent(bounds)
    first = None if row["without_begin"] else row["first"]
    last = None if row["without_end"] else row["last"]
    return Extent(bounds, first, last, is_dated=True)


def addresses(route: str, keys: Sequence[str]) -> list[str]:
    """The path of each key's page, as `reverse` gives it, for thousands of keys."""
    before, _, after = reverse(route, args=[_KEY]).partition(_KEY)
    return [f"{before}{quote(key, safe=_SAFE)}{after}" for key in keys]


def named(links: QuerySet[Any], *, owner: str, key: str, other: str) -> Mapping[int, list[str]]:
    """Owner's id → what it is linked to, by `key` or, where that is empty, by `other`; in the order of linking."""
    found: dict[int, list[str]] = defaultdict(list)
    for pk, said, otherwise in links.order_by(owner, "pk").values_list(owner, key, other):
        found[pk].append(said or otherwise)
    return found


def properties_of(
    rows: Sequence[Sequence[Any]],
    names: Sequence[str],
    *,
    linked: Mapping[str, Mapping[int, list[str]]],
    urls: Sequence[str],
    single: Mapping[str, Mapping[int, Any]] = {},
) -> list[dict[str, Any]]:
    """The properties of rows of (id, WKB, values of `names`), with what is linked and the path of the page.

    `linked` gives lists, empty where nothing is linked; `single` one value, None where there is none.
    """
    items = []
    for (pk, _, *values), url in zip(rows, urls, strict=True):
        item = dict(zip(names, values, strict=True))
        for name, found in linked.items():
            item[name] = found.get(pk, [])
        for name, values_of in single.items():
            item[name] = values_of.get(pk)
        item["url"] = url
        items.append(item)
    return items


def as_geojson(places: Sequence[bytes | None], *, move: Any = None, digits: int) -> list[str | None]:
    """WKB in EPSG:4326 → GeoJSON geometries as text, rounded; None where there is none.

    `move` takes and gives an array of points (n, 2), for another system. Outer rings run against the clock (RFC 7946).
    """
    shapes = shapely.from_wkb(numpy.array([None if one is None else bytes(one) for one in places], object))
    shapes = numpy.where(shapely.is_empty(shapes), None, shapes)
    shapes = shapely.orient_polygons(shapely.force_2d(shapes))
    points = shapely.get_coordinates(shapes)
    if len(points):
        shapes = shapely.set_coordinates(
            shapes, numpy.round(points if move is None else move(points), digits)
        )
    texts: list[str | None] = shapely.to_geojson(shapes).tolist()
    return texts
