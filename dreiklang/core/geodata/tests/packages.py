"""A GeoPackage as tests need it, written with Python's own SQLite."""

import sqlite3
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely

UTM33 = (25833, "EPSG", 25833, "")


def blob(geometry: Any, *, srid: int = 25833, flags: int = 1) -> bytes:
    """A geometry (Shapely, or WKB as bytes) behind the head that GeoPackage wants."""
    wkb = geometry if isinstance(geometry, bytes) else shapely.to_wkb(geometry, byte_order=1)
    return b"GP\x00" + bytes([flags]) + struct.pack("<i", srid) + wkb


def package(
    layers: dict[str, Sequence[tuple[str, bytes | None]]], *, system: tuple[Any, ...] = UTM33
) -> bytes:
    """Layers by name, each with rows of number and geometry."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        database = sqlite3.connect(path)
        database.executescript(
            "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER, organization TEXT,"
            " organization_coordsys_id INTEGER, definition TEXT);"
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);"
        )
        srs_id, organization, code, definition = system
        database.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES ('a', ?, ?, ?, ?)",
            (srs_id, organization, code, definition),
        )
        for name, rows in layers.items():
            database.execute("INSERT INTO gpkg_contents VALUES (?, 'features')", (name,))
            database.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?)", (name, srs_id)
            )
            database.execute(f'CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY, geom BLOB, nummer TEXT)')
            insert = f'INSERT INTO "{name}" (nummer, geom) VALUES (?, ?)'  # noqa: S608 (names of the tests)
            database.executemany(insert, rows)
        database.commit()
        database.close()
        return path.read_bytes()
