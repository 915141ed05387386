"""A GeoJSON file as a list: one row a feature, its properties as columns, its geometry as a cell. No database."""

import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from dreiklang.core.geodata.layer import GEOMETRY
from dreiklang.core.shapes import WGS84, is_known
from dreiklang.core.tables import CannotRead, Cell, Limits, Note, Row, Table, load_json

FEATURE_ID = "id"


def read_geojson(source: bytes | Path, *, limits: Limits, srid: str = "") -> tuple[Table, Mapping[str, Any]]:
    """The features in order of the file, and the CRS: the one given, else the file's own, else WGS 84.

    A geometry with NaN or Infinity is broken in its own cell, so that the others are read.
    Raises: CannotRead `wrong_type` for other JSON, `empty` without features, `broken` with line and column,
    `unknown_crs`, `metres_as_degrees`, `metres_called_degrees` (named so), `degrees_as_metres`.
    """
    content = _loaded(source, limits)
    features = _features(content)
    crs = int(srid) if srid else _crs_of(content)
    _refuse_other_units(features, crs, is_said=bool(srid) or _names_crs(content))
    names = dict.fromkeys(name for one in features for name in _properties(one))
    has_ids = any(FEATURE_ID in one for one in features) and FEATURE_ID not in names
    columns = (*names, *([FEATURE_ID] if has_ids else []), GEOMETRY)
    rows = [Row(number, _cells(one, columns)) for number, one in enumerate(features, start=1)]
    note = Note("crs", f"EPSG:{crs}")
    table = Table(columns=columns, rows=rows, header_row=0, encoding="utf-8", notes=(note,))
    return table, {
        "srid": crs,
        "crs_from": "option" if srid else "file" if _names_crs(content) else "default",
    }


def _loaded(source: bytes | Path, limits: Limits) -> Any:
    """The content. Coordinates are floats in any case; a number among the properties is read exactly.

    Long outlines take most of a large file, and Decimal three times as long for them.
    """
    if isinstance(source, bytes) and len(source) <= limits.size:
        try:
            content = orjson.loads(source)
        except orjson.JSONDecodeError:
            # Not UTF-8, not quite JSON or broken: said exactly by the other reader.
            return load_json(source, limits=limits, keeps_nan=True)
        if not _has_exact_numbers(content):
            return content
    return load_json(source, limits=limits, keeps_nan=True)


def _has_exact_numbers(content: Any) -> bool:
    """Whether a number with places stands anywhere but in a geometry."""
    if isinstance(content, dict):
        return any(_has_exact_numbers(one) for name, one in content.items() if name != GEOMETRY)
    if isinstance(content, list):
        return any(map(_has_exact_numbers, content))
    return isinstance(content, float)


def _features(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, dict) and content.get("type") == "Feature":
        content = {"type": "FeatureCollection", "features": [content]}
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise CannotRead("wrong_type", "no_feature_collection")
    features = content.get("features")
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise CannotRead("wrong_type", "no_feature_collection")
    if not features:
        raise CannotRead("empty", "no_features")
    return features


def _names_crs(content: Any) -> bool:
    return isinstance(content, dict) and bool(content.get("crs"))


def _crs_of(content: Any) -> int:
    """The EPSG code of the old `crs` member; RFC 7946 knows only WGS 84."""
    if not _names_crs(content):
        return WGS84
    said = content["crs"].get("properties") if isinstance(content["crs"], dict) else None
    name = str(said.get("name", "")) if isinstance(said, dict) else ""
    if "CRS84" in name.upper():
        return WGS84
    match = re.search(r"EPSG:+(?:[\d.]*:)?(\d{4,6})\s*$", name, re.IGNORECASE)
    if not match or not is_known(int(match[1])):
        raise CannotRead("unknown_crs", name)
    return int(match[1])


def _refuse_other_units(features: list[dict[str, Any]], crs: int, *, is_said: bool) -> None:
    """Metres that pretend to be degrees, and the other way round: seen at the first coordinates."""
    point = next((found for one in features if (found := _first_point(one)) is not None), None)
    if point is None:
        return
    largest = max(map(abs, point))
    is_degrees = largest <= 180
    # What lies just off the earth is a slip of the pen in one feature, told of that one.
    if crs == WGS84 and largest > _LEAST_METRES:
        code = "metres_called_degrees" if is_said else "metres_as_degrees"
        raise CannotRead(code, f"{point[0]}, {point[1]}")
    if crs in _METRES and is_degrees:
        raise CannotRead("degrees_as_metres", f"EPSG:{crs}")


def _first_point(feature: Mapping[str, Any]) -> tuple[float, float] | None:
    geometry = feature.get("geometry")
    found = geometry.get("coordinates") if isinstance(geometry, dict) else None
    while isinstance(found, list) and found and isinstance(found[0], list):
        found = found[0]
    if not isinstance(found, list) or len(found) < 2:
        return None
    if not all(isinstance(one, int | float | Decimal) for one in found[:2]):
        return None
    point = float(found[0]), float(found[1])
    return point if all(map(math.isfinite, point)) else None


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def _cells(feature: Mapping[str, Any], columns: tuple[str, ...]) -> dict[str, Cell]:
    properties = _properties(feature)
    cells = {name: _cell(properties.get(name)) for name in columns}
    if FEATURE_ID in columns and FEATURE_ID not in properties:
        cells[FEATURE_ID] = _cell(feature.get(FEATURE_ID))
    cells[GEOMETRY] = Cell(_geometry(feature.get("geometry")))
    return cells


def _geometry(geometry: Any) -> str | None:
    """As text; what is no number becomes null, which no coordinate is."""
    return orjson.dumps(geometry, default=float).decode() if geometry else None


def _cell(value: Any) -> Cell:
    if isinstance(value, float):
        # Only NaN and Infinity come as such: whoever reads the column says that it is no number.
        return Cell(str(value))
    if isinstance(value, dict | list):
        return Cell(json.dumps(value, ensure_ascii=False, default=str))
    return Cell(None if value == "" else value)


# Eastings and northings of Germany are far above this.
_LEAST_METRES = 1000
# The CRS that German municipalities use for metres.
_METRES = frozenset({25831, 25832, 25833, 31466, 31467, 31468, 31469, 3857, 4647, 5650})
