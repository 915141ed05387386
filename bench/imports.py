"""A city's list of 5,000 measures as XLSX: the whole import against reading it and one bulk insert of the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from bench.city import words
from bench.databases import Databases
from bench.harness import Line, in_turn, statements
from dreiklang.core.history import acting
from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import limits, read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import Run, Source
from dreiklang.core.tables import read_table
from dreiklang.core.tables.write import Column, write_xlsx
from dreiklang.measures.imports.measures import MEASURES
from dreiklang.measures.models import Measure, MeasureArea, MeasureGoal, MeasurePartner, MeasureTask

ROWS, FEW_ROWS = 5_000, 500
CITY = 500
MOST = 3.0
FILE, SOURCE = "massnahmen.xlsx", "Bench"
BATCH = 2_000
# What the list is about. The import also keeps each row whole and writes its report: the reference does not.
TABLES: Sequence[type[Model]] = (Measure, MeasureGoal, MeasureTask, MeasureArea, MeasurePartner)
HEADER = (
    "Nummer",
    "Titel",
    "Kurz",
    "Beschreibung",
    "Federführendes Amt",
    "Partner",
    "Ziele",
    "Zukunftsaufgaben",
    "Art",
    "Beginn",
    "Ende",
    "Stadtteile",
    "Ort",
    "Kosten",
    "Beschluss",
    "Beschlussdatum",
    "Sichtbarkeit",
    "Themen",
    "Haushaltsstelle",
)


class _Undone(Exception):
    """Ends a run without a trace, so that the next one finds the same city."""


# The records that an import made, table by table, ready to be inserted again.
Written = Sequence[tuple[type[Model], list[Model]]]


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of each case."""
    yield "import of a list", lambda: _lines(databases)


def _lines(databases: Databases) -> list[Line]:
    name = f"import of {ROWS} rows"
    few, many = workbook(FEW_ROWS), workbook(ROWS)
    with databases.copy_of(databases.city(CITY)) as city:
        databases.turn_to(city)
        Source.objects.get_or_create(kind=MEASURES.kind, name=SOURCE)
        counts = [_count(few), _count(many)]
        written = _written(many)
        pair = in_turn(
            lambda: _undone(lambda: imported(many)), lambda: _undone(lambda: inserted(many, written))
        )
    return [
        pair.line(name, reference="parse and bulk insert", bound=MOST),
        # Statements grow with the batches only, never with the rows.
        Line(f"{name}: statements", str(counts[1]), f"{counts[0]} at {FEW_ROWS}", counts[1], unit="SQL"),
    ]


def workbook(rows: int) -> bytes:
    """A list as a city keeps it; the same for the same number of rows."""
    random = Random("import")  # noqa: S311 - the same every time
    return write_xlsx(
        columns=[Column(name) for name in HEADER],
        rows=(_row(n, random) for n in range(rows)),
        title="Maßnahmen",
    )


def _row(n: int, random: Random) -> tuple[Any, ...]:
    return (
        f"B-{n + 1:05}",
        f"{words.title(random)} {n + 1}",
        words.text(random, 1),
        words.text(random, random.randint(2, 5)),
        str(n % 20 + 11),
        random.choice(words.PLACES) + "er Verein" if n % 3 == 0 else None,
        f"!{n % 4 + 1}.{n % 3 + 1} + (3): {words.text(random, 1)}|{(n + 1) % 4 + 1}.1 -",
        str(n % 5 + 1),
        "Daueraufgabe" if n % 12 == 0 else "befristet",
        date(2024, n % 12 + 1, n % 28 + 1),
        f"{n % 4 + 1}. Quartal {2026 + n % 6}",
        f"{n % 20 + 1:02}|{(n + 1) % 20 + 1:02}",
        random.choice(words.PLACES),
        Decimal(random.randint(10, 9000)) * 1000 if n % 5 else "noch nicht bezifferbar",
        f"B-{n % 400:03}/2024",
        date(2024, 3, n % 28 + 1),
        "öffentlich",
        "Verkehr|Klima",
        f"{n % 90 + 10}.{n % 9}100",
    )


def imported(content: bytes) -> Run:
    """Ours: read, compare, write, remember, report."""
    read = read_list(MEASURES, content, file_name=FILE)
    plan = suggested_plan(MEASURES, read.table)
    run = run_import(Order(MEASURES, read, plan, Options(source=SOURCE), Actor(None, "Bench")))
    assert (run.new_count, run.refused_count) == (run.row_count, 0), list(run.problems.values()[:3])
    return run


def inserted(content: bytes, written: Written) -> None:
    """Reference: parse the same file, and one bulk insert of the same rows into each of the same tables."""
    table = read_table(content, filename=FILE, limits=limits())
    assert len(table.rows) == ROWS
    with acting(by_id=None, by_name="Bench", reason="Bench"):
        for model, records in written:
            model._default_manager.bulk_create(records, batch_size=BATCH)


def _written(content: bytes) -> Written:
    """What an import of that list makes."""
    before = {model: list(model._default_manager.values_list("pk", flat=True)) for model in TABLES}
    found: list[tuple[type[Model], list[Model]]] = []

    def look() -> None:
        imported(content)
        for model in TABLES:
            found.append((model, list(model._default_manager.exclude(pk__in=before[model]).order_by("pk"))))

    _undone(look)
    return found


def _count(content: bytes) -> int:
    with statements() as found:
        _undone(lambda: imported(content))
    return len(found)


def _undone(work: Callable[[], Any]) -> None:
    try:
        with transaction.atomic():
            work()
            connection.check_constraints()
            raise _Undone
    except _Undone:
        pass
