"""Opens a file with geometries: decides by its first bytes and its ending what it is.

GeoPackage, GML and large GeoJSON are read in a child process with limits of time and memory.
"""

from dataclasses import asdict
from pathlib import Path, PurePath
from typing import Any

import orjson

from dreiklang.core.documents.process import ChildStopped, run_child
from dreiklang.core.geodata.geopackage import SIGN
from dreiklang.core.geodata.layer import GEOMETRY
from dreiklang.core.geojson import read_geojson
from dreiklang.core.imports.contract import Options
from dreiklang.core.shapes import WGS84
from dreiklang.core.tables import CannotRead, Cell, Limits, Note, Row, Table, load_json, read_table
from dreiklang.core.tables.json_list import table_of_objects

PLACE_ENDINGS = (".geojson", ".json", ".gpkg", ".gml", ".xml", ".csv", ".xlsx")
_CHILD = "dreiklang.core.geodata.child"
_XML_ENDINGS = frozenset({".gml", ".xml"})
_JSON_ENDINGS = frozenset({".geojson", ".json"})
# What is smaller is read at once: a process of its own takes half a second to start.
_SMALL = 2_000_000


def read_places(
    source: bytes | Path, *, file_name: str, options: Options, limits: Limits, **place: Any
) -> tuple[Table, dict[str, Any]]:
    """One row a feature, its geometry in column `geometry`; lists keep their columns, whichever holds it.

    facts: `srid` for geometries that name none, `crs_from` (option, file, each, default), `format`, and `may_turn`
    where the order of the axes is not certain. Raises: CannotRead.
    """
    content = _content(source, limits)
    ending = PurePath(file_name).suffix.lower()
    srid = str(options.special.get("srid") or "")
    if content.startswith(SIGN) or ending == ".gpkg":
        return _from_child("geopackage", content, srid, limits, layer=place.get("sheet") or "")
    if ending in _XML_ENDINGS:
        return _from_child("gml", content, srid, limits, layer=place.get("sheet") or "")
    if ending in _JSON_ENDINGS:
        return _json(content, ending, srid, limits)
    table = read_table(content, filename=file_name, limits=limits, **place)
    return table, {"srid": int(srid or WGS84), "crs_from": "option" if srid else "default"}


def _content(source: bytes | Path, limits: Limits) -> bytes:
    """All of it, if it is not too large; read no further than that."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            source = file.read(limits.size + 1)
    if not source:
        raise CannotRead("empty", "no_bytes")
    if len(source) > limits.size:
        raise CannotRead("too_large", "bytes")
    return source


def _json(content: bytes, ending: str, srid: str, limits: Limits) -> tuple[Table, dict[str, Any]]:
    if len(content) > _SMALL:
        return _from_child("geojson", content, srid, limits, layer="")
    try:
        table, facts = read_geojson(content, limits=limits, srid=srid)
        return table, dict(facts)
    except CannotRead as refusal:
        if refusal.code != "wrong_type" or ending != ".json":
            raise
    found = load_json(content, limits=limits)
    table = table_of_objects(_unwrapped(found), limits=limits)
    return table, {"srid": int(srid or WGS84), "crs_from": "option" if srid else "default"}


def _unwrapped(content: Any) -> Any:
    """Objects whose values stand one step deeper, as a database gives them out (model, pk, fields)."""
    if isinstance(content, list) and content and all(_is_wrapped(one) for one in content):
        return [one["fields"] for one in content]
    return content


def _is_wrapped(one: Any) -> bool:
    return isinstance(one, dict) and "model" in one and isinstance(one.get("fields"), dict)


def _from_child(
    kind: str, content: bytes, srid: str, limits: Limits, *, layer: str
) -> tuple[Table, dict[str, Any]]:
    order = {"kind": kind, "srid": int(srid or 0), "layer": layer, "limits": asdict(limits)}
    try:
        raw = run_child(
            _CHILD, content=content, seconds=limits.seconds, arguments=(orjson.dumps(order).decode(),)
        )
    except ChildStopped as stop:
        if stop.code == "too_slow":
            raise CannotRead("too_slow", "seconds") from stop
        large = stop.code == "too_large" or "bad_alloc" in stop.words or "out of memory" in stop.words
        raise CannotRead(*(("too_large", "memory") if large else ("broken", "parser_stopped"))) from stop
    answer = orjson.loads(raw)
    if "refused" in answer:
        code, detail, line, column = answer["refused"]
        raise CannotRead(code, detail, line=line, column=column)
    return _table(answer["layer"], srid, is_gml=kind == "gml")


def _table(layer: dict[str, Any], srid: str, *, is_gml: bool) -> tuple[Table, dict[str, Any]]:
    columns = tuple(layer["columns"])
    rows = [
        Row(number, {name: Cell(None if row.get(name) == "" else row.get(name)) for name in columns})
        for number, row in enumerate(layer["rows"], start=1)
    ]
    notes = [Note("format", layer["format"])] if layer["format"] else []
    notes += [Note(code, value) for code, value in layer["notes"]]
    each = any(str(row.get(GEOMETRY) or "").startswith("SRID=") for row in layer["rows"])
    if srid or layer["srid"]:
        notes += (
            [] if any(one.code == "crs" for one in notes) else [Note("crs", f"EPSG:{srid or layer['srid']}")]
        )
    elif each:
        notes.append(Note("crs_each"))
    table = Table(
        columns=columns,
        rows=rows,
        header_row=0,
        sheet=layer["name"],
        sheets=tuple(layer["names"]),
        notes=tuple(notes),
    )
    told = "option" if srid else "file" if layer["srid"] else "each" if each else "default"
    return table, {
        "srid": int(srid or layer["srid"] or WGS84),
        "crs_from": told,
        "format": layer["format"],
        "may_turn": is_gml,
    }
