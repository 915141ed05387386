import json
from decimal import Decimal
from typing import Any

import pytest
import shapely

from dreiklang.core.geodata.read import read_places
from dreiklang.core.geodata.tests.gml_files import POLYGON, collection
from dreiklang.core.geodata.tests.packages import blob, package
from dreiklang.core.imports.contract import Options
from dreiklang.core.tables import CannotRead, Limits, Table
from dreiklang.core.written_geometry import written

SQUARE = shapely.box(352000, 5630000, 352100, 5630100)
WKT = "POINT (13 51)"


def read(
    content: bytes, name: str, *, limits: Limits | None = None, **special: Any
) -> tuple[Table, dict[str, Any]]:
    return read_places(content, file_name=name, options=Options(special=special), limits=limits or Limits())


def feature(**properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [13, 51]},
    }


def test_gml_is_read_in_a_child_process() -> None:
    table, facts = read(collection(POLYGON), "orte.gml")

    assert [row.text("nummer") for row in table.rows] == ["V-1"]
    assert (facts["crs_from"], facts["may_turn"], facts["format"]) == ("each", True, "GML")


def test_a_geopackage_offers_its_layers_as_sheets() -> None:
    content = package({"a": [("1", blob(SQUARE))], "b": [("2", blob(SQUARE))]})

    table, facts = read_places(content, file_name="a.gpkg", options=Options(), limits=Limits(), sheet="b")

    assert (table.sheet, table.sheets, facts["srid"], facts["crs_from"]) == ("b", ("a", "b"), 25833, "file")
    assert [row.text("nummer") for row in table.rows] == ["2"]


def test_lists_keep_their_columns_whichever_holds_the_place() -> None:
    csv, _ = read(f"Nummer;Geltungsbereich\n1;{WKT}\n".encode(), "liste.csv")
    objects, _ = read(json.dumps([{"nummer": "1", "wkt": WKT}]).encode(), "liste.json")
    wrapped, _ = read(
        json.dumps([{"model": "a.b", "pk": 1, "fields": {"nummer": "1", "wkt": WKT}}]).encode(), "a.json"
    )

    assert csv.rows[0].text("Geltungsbereich") == WKT
    assert objects.columns == wrapped.columns == ("nummer", "wkt")


def test_a_large_geojson_is_read_in_a_child_process_and_gives_the_same_rows() -> None:
    features = [feature(nummer=str(at), text="x" * 1000) for at in range(2100)]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()

    table, facts = read(content, "gross.geojson")

    assert len(content) > 2_000_000
    assert (len(table.rows), table.rows[7].text("nummer"), facts["srid"]) == (2100, "7", 4326)
    assert shapely.from_wkb(table.rows[7].text("geometry")) == shapely.Point(13, 51)


def test_the_numbers_of_an_outline_are_read_as_floats_and_those_of_properties_exactly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A Decimal for each coordinate took most of the time that an outline of fifteen megabytes needs."""
    made: list[str] = []

    def noted(text: str) -> Decimal:
        made.append(text)
        return Decimal(text)

    monkeypatch.setattr("dreiklang.core.tables.json_list.Decimal", noted)
    plain = b'{"type":"Feature","properties":{"nummer":"1"},"geometry":{"type":"Point","coordinates":[13.10,51.5]}}'
    exact = plain.replace(b'"1"', b'"1","anteil":0.10,"tief":{"a":[1.10]}')

    outline, measured = (read(content, "a.geojson")[0].rows[0] for content in (plain, exact))

    assert made == ["0.10", "1.10", "13.10", "51.5"]
    assert measured.cells["anteil"].value == Decimal("0.10")
    assert str(measured.cells["anteil"].value) == "0.10"
    assert outline.text("geometry") == measured.text("geometry")
    assert written(outline.text("geometry")).geometry == shapely.Point(13.1, 51.5)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
@pytest.mark.parametrize("text", ["kurz", "x" * 2_000_000])
def test_what_is_no_number_is_refused_at_its_feature_and_the_others_are_read(number: str, text: str) -> None:
    features = [feature(nummer="1", text=text), feature(nummer="2")]
    content = json.dumps({"type": "FeatureCollection", "features": features})

    table, facts = read(content.replace("[13, 51]", f"[13, {number}]", 1).encode(), "a.geojson")

    assert [written(row.text("geometry")).refusal for row in table.rows] == ["broken_geometry", ""]
    assert [row.text("nummer") for row in table.rows] == ["1", "2"]
    assert facts["srid"] == 4326


def test_a_polygon_of_forty_megabytes_is_refused_by_its_size() -> None:
    with pytest.raises(CannotRead, match="too_large"):
        read(b"[" * 40_000_000, "gross.geojson", limits=Limits(size=20_000_000))


def test_what_needs_more_memory_than_allowed_is_refused() -> None:
    """The same polygon where the operator allows forty megabytes, but not the memory that it would take."""
    points = ",".join(f"[{13 + at / 1e7:.10f},51.0000000001]" for at in range(1_200_000))
    content = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nummer":"1"},"geometry":'
        '{"type":"LineString","coordinates":[' + points + "]}}]}"
    ).encode()

    with pytest.raises(CannotRead) as refusal:
        read(content, "gross.geojson", limits=Limits(size=50_000_000, memory=300_000_000))

    assert len(content) > 30_000_000
    assert (refusal.value.code, refusal.value.detail) == ("too_large", "memory")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.gml", "empty"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "a.gml", "broken"),
        (b"SQLite format 3\x00 und sonst nichts", "a.gpkg", "broken"),
        (b"kein GeoPackage", "a.gpkg", "broken"),
        (b'{"type": "Topology"}', "a.geojson", "wrong_type"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, name: str, code: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        read(content, name)

    assert refusal.value.code == code
