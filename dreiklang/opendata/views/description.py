"""The description of the interface for programs: OpenAPI 3.0, made from the same registry as the answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.opendata.queries import COLLECTIONS, Collection, kind_of
from dreiklang.opendata.rules import LONGEST, SYSTEMS, USUAL
from dreiklang.opendata.views.answers import (
    DESCRIPTION,
    FEATURES,
    GEOJSON,
    HTML,
    JSON,
    OPENAPI,
    PAGES,
    PROBLEM,
)
from dreiklang.opendata.views.words import PROPERTIES

Parts = dict[str, Any]
_TEXT: Parts = {"type": "string"}
_OBJECT: Parts = {"type": "object"}
_KINDS: Mapping[str, Parts] = {
    "text": {"type": "string", "nullable": True},
    "day": {"type": "string", "format": "date", "nullable": True},
    "number": {"type": "number", "nullable": True},
    "list": {"type": "array", "items": _TEXT},
    "address": {"type": "string", "format": "uri"},
}


def description(*, server: str) -> Parts:
    """The whole document. `server` is the address of the landing page without the stroke."""
    paths: dict[str, Parts] = {
        "/": _reading("landing", _("Wo alles anfängt"), _page_content(), [_form(PAGES)]),
        "/conformance": _reading(
            "conformance", _("Was von den Normen erfüllt ist"), _page_content(), [_form(PAGES)]
        ),
        "/api": _reading(
            "api",
            _("Diese Beschreibung"),
            {OPENAPI: {"schema": _OBJECT}, HTML: {"schema": _TEXT}},
            [_form(DESCRIPTION)],
        ),
        "/collections": _reading("collections", _("Alle Sammlungen"), _page_content(), [_form(PAGES)]),
    }
    for of in COLLECTIONS:
        paths |= _paths_of(of)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Dreiklang: OGC API – Features",
            "version": "1",
            "description": _("Was öffentlich ist, als Geodaten. Nur lesend; ohne Anmeldung."),
            "license": {"name": _("siehe Seite „Daten und Lizenz“")},
        },
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


def _paths_of(of: Collection) -> dict[str, Parts]:
    title = str(of.title)
    shape = {"$ref": f"#/components/schemas/{of.id}"}
    many = {"type": "object", "properties": {"features": {"type": "array", "items": shape}}}
    root = f"/collections/{of.id}"
    return {
        root: _reading(f"{of.id}.collection", title, _page_content(), [_form(PAGES)]),
        f"{root}/items": _reading(
            f"{of.id}.items",
            _("%(title)s: die Objekte") % {"title": title},
            {GEOJSON: {"schema": many}, HTML: {"schema": _TEXT}},
            [_form(FEATURES), *_selection(), *_filters(of)],
        ),
        f"{root}/items/{{featureId}}": _reading(
            f"{of.id}.item",
            _("%(title)s: ein Objekt") % {"title": title},
            {GEOJSON: {"schema": shape}, HTML: {"schema": _TEXT}},
            [
                {"name": "featureId", "in": "path", "required": True, "schema": _TEXT},
                _form(FEATURES),
                _crs("crs", _("Koordinatensystem der Antwort")),
            ],
            is_one=True,
        ),
    }


def _reading(
    name: str, summary: str, content: Parts, parameters: Sequence[Parts], *, is_one: bool = False
) -> Parts:
    responses: Parts = {
        "200": {"description": summary, "content": content},
        "304": {"description": _("Unverändert seit der Antwort mit diesem ETag")},
        "400": _refused(_("Ein Parameter ist unbekannt oder falsch; „parameter“ nennt ihn.")),
        "405": _refused(_("Hier wird nur gelesen.")),
        "406": _refused(_("In dieser Form gibt es das nicht.")),
    }
    if is_one:
        responses["404"] = _refused(_("Das gibt es nicht, oder es ist nicht öffentlich."))
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": list(parameters),
            "responses": responses,
        }
    }


def _refused(words: str) -> Parts:
    problem = {"$ref": "#/components/schemas/problem"}
    return {"description": words, "content": {PROBLEM: {"schema": problem}, HTML: {"schema": _TEXT}}}


def _page_content() -> Parts:
    return {JSON: {"schema": _OBJECT}, HTML: {"schema": _TEXT}}


def _parameter(name: str, words: str, schema: Parts) -> Parts:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": schema,
        "style": "form",
        "explode": False,
    }


def _form(forms: Mapping[str, Any]) -> Parts:
    words = _("Form der Antwort; sonst entscheidet die Kopfzeile Accept")
    return _parameter("f", words, {"type": "string", "enum": list(forms)})


def _crs(name: str, words: str) -> Parts:
    systems = [one.uri for one in SYSTEMS]
    return _parameter(
        name, words, {"type": "string", "format": "uri", "enum": systems, "default": systems[0]}
    )


def _selection() -> list[Parts]:
    counts = {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": USUAL}
    box = {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    }
    return [
        _parameter("limit", _("Wie viele Objekte höchstens"), counts),
        _parameter(
            "offset",
            _("Wie viele Objekte davor übersprungen werden"),
            {"type": "integer", "minimum": 0, "default": 0},
        ),
        _parameter(
            "bbox",
            _("Rechteck: untere linke, obere rechte Ecke. Objekte ohne Lage gehören immer dazu."),
            box,
        ),
        _crs("bbox-crs", _("Koordinatensystem des Rechtecks")),
        _parameter(
            "datetime",
            _("Zeitpunkt oder Zeitraum nach RFC 3339. Objekte ohne Zeit gehören immer dazu."),
            dict(_TEXT),
        ),
        _crs("crs", _("Koordinatensystem der Antwort")),
    ]


def _filters(of: Collection) -> list[Parts]:
    return [
        _parameter(
            name, str(PROPERTIES[name]), {"type": "string", **({"enum": list(values)} if values else {})}
        )
        for name, values in of.filters.items()
    ]


def _schemas() -> dict[str, Parts]:
    problem = {
        name: {"type": "integer"} if name == "status" else _TEXT
        for name in ("type", "title", "status", "detail", "parameter")
    }
    return {"problem": {"type": "object", "properties": problem}} | {
        of.id: _feature(of) for of in COLLECTIONS
    }


def _feature(of: Collection) -> Parts:
    properties = {
        name: {**_KINDS[kind_of(name)], "description": str(PROPERTIES[name])} for name in of.properties
    }
    return {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object", "properties": properties},
            "links": {"type": "array", "items": _OBJECT},
        },
    }
