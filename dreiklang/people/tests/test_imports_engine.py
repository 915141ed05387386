"""The engine of imports with a real list of people's: crashes, kills, three sides, whole rows.

It stands here and not in core, because core knows no subject.
"""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pghistory.models import Context

from dreiklang.core.enums import RunState
from dreiklang.core.imports import waiting
from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import ImportedRow, Problem, Run, Source
from dreiklang.core.tables import CannotRead
from dreiklang.people.imports.departments import DEPARTMENTS, Departments
from dreiklang.people.models import Department

CLERK = Actor(None, "Koordination")
REPOSITORY = Path(__file__).resolve().parents[3]
TREE = "Kürzel;Name;Etage\n61;Stadtplanungsamt;2. OG\n66;Tiefbauamt;EG\n"


def order(text: str, importer: Departments = DEPARTMENTS, **facts: Any) -> Order:
    read = read_list(importer, text.encode(), file_name="aemter.csv")
    return Order(
        importer, read, suggested_plan(importer, read.table), Options(source="Ämter"), CLERK, **facts
    )


class Crashing(Departments):
    """Breaks off after it has written."""

    def write(self, **everything: Any) -> None:
        super().write(**everything)
        raise RuntimeError("mitten im Schreiben")


@pytest.mark.django_db
def test_a_crash_writes_nothing_and_is_recorded_afterwards() -> None:
    with pytest.raises(RuntimeError):
        run_import(order(TREE, Crashing()))

    run = Run.objects.get()
    assert (run.state, run.file_name) == (RunState.FAILED, "aemter.csv")
    assert Problem.objects.get(run=run).code == "crashed"
    assert not Department.objects.exists()
    assert not ImportedRow.objects.exists()


@pytest.mark.django_db
def test_a_dry_run_crashes_where_the_import_would() -> None:
    with pytest.raises(RuntimeError):
        run_import(order(TREE, Crashing(), is_dry_run=True))

    assert Run.objects.get().is_dry_run


@pytest.mark.django_db
def test_rows_are_kept_whole_with_their_runs() -> None:
    first = run_import(order(TREE))
    second = run_import(order(TREE.replace("2. OG", "3. OG")))

    row = ImportedRow.objects.get(key="61")
    assert row.cells["+Etage"] == "3. OG"
    assert (row.first_run, row.last_run) == (first, second)
    assert ImportedRow.objects.get(key="66").last_run == first


@pytest.mark.django_db
def test_people_s_changes_survive_a_list_that_says_the_same_as_before() -> None:
    run_import(order(TREE))
    Department.objects.filter(key="61").update(name="Amt für Stadtplanung")

    run = run_import(order(TREE.replace("Tiefbauamt", "Straßenbauamt")))

    assert Department.objects.get(key="61").name == "Amt für Stadtplanung"
    assert Department.objects.get(key="66").name == "Straßenbauamt"
    assert (run.changed_count, run.unchanged_count) == (1, 1)


@pytest.mark.django_db
def test_both_sides_changed_stays_open_until_somebody_decides() -> None:
    run_import(order(TREE))
    Department.objects.filter(key="61").update(name="Von Hand")
    changed = TREE.replace("Stadtplanungsamt", "Aus der Liste")

    for _ in range(2):
        run = run_import(order(changed))
        assert Problem.objects.get(run=run).code == "changed_on_both_sides"
        assert Department.objects.get(key="61").name == "Von Hand"

    run_import(order(changed, decisions={"61": {"name": "list"}}))
    assert Department.objects.get(key="61").name == "Aus der Liste"
    assert not Problem.objects.filter(run=run_import(order(changed))).exists()


@pytest.mark.django_db
def test_who_and_why_stand_in_the_history() -> None:
    run_import(order(TREE, reason="Neue Gliederung"))

    told = Context.objects.values_list("metadata__name", "metadata__reason").distinct()
    assert list(told) == [("Koordination", "Import aemter.csv · Neue Gliederung")]


@pytest.mark.django_db
def test_statements_do_not_grow_with_the_rows(django_assert_max_num_queries: Any) -> None:
    rows = "".join(f"{number};Amt {number};x\n" for number in range(1, 400))

    with django_assert_max_num_queries(30):
        run_import(order(f"Kürzel;Name;Etage\n{rows}"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("liste.pdf", b"%PDF-1.4", "wrong_type"),
        ("liste.csv", b"", "empty"),
        (
            "liste.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        ("liste.xlsm", b"PK\x03\x04", "macros"),
        ("liste.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "legacy_xls"),
    ],
)
def test_bad_files_are_refused_with_the_reason(name: str, content: bytes, code: str) -> None:
    with pytest.raises(CannotRead) as refusal:
        read_list(DEPARTMENTS, content, file_name=name)

    assert refusal.value.code == code


def test_a_list_over_the_limit_is_refused(settings: Any) -> None:
    settings.LIST_LIMIT_BYTES = 10

    with pytest.raises(CannotRead) as refusal:
        read_list(DEPARTMENTS, TREE.encode(), file_name="liste.csv")

    assert refusal.value.code == "too_large"


KILLED = """
    import os, signal, django
    django.setup()
    from django.db import connection
    connection.settings_dict["NAME"] = os.environ["KILLED_DATABASE"]
    from dreiklang.people.tests.test_imports_engine import TREE, order
    from dreiklang.people.imports.departments import Departments
    from dreiklang.core.imports.engine import run_import

    class Killed(Departments):
        def write(self, **everything):
            super().write(**everything)
            os.kill(os.getpid(), signal.SIGKILL)

    run_import(order(TREE, Killed()))
"""


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_in_the_middle_leaves_nothing_and_the_next_start_is_clean() -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED)],
        env=os.environ | {"KILLED_DATABASE": connection.settings_dict["NAME"]},
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )

    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert not Department.objects.exists()
    assert not ImportedRow.objects.exists()
    assert run_import(order(TREE)).new_count == 2


@pytest.mark.django_db(transaction=True)
def test_a_long_import_whose_worker_is_gone_is_marked_as_failed() -> None:
    source = Source.objects.create(kind="departments", name="Ämter")
    begun = timezone.now() - waiting.GRACE * 2
    gone, queued, working = [
        Run.objects.create(source=source, state=RunState.RUNNING, started_at=begun, file_name=name)
        for name in ("gone", "queued", "working")
    ]

    with waiting.watched(working) as progress:
        progress(250, 5000)
        found = waiting.note_abandoned(now=timezone.now(), still_queued=frozenset({queued.pk}))

    assert [run.file_name for run in found] == [gone.file_name]
    working.refresh_from_db()
    assert (working.state, working.done_count, working.row_count) == (RunState.RUNNING, 250, 5000)
