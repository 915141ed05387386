"""A large GeoJSON file as a layer, its geometries as short as they get: for the process that has limits."""

from typing import Any

import shapely

from dreiklang.core.geodata.layer import GEOMETRY, Layer
from dreiklang.core.geojson import read_geojson
from dreiklang.core.tables.table import Limits
from dreiklang.core.written_geometry import REFUSED


def read_geojson_layer(content: bytes, *, limits: Limits, srid: int = 0) -> Layer:
    """The features in order of the file. Raises: CannotRead as `read_geojson`."""
    table, facts = read_geojson(content, limits=limits, srid=str(srid or ""))
    rows = []
    for row in table.rows:
        values: dict[str, Any] = {name: cell.value for name, cell in row.cells.items()}
        rows.append({**values, GEOMETRY: _short(values.get(GEOMETRY))})
    notes = [(note.code, note.value) for note in table.notes]
    return Layer(
        columns=list(table.columns), rows=rows, srid=int(facts["srid"]), format="GeoJSON", notes=notes
    )


def _short(geojson: str | None) -> str | None:
    if not geojson:
        return None
    try:
        found = shapely.from_geojson(geojson)
    except shapely.errors.GEOSException:
        return f"{REFUSED}broken_geometry"
    digits: str = shapely.to_wkb(found, hex=True)
    return digits
