"""Reads geometries in a process of its own: `python -m dreiklang.core.geodata.child ORDER < file`.

It limits its own memory and time first, and answers with one JSON. It knows no database and no settings.
"""

import sys
from dataclasses import asdict
from typing import Any

import orjson

from dreiklang.core.documents.process import limit_itself
from dreiklang.core.geodata.geojson_layer import read_geojson_layer
from dreiklang.core.geodata.geopackage import read_geopackage
from dreiklang.core.geodata.gml import read_gml
from dreiklang.core.geodata.layer import Layer
from dreiklang.core.tables.table import CannotRead, Limits


def main() -> None:
    """Reads what stands on standard input."""
    order = orjson.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    limit_itself(seconds=limits.seconds, memory=limits.memory)
    content = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"layer": asdict(_read(content, order, limits))}
    except CannotRead as refusal:
        answer = {"refused": [refusal.code, refusal.detail, refusal.line, refusal.column]}
    sys.stdout.buffer.write(orjson.dumps(answer, default=str))


def _read(content: bytes, order: dict[str, Any], limits: Limits) -> Layer:
    if order["kind"] == "geopackage":
        return read_geopackage(content, limits=limits, name=order["layer"])
    if order["kind"] == "gml":
        return read_gml(content, limits=limits, srid=order["srid"], name=order["layer"])
    return read_geojson_layer(content, limits=limits, srid=order["srid"])


if __name__ == "__main__":
    main()
