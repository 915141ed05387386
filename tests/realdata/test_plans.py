"""Real plans: three outlines with their procedure, and two XPlanGML files of test data."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dreiklang.concepts.imports.plans import PLANS
from dreiklang.concepts.models import Concept, ConceptStep
from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import CannotImport, read_list, run_import, suggested_plan
from dreiklang.core.imports.mapping import Plan
from dreiklang.core.imports.order import Order
from dreiklang.core.imports.wording import sentence
from dreiklang.core.models import Problem, Run
from dreiklang.core.shapes import area_km2

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "plans"
FIXTURE = DATA / "neustadt-weinstrasse-bplan-fixture.json"
XPLAN = DATA / "xplangml-gpl3-test-only"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.exists(), reason="../shared/data/plans is not there"),
]


def imported(source: Path | bytes, name: str, columns: dict[str, str] | None = None, **special: Any) -> Run:
    options = Options(source=name, special=special)
    read = read_list(PLANS, source, file_name=name, options=options)
    plan = Plan({**suggested_plan(PLANS, read.table).columns, **(columns or {})})
    return run_import(Order(PLANS, read, plan, options, Actor(None, "Stadtplanung")))


def steps_of(number: str) -> list[tuple[str, str]]:
    found = ConceptStep.objects.filter(concept__number=number).order_by("on", "pk")
    return [(one.step, one.on.isoformat()) for one in found]


def test_three_plans_of_a_city_load_with_outline_procedure_and_status() -> None:
    run = imported(FIXTURE, FIXTURE.name)

    plans = {one.number: one for one in Concept.objects.all()}
    assert (run.new_count, run.refused_count) == (3, 0)
    assert {number: plan.status for number, plan in plans.items()} == {
        "156": "superseded",
        "230": "unknown",
        "231": "drafting",
    }
    assert steps_of("156") == [
        ("initiated", "2025-03-01"),
        ("resolved", "2026-03-02"),
        ("in_force", "2026-03-12"),
        ("expired", "2026-03-20"),
    ]
    assert steps_of("231") == [("initiated", "2025-12-16")]
    assert steps_of("230") == []
    anger = plans["156"]
    assert (anger.valid_from, anger.valid_to) == (date(2026, 3, 12), date(2026, 3, 19))
    assert (anger.kind, anger.plan_type, anger.visibility) == (
        "formal_plan",
        "Einfacher Bebauungsplan",
        "internal",
    )
    assert all(0.001 < area_km2(plan.geometry) < 1 for plan in plans.values())


def test_a_second_import_of_the_three_plans_changes_nothing() -> None:
    imported(FIXTURE, FIXTURE.name)

    run = imported(FIXTURE, FIXTURE.name)

    assert (run.unchanged_count, run.changed_count, run.new_count) == (3, 0, 0)


def test_the_same_plans_load_from_a_table_with_ewkt() -> None:
    rows = [one["fields"] for one in json.loads(FIXTURE.read_text(encoding="utf-8"))]
    names = ("nummer", "name", "inkrafttretens_datum", "geltungsbereich")
    table = io.StringIO(newline="")
    csv.writer(table, delimiter=";").writerows([names, *([row[name] for name in names] for row in rows)])

    run = imported(table.getvalue().encode(), "plaene.csv")

    assert (run.new_count, run.refused_count) == (3, 0)
    assert Concept.objects.exclude(geometry=None).count() == 3


def test_a_plan_whose_system_does_not_fit_is_refused_by_name_and_loads_with_the_right_one() -> None:
    file = XPLAN / "bp_plan.gml"

    refused = imported(file, file.name, {"number": "name"})
    problem = Problem.objects.get(run=refused, weight="error")
    loaded = imported(file, file.name, {"number": "name"}, srid="31467")

    assert (refused.refused_count, problem.key, problem.code) == (1, "bp_plan", "other_crs")
    assert "EPSG:31467" in sentence(code=problem.code, importer=PLANS, value=problem.value)
    assert (loaded.new_count, loaded.refused_count) == (1, 0)
    plan = Concept.objects.get()
    assert 8 < plan.geometry.centroid.x < 9
    assert steps_of("bp_plan") == [("display", "2021-08-19"), ("display", "2021-08-20")]
    assert plan.status == "drafting"


def test_a_plan_without_number_is_refused_until_a_column_is_named() -> None:
    file = XPLAN / "bp_plan1.gml"

    refused = imported(file, file.name)
    loaded = imported(file, file.name, {"number": "name"})

    codes = set(Problem.objects.filter(run=refused, weight="error").values_list("code", flat=True))
    assert (refused.refused_count, codes) == (1, {"number_missing"})
    assert loaded.new_count == 1
    assert Concept.objects.get().geometry.centroid.x == pytest.approx(12.99, abs=0.01)


def test_a_list_without_any_key_column_cannot_be_imported() -> None:
    with pytest.raises(CannotImport):
        imported(b"a;b\n1;2\n", "liste.csv")
