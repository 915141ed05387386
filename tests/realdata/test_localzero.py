"""LocalZero lists: nested or as records of a database, measures with parts and five states."""

import copy
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from dreiklang.core.enums import Outcome, Visibility
from dreiklang.core.models import RowResult
from dreiklang.measures.imports.localzero import LOCALZERO, STATES
from dreiklang.measures.models import Measure, Report
from dreiklang.measures.models.labels import PHASE_LABELS, TIMELINESS_LABELS
from dreiklang.measures.rules import Phase, Timeliness
from dreiklang.measures.tests.factories import department
from tests.realdata.foreign_lists import MEASURES, everything_kept, imported, tidy

FOLDER = MEASURES / "localzero"
NESTED = FOLDER / "mainz-task.json"
RECORDS = FOLDER / "wuerzburg-bremen-2023-04-27.json"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "sources" / "localzero.md"
STAND = "2024-02-01"
# They say the place in the tree, which the measures' parents hold, or a state, which reports hold.
IN_THE_TREE = {"children", "numchild", "path", "depth", "execution_status"}

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.exists(), reason="../shared/data/measures/localzero is not there"),
]


def nested() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(NESTED.read_text(encoding="utf-8"))
    return found


def records(model: str) -> list[dict[str, Any]]:
    found = json.loads(RECORDS.read_text(encoding="utf-8"))
    return [one for one in found if one["model"] == model]


def walked(measures: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in measures:
        yield one
        yield from walked(one["children"])


def filled(fields: dict[str, Any]) -> dict[str, str]:
    """The fields that say something, in their words; an empty list or text and null say nothing."""
    return {name: tidy(value) for name, value in fields.items() if value not in (None, "", [])}


def number_of(pk: Any) -> str:
    return f"LZ-{pk}"


def test_all_measures_of_the_nested_list_come_in_with_their_parts() -> None:
    run = imported(LOCALZERO, NESTED, stand=STAND)

    assert (run.new_count, run.refused_count) == (55, 0)
    expected = {
        number_of(child["id"]): number_of(one["id"]) for one in walked(nested()) for child in one["children"]
    }
    found = dict(Measure.objects.exclude(parent=None).values_list("number", "parent__number"))
    assert found == expected
    assert len(found) == 50


def test_measures_of_the_records_come_in_with_their_parts() -> None:
    run = imported(LOCALZERO, RECORDS)

    assert (run.new_count, run.refused_count) == (17, 0)
    paths = {one["fields"]["path"]: one["pk"] for one in records("cpmonitor.task")}
    expected = {number_of(pk): number_of(paths[p[:-4]]) for p, pk in paths.items() if len(p) > 4}
    assert dict(Measure.objects.exclude(parent=None).values_list("number", "parent__number")) == expected
    assert len(expected) == 6


def test_nothing_of_the_nested_list_is_lost() -> None:
    run = imported(LOCALZERO, NESTED, stand=STAND)

    lost = []
    for one in walked(nested()):
        kept = everything_kept(Measure.objects.get(number=number_of(one["id"])), run, str(one["id"]))
        fields = {name: words for name, words in filled(one).items() if name not in IN_THE_TREE}
        lost += [(one["id"], name) for name, words in fields.items() if words not in kept]

    assert lost == []


def test_nothing_of_the_records_is_lost() -> None:
    run = imported(LOCALZERO, RECORDS)

    lost = []
    names = {one["pk"]: one["fields"]["name"] for one in records("cpmonitor.city")}
    for one in records("cpmonitor.task"):
        kept = everything_kept(Measure.objects.get(number=number_of(one["pk"])), run, str(one["pk"]))
        fields = {k: v for k, v in filled(one["fields"]).items() if k not in IN_THE_TREE | {"city"}}
        lost += [(one["pk"], name) for name, words in fields.items() if words not in kept]
        assert names[one["fields"]["city"]] in kept
    notes = " ".join(tidy(note["value"]) for note in run.file_facts["notes"])
    for city in records("cpmonitor.city"):
        lost += [(city["pk"], n) for n, words in filled(city["fields"]).items() if words not in notes]

    assert lost == []


def test_the_table_of_states_in_the_page_is_the_one_that_is_used() -> None:
    rows = [line.strip("|").split("|") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows if row[0].strip().isdigit()]
    said = {code: (words, phase, time) for code, words, phase, time, _why in cells}

    used = {
        code: (
            one.words,
            str(PHASE_LABELS[Phase(one.phase)]) if one.phase else "–",
            str(TIMELINESS_LABELS[Timeliness(one.timeliness)]) if one.timeliness else "–",
        )
        for code, one in STATES.items()
    }
    assert said == used
    assert set(said) == {"0", "2", "4", "6", "8"}


def test_each_state_becomes_phase_and_timeliness_and_unknown_stays_unknown() -> None:
    run = imported(LOCALZERO, NESTED, stand=STAND)

    for one in walked(nested()):
        state = STATES[str(one["execution_status"])]
        report = Report.objects.filter(measure__number=number_of(one["id"])).first()
        found = (report.phase, report.timeliness) if report else ("", "")
        assert found == (state.phase, state.timeliness), one["id"]
    unknown = run.problems.filter(code="state_unknown").count()
    assert unknown == sum(1 for one in walked(nested()) if one["execution_status"] == 0) == 10
    assert Report.objects.filter(phase="", timeliness="").count() == 1  # the one whose reasons are given


def test_reports_carry_the_day_of_the_city_record() -> None:
    run = imported(LOCALZERO, RECORDS)

    assert set(Report.objects.values_list("reported_on", flat=True)) == {date(2023, 4, 2), date(2023, 4, 19)}
    assert not run.problems.filter(code="stand_missing").exists()


def test_without_a_day_reports_carry_today_and_the_run_says_so_once() -> None:
    run = imported(LOCALZERO, NESTED)

    assert run.problems.filter(code="stand_missing").count() == 1
    assert set(Report.objects.values_list("reported_on", flat=True)) == {timezone.localdate()}


@pytest.mark.parametrize(
    ("stand", "code"),
    [("bald", "not_a_day"), ((timezone.localdate() + timedelta(days=2)).isoformat(), "stand_in_future")],
)
def test_a_day_that_cannot_be_the_state_of_the_list_refuses_it(stand: str, code: str) -> None:
    run = imported(LOCALZERO, NESTED, stand=stand)

    assert (run.refused_count, run.new_count) == (55, 0)
    assert set(run.problems.filter(weight="error").values_list("code", flat=True)) == {code}


def test_an_organ_that_is_a_department_leads_and_others_stay_text() -> None:
    department("31", name="Straßenverkehrsbehörde")

    run = imported(LOCALZERO, NESTED, stand=STAND)

    led = Measure.objects.exclude(lead_department=None)
    assert [one.lead_department.key for one in led] == ["31"]
    assert "Verantwortliches Organ:" not in led.get().source_note
    texts = run.problems.filter(code="organ_stays_text").count()
    assert texts == sum(1 for one in walked(nested()) if one["responsible_organ"]) - 1


def test_measures_come_in_as_internal() -> None:
    imported(LOCALZERO, NESTED, stand=STAND)

    assert not Measure.objects.exclude(visibility=Visibility.INTERNAL).exists()


@pytest.mark.parametrize(("file", "count"), [(NESTED, 55), (RECORDS, 17)])
def test_a_second_import_changes_nothing(file: Path, count: int) -> None:
    imported(LOCALZERO, file, stand=STAND)
    reports = Report.objects.count()

    run = imported(LOCALZERO, file, stand=STAND)

    assert (run.unchanged_count, run.changed_count, run.new_count) == (count, 0, 0)
    assert Report.objects.count() == reports


def test_a_changed_file_changes_just_what_changed() -> None:
    imported(LOCALZERO, NESTED, stand=STAND)
    changed = copy.deepcopy(nested())
    first, second = changed[1], changed[1]["children"][0]
    first["title"] = "Neuer Name"
    second["execution_status"] = 4
    second["planned_completion"] = "2031-12-31"

    run = imported(LOCALZERO, changed, stand="2024-06-01")

    results = RowResult.objects.filter(run=run, outcome=Outcome.CHANGED)
    found = {one.key: {d["field"] for d in one.differences} for one in results}
    assert found == {str(first["id"]): {"title"}, str(second["id"]): {"state", "ends_on"}}
    measure = Measure.objects.get(number=number_of(second["id"]))
    assert (measure.current_report.phase, measure.current_report.reported_on) == ("in_use", date(2024, 6, 1))
    assert run.unchanged_count == 53


def test_a_part_moves_with_the_tree() -> None:
    imported(LOCALZERO, NESTED, stand=STAND)
    changed = copy.deepcopy(nested())
    moved = changed[1]["children"].pop(0)
    changed[0]["children"].append(moved)
    changed[0]["numchild"] += 1
    changed[1]["numchild"] -= 1

    run = imported(LOCALZERO, changed, stand=STAND)

    assert Measure.objects.get(number=number_of(moved["id"])).parent.number == number_of(changed[0]["id"])
    assert (run.changed_count, run.unchanged_count) == (1, 54)


def test_a_parent_that_the_file_lacks_is_a_problem_of_the_row() -> None:
    tasks = records("cpmonitor.task")
    parent = next(one for one in tasks if one["fields"]["path"] == "000O")

    run = imported(LOCALZERO, [one for one in tasks if one is not parent], stand=STAND)

    assert run.refused_count == 0
    assert run.problems.filter(code="parent_missing").count() == 4
