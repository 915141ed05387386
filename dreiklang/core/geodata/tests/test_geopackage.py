import sqlite3
import struct
import tempfile
from pathlib import Path

import pytest
import shapely

from dreiklang.core.geodata.geopackage import read_geopackage
from dreiklang.core.geodata.tests.packages import blob, package
from dreiklang.core.tables import CannotRead, Limits
from dreiklang.core.written_geometry import written

SQUARE = shapely.box(352000, 5630000, 352100, 5630100)
LIMITS = Limits()
# WKB of a compound curve (type 9) without any part.
COMPOUND_CURVE = struct.pack("<BII", 1, 9, 0)


def test_a_layer_is_rows_with_its_system() -> None:
    layer = read_geopackage(package({"plaene": [("12", blob(SQUARE)), ("13", None)]}), limits=LIMITS)

    assert (layer.name, layer.srid, layer.columns) == ("plaene", 25833, ["fid", "nummer", "geometry"])
    assert [(row["nummer"], row["geometry"] is None) for row in layer.rows] == [("12", False), ("13", True)]
    assert written(layer.rows[0]["geometry"]).geometry == SQUARE


def test_a_layer_is_chosen_by_name_and_the_others_are_named() -> None:
    content = package({"a": [], "b": [("1", blob(SQUARE))], "c": [("2", blob(SQUARE))]})

    first, named = read_geopackage(content, limits=LIMITS), read_geopackage(content, limits=LIMITS, name="c")

    assert (first.name, first.names, first.notes) == (
        "b",
        ["a", "b", "c"],
        [("other_layer", "a"), ("other_layer", "c")],
    )
    assert [row["nummer"] for row in named.rows] == ["2"]
    with pytest.raises(CannotRead, match="no_such_layer"):
        read_geopackage(content, limits=LIMITS, name="d")


def test_a_bounding_box_in_the_head_is_passed_over() -> None:
    content = blob(SQUARE, flags=0b0011)
    with_box = content[:8] + struct.pack("<4d", 352000, 352100, 5630000, 5630100) + content[8:]

    layer = read_geopackage(package({"a": [("1", with_box)]}), limits=LIMITS)

    assert written(layer.rows[0]["geometry"]).geometry == SQUARE


@pytest.mark.parametrize(
    ("content", "refusal", "detail"),
    [
        (blob(COMPOUND_CURVE), "unsupported_type", "CompoundCurve"),
        (blob(SQUARE, flags=0b0010_0001), "unsupported_type", "ExtendedGeoPackageBinary"),
        (b"keine Geometrie", "broken_geometry", ""),
        (blob(SQUARE)[:60], "broken_geometry", ""),
        (blob(SQUARE, flags=0b0001_0001), "empty_geometry", ""),
    ],
)
def test_what_is_not_read_is_named_at_its_row(content: bytes, refusal: str, detail: str) -> None:
    found = written(
        read_geopackage(package({"a": [("1", content)]}), limits=LIMITS).rows[0]["geometry"] or ""
    )

    assert (found.geometry, found.refusal, found.detail) == (None, refusal, detail)


def test_a_system_that_is_not_defined_is_not_guessed() -> None:
    content = package({"a": [("1", blob(SQUARE))]}, system=(-1, "NONE", -1, "undefined"))

    assert read_geopackage(content, limits=LIMITS).srid == 0


def other_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        database = sqlite3.connect(path)
        database.execute("CREATE TABLE a (b)")
        database.commit()
        database.close()
        return path.read_bytes()


def test_another_database_and_a_broken_one_are_refused() -> None:
    whole = package({"a": [("1", blob(SQUARE))]})

    for content, code in (
        (other_database(), "wrong_type"),
        (whole[:5000], "broken"),
        (b"SQLite format 3\x00", "broken"),
    ):
        with pytest.raises(CannotRead) as refusal:
            read_geopackage(content, limits=LIMITS)
        assert refusal.value.code == code


def test_a_view_that_would_do_more_than_read_is_refused() -> None:
    """A layer may be a view; one that calls functions or never ends is not carried out."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        path.write_bytes(package({"a": [("1", blob(SQUARE))]}))
        database = sqlite3.connect(path)
        database.execute("DROP TABLE a")
        database.execute(
            "CREATE VIEW a AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS geom FROM n"
        )
        database.commit()
        database.close()
        content = path.read_bytes()

    with pytest.raises(CannotRead, match="geopackage"):
        read_geopackage(content, limits=LIMITS)


def test_more_rows_than_allowed_are_refused() -> None:
    content = package({"a": [("1", blob(SQUARE)), ("2", blob(SQUARE))]})

    with pytest.raises(CannotRead, match="rows"):
        read_geopackage(content, limits=Limits(rows=1))
