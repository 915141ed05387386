"""GML as it is written: versions, axes, arcs, holes; and what is refused before it can do harm."""

import math

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from dreiklang.core.geodata.gml import read_gml
from dreiklang.core.geodata.tests.gml_files import POLYGON, RING, collection, plan
from dreiklang.core.tables import CannotRead, Limits
from dreiklang.core.written_geometry import Written, written

LIMITS = Limits()


def geometry(gml: str, *, envelope: str = "", version: str = "http://www.opengis.net/gml/3.2") -> Written:
    content = collection(gml, envelope=envelope, gml=version)
    return written(read_gml(content, limits=LIMITS).rows[0]["geometry"] or "")


def shape(gml: str) -> BaseGeometry:
    found = geometry(gml).geometry
    assert found is not None
    return found


def ring(*segments: str) -> str:
    return (
        "<gml:Polygon srsName='EPSG:25833'><gml:exterior><gml:Ring><gml:curveMember><gml:Curve><gml:segments>"
        + "".join(segments)
        + "</gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior></gml:Polygon>"
    )


def segment(kind: str, positions: str) -> str:
    return f"<gml:{kind}><gml:posList>{positions}</gml:posList></gml:{kind}>"


def test_features_are_rows_with_their_properties() -> None:
    layer = read_gml(collection(POLYGON, POLYGON), limits=LIMITS)

    assert layer.columns == ["featuretype", "gml_id", "nummer", "name", "geometry"]
    assert [(row["nummer"], row["name"]) for row in layer.rows] == [("V-1", "Ort 1"), ("V-2", "Ort 2")]
    assert shape(POLYGON).area == 10_000


@pytest.mark.parametrize("version", ["http://www.opengis.net/gml", "http://www.opengis.net/gml/3.2"])
def test_older_versions_are_read_by_the_names_of_their_elements(version: str) -> None:
    old = (
        "<gml:MultiPolygon srsName='EPSG:25833'><gml:polygonMember><gml:Polygon><gml:outerBoundaryIs><gml:LinearRing>"
        "<gml:coordinates>352000,5630000 352100,5630000 352100,5630100 352000,5630000</gml:coordinates>"
        "</gml:LinearRing></gml:outerBoundaryIs></gml:Polygon></gml:polygonMember></gml:MultiPolygon>"
    )

    found = geometry(old, version=version)

    assert (found.srid, found.geometry and found.geometry.area) == (25833, 5000)


def test_a_hole_and_several_surfaces_stay_what_they_are() -> None:
    hole = "352010 5630010 352020 5630010 352020 5630020 352010 5630020 352010 5630010"
    holed = POLYGON.replace(
        "</gml:exterior>",
        f"</gml:exterior><gml:interior><gml:LinearRing><gml:posList>{hole}</gml:posList></gml:LinearRing></gml:interior>",
    )
    multi = f"<gml:MultiSurface srsName='EPSG:25833'><gml:surfaceMember>{holed}</gml:surfaceMember></gml:MultiSurface>"

    assert shape(multi).area == 9_900


def test_surfaces_that_are_composed_are_one_area() -> None:
    beside = POLYGON.replace("352", "353").replace(
        RING.replace("352", "353"), RING.replace("3521", "3522").replace("352000", "352100")
    )
    both = f"<gml:CompositeSurface srsName='EPSG:25833'><gml:surfaceMember>{POLYGON}</gml:surfaceMember><gml:surfaceMember>{beside}</gml:surfaceMember></gml:CompositeSurface>"

    found = shape(both)

    assert (found.geom_type, found.area) == ("Polygon", 20_000)


def test_an_arc_is_drawn_in_pieces_that_keep_to_a_centimetre() -> None:
    half_circle = ring(
        segment("Arc", "352000 5630000 352010 5630010 352020 5630000"),
        segment("LineStringSegment", "352020 5630000 352000 5630000"),
    )

    assert shape(half_circle).area == pytest.approx(math.pi * 100 / 2, abs=20 * 0.01)


def test_a_circle_by_its_centre_and_through_three_points_is_the_same() -> None:
    around = "<gml:CircleByCenterPoint numArc='1'><gml:pos>352000 5630000</gml:pos><gml:radius uom='m'>10</gml:radius></gml:CircleByCenterPoint>"
    through = segment("Circle", "352010 5630000 352000 5630010 351990 5630000")

    for one in (around, through):
        assert shape(ring(one)).area == pytest.approx(math.pi * 100, rel=1e-2)


def test_a_curve_runs_backwards_where_it_says_so() -> None:
    curve = (
        "<gml:OrientableCurve orientation='-' srsName='EPSG:25833'><gml:baseCurve><gml:LineString><gml:posList>352000 "
        "5630000 352100 5630000</gml:posList></gml:LineString></gml:baseCurve></gml:OrientableCurve>"
    )

    assert shape(curve).coords[0] == (352100, 5630000)


@pytest.mark.parametrize(
    ("name", "position"),
    [
        ("EPSG:4326", "13 51"),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", "13 51"),
        ("urn:ogc:def:crs:EPSG::4326", "51 13"),
        ("http://www.opengis.net/def/crs/EPSG/0/4326", "51 13"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "13 51"),
    ],
)
def test_which_number_comes_first_follows_from_the_name(name: str, position: str) -> None:
    found = geometry(f"<gml:Point srsName='{name}'><gml:pos>{position}</gml:pos></gml:Point>")

    assert found.srid == 4326
    assert found.geometry is not None
    assert (found.geometry.x, found.geometry.y) == (13, 51)


@pytest.mark.parametrize(
    ("name", "srid"),
    [
        ("urn:ogc:def:crs:EPSG::25832", 25832),
        ("urn:ogc:def:crs:EPSG:6.18:25833", 25833),
        ("urn:adv:crs:ETRS89_UTM32", 25832),
        ("urn:adv:crs:DE_DHDN_3GK4*RP101", 31468),
        ("urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::5783", 25832),
    ],
)
def test_systems_are_known_by_their_usual_names(name: str, srid: int) -> None:
    assert geometry("<gml:Point><gml:pos>352000 5630000</gml:pos></gml:Point>", envelope=name).srid == srid


def test_a_height_is_kept_for_the_note_and_counts_by_dimension_or_by_count() -> None:
    by_dimension = "<gml:LineString srsName='EPSG:25833' srsDimension='3'><gml:posList>352000 5630000 90 352100 5630000 91</gml:posList></gml:LineString>"
    by_count = by_dimension.replace(" srsDimension='3'", "").replace("posList>", "posList count='2'>", 1)

    for one in (by_dimension, by_count):
        found = shape(one)
        assert found.has_z
        assert shapely.force_2d(found).length == 100


@pytest.mark.parametrize(
    ("gml", "refusal", "detail"),
    [
        (ring(segment("Clothoid", "0 0 1 1")), "unsupported_type", "Clothoid"),
        ("<gml:Solid srsName='EPSG:25833'/>", "unsupported_type", "Solid"),
        ("<gml:Polygon srsName='EPSG:25833'/>", "empty_geometry", ""),
        ("<gml:Point srsName='EPSG:25833'><gml:pos>a b</gml:pos></gml:Point>", "broken_geometry", ""),
        ("<gml:Point srsName='Lokal'><gml:pos>1 2</gml:pos></gml:Point>", "unknown_crs", "Lokal"),
        (
            "<gml:MultiSurface xmlns:xlink='http://www.w3.org/1999/xlink'><gml:surfaceMember xlink:href='http://a.example/1'/></gml:MultiSurface>",
            "linked_geometry",
            "http://a.example/1",
        ),
    ],
)
def test_what_is_not_read_is_named_at_its_feature(gml: str, refusal: str, detail: str) -> None:
    found = geometry(gml)

    assert (found.geometry, found.refusal, found.detail) == (None, refusal, detail)


def test_a_system_that_the_user_names_goes_before_those_of_the_file() -> None:
    row = read_gml(collection(POLYGON), limits=LIMITS, srid=25832).rows[0]

    assert written(row["geometry"]).srid == 25832


EXTERNAL = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "haha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]><a>&y;</a>'
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://a.example/a.dtd"><a/>'


@pytest.mark.parametrize(
    ("content", "code", "detail"),
    [
        (EXTERNAL, "broken", "entities"),
        (LAUGHS, "broken", "entities"),
        (OUTSIDE, "broken", "entities"),
        (b"<a><b></a>", "broken", "xml"),
        (b"<a/>", "wrong_type", "no_gml"),
        (b"<html><body>Wartung</body></html>", "web_page", ""),
        (
            b"<ServiceExceptionReport><ServiceException>Layer fehlt</ServiceException></ServiceExceptionReport>",
            "service_error",
            "Layer fehlt",
        ),
        (collection(), "empty", "no_features"),
    ],
)
def test_what_is_no_gml_is_refused_as_a_whole(content: bytes, code: str, detail: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        read_gml(content, limits=LIMITS)

    assert (refusal.value.code, refusal.value.detail) == (code, detail)


@pytest.mark.parametrize("version", ["5/0", "5/4", "6/0", "6/1"])
@pytest.mark.parametrize("kind", ["BP_Plan", "FP_Plan", "RP_Plan", "SO_Plan", "LP_Plan"])
def test_of_xplangml_only_the_plans_are_read(kind: str, version: str) -> None:
    layer = read_gml(plan(kind=kind, version=version), limits=LIMITS)

    assert [(row["featuretype"], row["nummer"], row["name"]) for row in layer.rows] == [
        (kind, "12", "Am Anger")
    ]
    assert layer.format == f"XPlanGML {version.replace('/', '.')}"
    assert layer.notes == [("not_a_plan", "1")]


def test_the_outline_of_a_plan_takes_its_system_from_the_envelope() -> None:
    row = read_gml(plan(geometry=POLYGON.replace(' srsName="EPSG:25833"', "")), limits=LIMITS).rows[0]

    assert written(row["geometry"]).srid == 25833


def test_several_dates_of_one_name_and_parts_are_kept_side_by_side() -> None:
    properties = (
        "<x:name>A</x:name><x:auslegungsStartDatum>2021-08-19</x:auslegungsStartDatum><x:auslegungsStartDatum>2022-01-03"
        "</x:auslegungsStartDatum><x:gemeinde><x:XP_Gemeinde><x:ags>14521</x:ags></x:XP_Gemeinde></x:gemeinde>"
    )

    row = read_gml(plan(properties), limits=LIMITS).rows[0]

    assert (row["auslegungsStartDatum"], row["gemeinde.ags"]) == ("2021-08-19|2022-01-03", "14521")


def test_xplangml_without_a_plan_is_refused() -> None:
    with pytest.raises(CannotRead) as refusal:
        read_gml(plan(kind="BP_BaugebietsTeilFlaeche"), limits=LIMITS)

    assert (refusal.value.code, refusal.value.detail) == ("empty", "no_plan")
