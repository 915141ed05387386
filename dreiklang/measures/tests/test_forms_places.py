"""What people paste as a place."""

import json

import pytest

from dreiklang.core.tables import CannotRead
from dreiklang.measures.forms.places import CannotPlace, place_of

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
    with pytest.raises(CannotRead, match="metres_as_degrees"):
        place_of(point)


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
