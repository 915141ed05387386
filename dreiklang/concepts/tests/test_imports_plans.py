"""Formal plans and focuses from files: what is made, what changes, what is refused and says which plan."""

import json
from typing import Any

import pytest
import shapely
from shapely.geometry import mapping

from dreiklang.concepts.imports.places import CONCEPT_PLACES
from dreiklang.concepts.imports.plans import PLANS
from dreiklang.concepts.models import Concept, ConceptStep
from dreiklang.concepts.tests.factories import concept
from dreiklang.core.geodata.tests.gml_files import POLYGON, plan
from dreiklang.core.geodata.tests.packages import blob, package
from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import RowResult, Run
from dreiklang.places.tests import factories as places

SQUARE = shapely.box(13.4, 51.3, 13.41, 51.31)
HEAD = "Nummer;Name;Aufstellungsbeschluss;Auslegung von;Auslegung bis;In Kraft seit;Geltungsbereich\n"
WKT = "POLYGON((13.4 51.3, 13.41 51.3, 13.41 51.31, 13.4 51.3))"

pytestmark = pytest.mark.django_db


def imported(importer: Importer, content: bytes | str, name: str = "plaene.csv", **special: Any) -> Run:
    source = content.encode() if isinstance(content, str) else content
    options = Options(source="Pläne", special=special)
    read = read_list(importer, source, file_name=name, options=options)
    order = Order(importer, read, suggested_plan(importer, read.table), options, Actor(None, "Stadtplanung"))
    return run_import(order)


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    shape = mapping(geometry) if isinstance(geometry, shapely.Geometry) else geometry
    return {"type": "Feature", "properties": properties, "geometry": shape}


def geojson(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def said(run: Run, weight: str = "error") -> list[tuple[str, str, str]]:
    return [
        (one.key, one.field, one.code) for one in run.problems.filter(weight=weight).order_by("row", "pk")
    ]


def days(number: str) -> list[tuple[str, str, str]]:
    found = ConceptStep.objects.filter(concept__number=number).order_by("on", "pk")
    return [(one.step, str(one.on), str(one.until or "")) for one in found]


def test_a_plan_of_xplangml_is_a_formal_plan_with_outline_and_procedure() -> None:
    properties = (
        "<x:name>Am Anger</x:name><x:nummer>12</x:nummer><x:planArt>10001</x:planArt><x:rechtsstand>4000</x:rechtsstand>"
        "<x:aufstellungsbeschlussDatum>2020-02-03</x:aufstellungsbeschlussDatum>"
        "<x:auslegungsStartDatum>2021-01-04</x:auslegungsStartDatum><x:auslegungsEndDatum>2021-02-05</x:auslegungsEndDatum>"
        "<x:satzungsbeschlussDatum>2022-03-02</x:satzungsbeschlussDatum><x:inkrafttretensDatum>2022-04-01</x:inkrafttretensDatum>"
    )

    run = imported(PLANS, plan(properties), "plan.gml", prefix="BP")

    made = Concept.objects.get()
    assert (run.new_count, said(run), said(run, "warning")) == (1, [], [])
    assert (made.number, made.title, made.kind, made.plan_type) == (
        "BP 12",
        "Am Anger",
        "formal_plan",
        "Qualifizierter Bebauungsplan",
    )
    assert (made.status, made.visibility, str(made.valid_from)) == ("adopted", "internal", "2022-04-01")
    assert str(made.resolution_on) == "2022-03-02"
    assert days("BP 12") == [
        ("initiated", "2020-02-03", ""),
        ("display", "2021-01-04", "2021-02-05"),
        ("resolved", "2022-03-02", ""),
        ("in_force", "2022-04-01", ""),
    ]
    assert made.geometry is not None
    assert Concept.objects.filter(bounds__overlaps=made.geometry.bounds).exists()


@pytest.mark.parametrize("version", ["5/4", "6/0"])
def test_a_second_import_of_a_plan_changes_nothing(version: str) -> None:
    imported(PLANS, plan(version=version), "plan.gml")

    run = imported(PLANS, plan(version=version), "plan.gml")

    assert (run.unchanged_count, run.changed_count) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "code", "status"),
    [
        ("BP_Plan", "2400", "participation"),
        ("BP_Plan", "3000", "adopted"),
        ("BP_Plan", "50001", "superseded"),
        ("FP_Plan", "4000", "adopted"),
        ("RP_Plan", "6000", "superseded"),
        ("RP_Plan", "5000", "commissioned"),
    ],
)
def test_how_far_a_plan_is_follows_from_its_code(kind: str, code: str, status: str) -> None:
    imported(
        PLANS,
        plan(f"<x:name>A</x:name><x:nummer>1</x:nummer><x:rechtsstand>{code}</x:rechtsstand>", kind=kind),
        "a.gml",
    )

    assert Concept.objects.get().status == status


def test_a_status_that_is_not_said_stays_unknown_and_is_not_invented() -> None:
    run = imported(PLANS, f"Nummer;Name;Geltungsbereich\n12;Am Anger;{WKT}\n")

    assert Concept.objects.get().status == "unknown"
    assert said(run, "warning") == [("12", "status", "status_unknown")]


def test_a_code_nobody_knows_counts_for_nothing_and_is_named() -> None:
    run = imported(PLANS, "Nummer;Name;Rechtsstand\n12;Am Anger;8888\n")

    assert Concept.objects.get().status == "unknown"
    assert [code for _, _, code in said(run, "warning")] == ["status_code", "status_unknown"]


def test_steps_of_a_list_make_the_status_and_say_so() -> None:
    run = imported(
        PLANS, HEAD + f"12;Am Anger;01.03.2020;02.01.2021|05.06.2021;01.02.2021|07.07.2021;;{WKT}\n"
    )

    assert days("12") == [
        ("initiated", "2020-03-01", ""),
        ("display", "2021-01-02", "2021-02-01"),
        ("display", "2021-06-05", "2021-07-07"),
    ]
    assert Concept.objects.get().status == "drafting"
    assert said(run, "warning") == [("12", "status", "status_by_steps")]


def test_a_later_list_changes_only_the_steps_that_it_names() -> None:
    imported(PLANS, HEAD + "12;Am Anger;01.03.2020;;;;\n".replace(";;;;", f";;;;{WKT}"))
    ConceptStep.objects.create(concept=Concept.objects.get(), step="approved", on="2021-01-01")

    run = imported(PLANS, "Nummer;Name;In Kraft seit\n12;Am Anger;01.04.2022\n")

    assert (run.changed_count, [step for step, _, _ in days("12")]) == (
        1,
        ["initiated", "approved", "in_force"],
    )
    shown = {one["field"]: one["after"] for one in RowResult.objects.get(run=run).differences}
    assert shown["in_force"] == ["1.\u00a0April 2022"] or shown["in_force"] == ["1. April 2022"]
    assert Concept.objects.get().status == "adopted"


def test_a_status_set_by_hand_is_not_lost_to_a_list_that_did_not_change() -> None:
    row = HEAD + f"12;Am Anger;01.03.2020;;;;{WKT}\n"
    imported(PLANS, row)
    Concept.objects.update(status="submitted")

    run = imported(PLANS, row)

    assert (run.unchanged_count, Concept.objects.get().status) == (1, "submitted")


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (f"12;A;31.02.2020;;;;{WKT}", "initiated", "no_such_day"),
        (f"12;A;;01.02.2021;01.01.2021;;{WKT}", "display_until", "ends_before_start"),
        (f";A;;;;;{WKT}", "number", "number_missing"),
        ("12;A;;;;;POINT(13.4 51.3)", "geometry", "not_an_area"),
        ("12;A;;;;;CURVEPOLYGON((13 51, 13.1 51, 13.1 51.1, 13 51))", "geometry", "unsupported_type"),
        ("12;A;;;;;GEOMETRYCOLLECTION(POINT(13 51), POINT(13.1 51))", "geometry", "not_an_area"),
        ("12;A;;;;;POLYGON((50.8 12.9, 50.9 12.9, 50.9 13, 50.8 12.9))", "geometry", "coordinates_swapped"),
        (
            "12;A;;;;;POLYGON((352000 5630000, 352100 5630000, 352100 5630100, 352000 5630000))",
            "geometry",
            "metres_as_degrees",
        ),
        ("12;A;;;;;POLYGON EMPTY", "geometry", "empty_geometry"),
        ("12;A;;;;;POLYGON((13 51, 13.1 51.1, 13.1 51, 13 51.1, 13 51))", "geometry", "cannot_repair"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_plan(row: str, field: str, code: str) -> None:
    run = imported(PLANS, HEAD + row + f"\n13;B;;;;;{WKT}\n")

    assert [(one.row, one.field, one.code) for one in run.problems.filter(weight="error")] == [
        (2, field, code)
    ]
    assert list(Concept.objects.values_list("number", flat=True)) == ["13"]


def test_a_number_that_a_sector_plan_has_is_refused_with_its_title() -> None:
    concept(number="12", title="Radkonzept")

    run = imported(PLANS, HEAD + f"12;Am Anger;;;;;{WKT}\n")

    problem = run.problems.get(weight="error")
    assert (problem.code, problem.value) == ("is_no_plan", "Radkonzept")


def test_a_plan_without_number_is_known_by_its_title() -> None:
    concept(number="BP 7", title="Am Anger", kind="formal_plan")

    run = imported(PLANS, f"Name;Geltungsbereich\nAm Anger;{WKT}\n")

    assert (run.changed_count, Concept.objects.get().geometry is not None) == (1, True)


def test_hostile_xml_is_never_opened() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"c" * 100 + b'">]><a>&b;</a>'

    with pytest.raises(Exception, match="entities"):
        imported(PLANS, bomb, "plan.gml")


@pytest.mark.parametrize("name", ["orte.geojson", "orte.gpkg", "orte.csv"])
def test_a_concept_gets_its_focus_from_any_kind_of_file(name: str) -> None:
    concept(number="FK-1")
    contents = {
        "orte.geojson": geojson(feature(SQUARE, nummer="FK-1")),
        "orte.gpkg": package({"orte": [("FK-1", blob(shapely.box(352000, 5630000, 352100, 5630100)))]}),
        "orte.csv": f"Nummer;WKT\nFK-1;{WKT}\n".encode(),
    }

    first = imported(CONCEPT_PLACES, contents[name], name)
    again = imported(CONCEPT_PLACES, contents[name], name)

    found = Concept.objects.get()
    assert (first.changed_count, again.unchanged_count, found.version) == (1, 1, 2)
    assert found.geometry is not None
    assert found.geometry.is_valid


def test_an_unknown_concept_is_refused_and_the_rest_is_taken_over() -> None:
    concept(number="FK-1")

    run = imported(
        CONCEPT_PLACES, geojson(feature(SQUARE, nummer="FK-1"), feature(SQUARE, nummer="FK-9")), "a.geojson"
    )

    assert (run.changed_count, run.refused_count) == (1, 1)
    assert [(one.row, one.code, one.value) for one in run.problems.all()] == [(2, "unknown_concept", "FK-9")]


def test_coordinates_that_are_no_number_are_named_with_their_concept() -> None:
    for number in ("FK-1", "FK-2"):
        concept(number=number)
    content = geojson(feature(SQUARE, nummer="FK-1"), feature(SQUARE, nummer="FK-2"))

    run = imported(CONCEPT_PLACES, content.replace(b"13.41", b"NaN", 1), "a.geojson")

    assert said(run) == [("FK-1", "geometry", "broken_geometry")]
    assert (run.changed_count, run.refused_count) == (1, 1)


def test_metres_in_a_geopackage_that_calls_them_degrees_are_told_so() -> None:
    concept(number="FK-1")
    metres = blob(shapely.box(352000, 5630000, 352100, 5630100), srid=4326)
    content = package({"orte": [("FK-1", metres)]}, system=(4326, "EPSG", 4326, ""))

    run = imported(CONCEPT_PLACES, content, "orte.gpkg")

    problem = run.problems.get(weight="error")
    assert (problem.key, problem.code) == ("FK-1", "metres_called_degrees")
    assert problem.value == "EPSG:25832, EPSG:25833"


def test_what_was_repaired_is_noted_with_the_number_of_the_concept() -> None:
    concept(number="FK-1")
    spike = "POLYGON Z((13 51 1, 13.1 51 1, 13.2 51 1, 13.1 51 1, 13.1 51.1 1, 13 51.1 1, 13 51 1))"

    run = imported(CONCEPT_PLACES, f"Nummer;WKT\nFK-1;{spike}\n", "a.csv")

    assert said(run, "warning") == [
        ("FK-1", "geometry", "height_dropped"),
        ("FK-1", "geometry", "ring_repaired"),
    ]
    assert run.changed_count == 1


def test_the_outline_in_gml_is_placed_by_the_system_that_the_user_names() -> None:
    content = plan(geometry=POLYGON.replace("EPSG:25833", "Ortsnetz"))

    refused = imported(PLANS, content, "plan.gml")
    told = imported(PLANS, content, "plan.gml", srid="25833")

    assert said(refused) == [("12", "geometry", "unknown_crs")]
    assert told.new_count == 1


def test_a_focus_far_from_the_city_is_taken_over_with_a_note() -> None:
    """UTM 33 read as UTM 32 lies six degrees further west, which still is Germany."""
    concept(number="FK-1")
    places.area(geometry=shapely.box(13.3, 51.2, 13.5, 51.4))
    near, far = "POINT (13.4 51.3)", "POINT (12.4 51.3)"

    here = imported(CONCEPT_PLACES, f"Nummer;WKT\nFK-1;{near}\n", "a.csv")
    there = imported(CONCEPT_PLACES, f"Nummer;WKT\nFK-1;{far}\n", "a.csv")

    assert said(here, "warning") == []
    assert [(one.code, one.value) for one in there.problems.all()] == [("far_from_city", "63 km")]
