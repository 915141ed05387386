"""GeoPackage (OGC 12-128): layers, their rows, geometries as WKB. Only with Python's own SQLite, opened read-only."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError

from dreiklang.core.geodata.layer import GEOMETRY, Layer, with_columns
from dreiklang.core.tables.table import CannotRead, Limits
from dreiklang.core.written_geometry import REFUSED, UNSUPPORTED, type_code

SIGN = b"SQLite format 3\x00"
# How many bytes the bounding box in a geometry's head takes, by its kind.
_BOX = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})
_LAYERS = """SELECT g.table_name, g.column_name, g.srs_id, s.organization, s.organization_coordsys_id, s.definition
    FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id ORDER BY g.table_name"""


def read_geopackage(content: bytes, *, limits: Limits, name: str = "") -> Layer:
    """The layer of that name, else the first that holds anything. Its geometries name no CRS; the layer does.

    Raises: CannotRead `broken`, `wrong_type` (another SQLite database), `empty`, `no_such_layer`, `too_large`.
    """
    with _opened(content) as database:
        layers = _layers(database)
        names = [one[0] for one in layers]
        if name and name not in names:
            raise CannotRead("no_such_layer", name)
        chosen = [one for one in layers if one[0] == name] if name else layers
        for table, column, _, organization, code, definition in chosen:
            rows = _rows(database, table, column, limits)
            if rows or name:
                notes = [("other_layer", one) for one in names if one != table]
                srid = _srid(organization, code, definition)
                found = Layer(rows=rows, name=table, names=names, srid=srid, format="GeoPackage", notes=notes)
                return _filled(found)
        raise CannotRead("empty", "no_features")


def _filled(layer: Layer) -> Layer:
    if not layer.rows:
        raise CannotRead("empty", "no_features")
    return with_columns(layer)


@contextmanager
def _opened(content: bytes) -> Iterator[sqlite3.Connection]:
    """The database: no writing, no other files, no functions of its own."""
    with tempfile.NamedTemporaryFile(suffix=".gpkg") as file:
        file.write(content)
        file.flush()
        try:
            with closing(sqlite3.connect(f"file:{file.name}?mode=ro&immutable=1", uri=True)) as database:
                database.execute("PRAGMA trusted_schema = OFF")
                database.execute("PRAGMA cell_size_check = ON")
                database.text_factory = lambda raw: raw.decode("utf-8", errors="replace")
                database.set_authorizer(_only_reading)
                yield database
        except sqlite3.Error as error:
            raise CannotRead("broken", "geopackage") from error


def _only_reading(action: int, *names: Any) -> int:
    return sqlite3.SQLITE_OK if action in _READING else sqlite3.SQLITE_DENY


def _layers(database: sqlite3.Connection) -> list[tuple[Any, ...]]:
    tables = {str(row[0]).lower() for row in database.execute("SELECT name FROM sqlite_master")}
    if not {"gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= tables:
        raise CannotRead("wrong_type", "no_geopackage")
    found = list(database.execute(_LAYERS))
    if not found:
        raise CannotRead("wrong_type", "no_features")
    return found


def _rows(database: sqlite3.Connection, table: str, column: str, limits: Limits) -> list[dict[str, Any]]:
    quoted = table.replace('"', '""')
    cursor = database.execute(f'SELECT * FROM "{quoted}" LIMIT {limits.rows + 1}')  # noqa: S608 (quoted above)
    names = [one[0] for one in cursor.description]
    found: list[dict[str, Any]] = []
    for values in cursor:
        if len(found) == limits.rows:
            raise CannotRead("too_large", "rows")
        row = {
            name: value
            for name, value in zip(names, values, strict=True)
            if name != column and not isinstance(value, bytes)
        }
        found.append({**row, GEOMETRY: _geometry(dict(zip(names, values, strict=True)).get(column))})
    return found


def _geometry(blob: Any) -> str | None:
    """The WKB behind the head of a GeoPackage geometry, in hexadecimal digits; or why there is none."""
    if blob is None:
        return None
    if not isinstance(blob, bytes) or len(blob) < 13 or blob[:2] != b"GP":
        return f"{REFUSED}broken_geometry"
    flags = blob[3]
    if flags & 0b0010_0000:
        return f"{REFUSED}unsupported_type/ExtendedGeoPackageBinary"
    if flags & 0b0001_0000:
        return None
    length = _BOX.get(flags >> 1 & 0b111)
    if length is None:
        return f"{REFUSED}broken_geometry"
    wkb = blob[8 + length :]
    curve = UNSUPPORTED.get(type_code(wkb[:5]))
    return f"{REFUSED}unsupported_type/{curve}" if curve else wkb.hex()


def _srid(organization: Any, code: Any, definition: Any) -> int:
    """The EPSG code of the layer; 0 where it is not defined (the rows of GeoPackage with −1 and 0)."""
    if str(organization or "").upper() == "EPSG":
        return int(code or 0)
    try:
        return CRS.from_wkt(str(definition)).to_epsg() or 0
    except CRSError:
        return 0
