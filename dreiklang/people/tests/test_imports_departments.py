"""Departments from lists, through the whole engine."""

import pytest

from dreiklang.core.enums import Outcome
from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import CannotImport, read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import ImportedRow, Problem, RowResult, Run
from dreiklang.people.imports.departments import DEPARTMENTS
from dreiklang.people.models import Account, Department

pytestmark = pytest.mark.django_db

CLERK = Actor(None, "Johanna Berthold")


def imported(text: str, *, is_dry_run: bool = False, encoding: str = "utf-8") -> Run:
    read = read_list(DEPARTMENTS, text.encode(encoding), file_name="aemter.csv")
    plan = suggested_plan(DEPARTMENTS, read.table)
    return run_import(Order(DEPARTMENTS, read, plan, Options(source="Ämter"), CLERK, is_dry_run=is_dry_run))


def codes(run: Run) -> list[tuple[int | None, str]]:
    return list(Problem.objects.filter(run=run).order_by("row", "pk").values_list("row", "code"))


TREE = "Kürzel;Name;Übergeordnet;Art\n61.1;Wohnen;61;Abteilung\n61;Stadtplanung;D3;Amt\nD3;Dezernat 3;;Dezernat\n"


def test_children_may_stand_above_their_parents() -> None:
    run = imported(TREE)

    assert (run.new_count, run.refused_count) == (3, 0)
    assert Department.objects.get(key="61.1").parent.parent.key == "D3"


def test_second_import_changes_nothing() -> None:
    imported(TREE)

    run = imported(TREE)

    assert (run.new_count, run.changed_count, run.unchanged_count) == (0, 0, 3)


def test_dry_run_writes_nothing_but_its_report() -> None:
    run = imported(TREE, is_dry_run=True)

    assert run.is_dry_run
    assert run.new_count == 3
    assert not Department.objects.exists()
    assert not ImportedRow.objects.exists()
    assert RowResult.objects.filter(run=run, outcome=Outcome.NEW).count() == 3


def test_a_changed_row_changes_only_its_field() -> None:
    imported(TREE)

    run = imported(TREE.replace("Wohnen", "Stadterneuerung und Wohnen"))

    result = RowResult.objects.get(run=run, outcome=Outcome.CHANGED)
    assert result.differences == [
        {"field": "name", "before": "Wohnen", "after": "Stadterneuerung und Wohnen"}
    ]
    assert Department.objects.get(key="61.1").version == 2
    assert Department.objects.get(key="61").version == 1


def test_circles_are_refused_and_the_rest_is_imported() -> None:
    run = imported("Kürzel;Name;Übergeordnet\n1;A;2\n2;B;1\n3;C;\n")

    assert codes(run) == [(2, "department_circle"), (3, "department_circle")]
    assert list(Department.objects.values_list("key", flat=True)) == ["3"]


def test_unknown_parent_is_refused_with_the_nearest() -> None:
    run = imported("Kürzel;Name;Übergeordnet\n61;Stadtplanungsamt;\n61.1;Wohnen;Stadtplanungamt\n")

    problem = Problem.objects.get(run=run)
    assert (problem.row, problem.code, problem.proposals) == (
        3,
        "unknown_department",
        ["61 Stadtplanungsamt"],
    )


def test_children_of_a_refused_department_are_refused_too() -> None:
    run = imported("Kürzel;Name;Übergeordnet\n61;;\n61.1;Wohnen;61\n61.2;Planung;61.1\n")

    assert codes(run) == [(2, "required_empty"), (3, "needs_refused"), (4, "needs_refused")]
    assert not Department.objects.exists()


def test_second_row_of_a_key_is_refused_and_both_say_so() -> None:
    run = imported("Kürzel;Name\n61;Planung\n61;Bauordnung\n")

    assert codes(run) == [(2, "key_again"), (3, "duplicate_key")]
    assert Department.objects.get().name == "Planung"


def test_a_vanished_key_is_reported_and_not_deleted() -> None:
    imported(TREE)

    run = imported("\n".join(line for line in TREE.splitlines() if not line.startswith("61.1")))

    assert run.missing_count == 1
    assert RowResult.objects.get(run=run, outcome=Outcome.MISSING).key == "61.1"
    assert Department.objects.filter(key="61.1").exists()


def test_an_absent_column_is_not_touched_and_an_emptied_cell_clears() -> None:
    imported(TREE)

    imported("Kürzel;Name\n61;Stadtplanungsamt\n")
    assert Department.objects.get(key="61").parent is not None

    run = imported("Kürzel;Übergeordnet\n61;\n")
    assert Department.objects.get(key="61").parent is None
    assert Department.objects.get(key="61").name == "Stadtplanungsamt"
    assert RowResult.objects.get(run=run, outcome=Outcome.CHANGED).differences == [
        {"field": "parent", "before": "D3", "after": None}
    ]


def test_head_that_is_not_there_yet_is_a_warning_and_found_later() -> None:
    text = "Kürzel;Name;Leitung\n61;Planung;lead@stadt.example\n"
    assert codes(imported(text)) == [(2, "unknown_person")]

    lead = Account.objects.create(email="lead@stadt.example", name="Lead")
    run = imported(text)

    assert run.changed_count == 1
    assert Department.objects.get().head == lead


def test_a_list_without_key_column_is_refused_as_a_whole() -> None:
    with pytest.raises(CannotImport) as refusal:
        imported("Farbe;Form\nblau;rund\n")

    assert [problem.code for problem in refusal.value.problems] == ["key_column_missing"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-1"])
def test_encodings_are_recognised_and_shown(encoding: str) -> None:
    run = imported("Kürzel;Name\n67;Grünflächenamt\n", encoding=encoding)

    assert run.file_facts["encoding"] == encoding.replace("cp1252", "iso-8859-1")
    assert Department.objects.get().name == "Grünflächenamt"
