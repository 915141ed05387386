"""GML, WFS answers and XPlanGML: each feature a row, its simple properties as columns, its geometry as text.

Entities and document types are refused by the parser, so nothing outside the file is ever read.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import shapely

from dreiklang.core.geodata.gml_geometry import GML, CannotShape, Frame, geometry_of, is_geometry
from dreiklang.core.geodata.layer import GEOMETRY, Layer, with_columns
from dreiklang.core.geodata.xml import ERRORS, MEMBERS, local, read_xml
from dreiklang.core.tables.table import CannotRead, Limits
from dreiklang.core.written_geometry import REFUSED

XPLAN = re.compile(r"\{http://www\.xplanung\.de/xplangml/(\d+)/(\d+)\}")
PLAN = re.compile(r"^(?:BP|FP|RP|SO|LP)_Plan$")
# Where XPlanung keeps what a plan is valid for; other geometries of a plan are not its outline.
OUTLINE = "raeumlicherGeltungsbereich"
TYPE, ID = "featuretype", "gml_id"
_LONGEST = 2_000


def read_gml(content: bytes, *, limits: Limits, srid: int = 0, name: str = "") -> Layer:
    """The features in order of the file; of XPlanGML the plans alone. `srid` goes before what the file says.

    `name` is one of the kinds of features; without it the first kind. Raises: CannotRead.
    """
    root = _root(content)
    told = Frame(srid=srid, is_told=bool(srid))
    frame = _with_envelope(root, told)
    features = list(_features(root))
    if not features:
        raise CannotRead("empty", "no_features")
    if len(features) > limits.rows:
        raise CannotRead("too_large", "rows")
    version = next((match for one in features if (match := XPLAN.match(str(one.tag)))), None)
    is_xplan = version is not None
    layer = _chosen(features, name, is_xplan=is_xplan)
    layer.format = f"XPlanGML {version[1]}.{version[2]}" if version else "GML"
    chosen = [one for one in features if (PLAN.match(local(one)) if is_xplan else local(one) == layer.name)]
    layer.rows = [_row(one, _with_envelope(one, frame), OUTLINE if is_xplan else "") for one in chosen]
    return with_columns(layer)


def _chosen(features: list[Element], name: str, *, is_xplan: bool) -> Layer:
    """Which kind of features is read, and what is left out."""
    kinds = list(dict.fromkeys(local(one) for one in features))
    if is_xplan:
        left = sum(1 for one in features if not PLAN.match(local(one)))
        if left == len(features):
            raise CannotRead("empty", "no_plan")
        return Layer(notes=[("not_a_plan", str(left))] if left else [])
    if name and name not in kinds:
        raise CannotRead("no_such_layer", name)
    chosen = name or kinds[0]
    return Layer(name=chosen, names=kinds, notes=[("other_layer", one) for one in kinds if one != chosen])


def _root(content: bytes) -> Element:
    root = read_xml(content)
    if local(root) in ERRORS:
        raise CannotRead("service_error", " ".join("".join(root.itertext()).split())[:300])
    if local(root).lower() == "html":
        raise CannotRead("web_page")
    return root


def _features(root: Element) -> Iterator[Element]:
    """What stands in the members of a collection, also of collections inside it."""
    for member in root:
        if local(member) not in MEMBERS:
            continue
        for feature in member:
            if local(feature) == "FeatureCollection":
                yield from _features(feature)
            else:
                yield feature
    if not any(local(one) in MEMBERS for one in root) and not _is_collection(root):
        raise CannotRead("wrong_type", "no_gml")


def _is_collection(root: Element) -> bool:
    return local(root) in ("FeatureCollection", "XPlanAuszug")


def _with_envelope(element: Element, frame: Frame) -> Frame:
    """The frame with the system that the element's bounding box names, if it names one that is known."""
    for box in element:
        if local(box) != "boundedBy":
            continue
        for envelope in box:
            try:
                return frame.inside(envelope)
            except CannotShape:
                return frame
    return frame


def _row(feature: Element, frame: Frame, outline: str) -> dict[str, Any]:
    row: dict[str, Any] = {TYPE: local(feature)}
    identity = (
        feature.get("{http://www.opengis.net/gml/3.2}id") or feature.get(f"{{{GML}}}id") or feature.get("fid")
    )
    if identity:
        row[ID] = identity
    geometry: str | None = None
    for prop in feature:
        name = local(prop)
        if name == "boundedBy":
            continue
        shape = next((one for one in prop if is_geometry(one) or _is_odd_geometry(one)), None)
        if shape is not None:
            if geometry is None and (not outline or name == outline):
                geometry = _written(shape, frame)
        else:
            _add(row, prop, name)
    row[GEOMETRY] = geometry
    return row


def _is_odd_geometry(element: Element) -> bool:
    """A geometry of a kind that is not read: solids, nets, coverages."""
    return str(element.tag).startswith("{" + GML) and local(element) not in (
        "Envelope",
        "TimeInstant",
        "TimePeriod",
    )


def _written(element: Element, frame: Frame) -> str:
    try:
        found, srid = geometry_of(element, frame)
    except CannotShape as refusal:
        return f"{REFUSED}{refusal.code}/{refusal.detail}".rstrip("/")
    return f"SRID={srid};{shapely.to_wkb(found, hex=True)}" if srid else shapely.to_wkb(found, hex=True)


def _add(row: dict[str, Any], prop: Element, name: str) -> None:
    """A property's text, or those of what stands in it; several of a name are parted by |."""
    if not len(prop):
        _put(row, name, prop.text)
        return
    for inner in prop.iter():
        if not len(inner):
            _put(row, f"{name}.{local(inner)}", inner.text)


def _put(row: dict[str, Any], name: str, text: str | None) -> None:
    value = " ".join((text or "").split())[:_LONGEST]
    if value:
        row[name] = f"{row[name]}|{value}" if name in row else value
