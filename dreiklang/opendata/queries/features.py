"""Features as GeoJSON text, ready to be sent: geometries are written all at once and never parsed again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.core.errors import NotFound
from dreiklang.core.features import Asked, Found, Window, as_geojson
from dreiklang.opendata.queries.collections import Collection
from dreiklang.opendata.rules import CRS84, System, Wanted

Feature = Mapping[str, Any]


@dataclass(frozen=True)
class FeaturePage:
    """A stretch of features, each a mapping whose `geometry` is text already, and how many match in all."""

    features: Sequence[Feature]
    matched: int


@dataclass(frozen=True)
class OneFeature:
    """One feature, and its geometry in EPSG:4326 (longitude, latitude) to draw it; None without one."""

    feature: Feature
    geometry: BaseGeometry | None


def feature_page(of: Collection, *, asked: Wanted, today: date, origin: str) -> FeaturePage:
    """The public features asked for, in a steady order. `origin` goes before the paths of their pages.

    At most nine statements, whatever the number of features.
    """
    window = Window(asked.area, asked.boxes, asked.is_boxes, asked.since, asked.until)
    found = of.read(Asked(window, asked.equal, asked.limit, asked.offset), today)
    return FeaturePage(_features(found, asked.system, origin), found.matched)


def feature(of: Collection, *, key: str, today: date, origin: str, system: System = CRS84) -> OneFeature:
    """One public feature by what names it. Raises: NotFound."""
    found = None if "\x00" in key else of.read(Asked(equal={of.key: key}, limit=1), today)
    if found is None or not found.ids:
        raise NotFound("feature", key=key)
    place = found.places[0]
    geometry = None if place is None else shapely.from_wkb(bytes(place))
    return OneFeature(_features(found, system, origin)[0], geometry)


def _features(found: Found, system: System, origin: str) -> list[Feature]:
    move = None if system == CRS84 else system.from_store
    texts = as_geojson(found.places, move=move, digits=system.digits)
    features: list[Feature] = []
    for key, text, properties in zip(found.ids, texts, found.properties, strict=True):
        properties["url"] = origin + properties["url"]
        geometry = None if text is None else orjson.Fragment(text)
        features.append({"type": "Feature", "id": key, "geometry": geometry, "properties": properties})
    return features
