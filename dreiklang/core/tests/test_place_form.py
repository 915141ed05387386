"""What people paste as a place."""

import json

import pytest

from dreiklang.core.place_form import CannotPlace, place_of
from dreiklang.core.tables import CannotRead

LINE = {"type": "LineString", "coordinates": [[12.9, 50.8], [12.91, 50.81]]}


def feature(geometry):
    return {"type": "Feature", "properties": None, "geometry": geometry}


@pytest.mark.parametrize(
    "content", [LINE, feature(LINE), {"type": "FeatureCollection", "features": [feature(LINE)]}]
)
def test_a_place_comes_bare_as_a_feature_or_in_a_collection(content):
    assert place_of(json.dumps(content).encode()).geom_type == "LineString"


def test_metres_are_read_with_their_system():
    point = json.dumps({"type": "Point", "coordinates": [352000, 5630000]}).encode()

    assert place_of(point, srid="25833").bounds == pytest.approx((12.9, 50.8, 12.9, 50.8), abs=0.02)
    with pytest.raises(CannotPlace, match="sind Meter. Bitte"):
        place_of(point)
    with pytest.raises(CannotPlace, match="angegeben sind aber Grad"):
        place_of(point, srid="4326")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"type": "Point", "coordinates": [2.35, 48.85]}, "außerhalb Deutschlands"),
        ({"type": "Point", "coordinates": [50.8, 12.9]}, "vertauscht"),
        ({"type": "FeatureCollection", "features": [feature(LINE)] * 2}, "2 Objekte"),
        (feature(None), "keine Geometrie"),
        (feature({"type": "Point", "coordinates": ["a"]}), "beschädigt"),
    ],
)
def test_what_is_no_place_is_refused_with_the_reason(content, words):
    with pytest.raises(CannotPlace, match=words):
        place_of(json.dumps(content).encode())


@pytest.mark.parametrize(
    "source", [b"hallo", b"[]", b"{", b'{"type": "FeatureCollection", "features": [{"geometry": 3}]}']
)
def test_other_text_is_refused(source):
    with pytest.raises((CannotRead, CannotPlace)):
        place_of(source)


def test_an_unknown_system_is_refused():
    content = feature(LINE) | {"crs": {"properties": {"name": "EPSG:999999"}}}

    with pytest.raises(CannotRead, match="unknown_crs"):
        place_of(json.dumps(content).encode())


@pytest.mark.parametrize("text", ["POINT (12.9 50.8)", "SRID=25833;POINT(352000 5630000)"])
def test_a_place_comes_as_wkt_with_or_without_its_system(text):
    assert place_of(text.encode()).bounds == pytest.approx((12.9, 50.8, 12.9, 50.8), abs=0.02)


def test_a_curve_is_refused_by_its_name():
    with pytest.raises(CannotPlace, match="CompoundCurve"):
        place_of(b"COMPOUNDCURVE((12.9 50.8, 12.91 50.81))")


def test_a_system_that_does_not_fit_is_refused_with_one_that_does():
    with pytest.raises(CannotPlace, match="EPSG:31467"):
        place_of(b"POINT (3478519 5889194)", srid="25833")


def test_a_file_of_another_kind_is_read_by_its_ending():
    gml = (
        b'<w:FeatureCollection xmlns:w="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">'
        b'<w:member><a:Ort xmlns:a="urn:a"><a:lage><gml:Point srsName="EPSG:25833"><gml:pos>352000 5630000</gml:pos>'
        b"</gml:Point></a:lage></a:Ort></w:member></w:FeatureCollection>"
    )

    assert place_of(gml, file_name="ort.gml").bounds == pytest.approx((12.9, 50.8, 12.9, 50.8), abs=0.02)
