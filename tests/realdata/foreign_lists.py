"""What the tests of real lists of measures share: import one, and look where its words went."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import Run
from dreiklang.measures.models import Measure

MEASURES = Path(__file__).resolve().parents[3] / "shared" / "data" / "measures"


def imported(importer: Importer, content: Any, **special: Any) -> Run:
    """The run of a list given as JSON content or as a file."""
    source = content if isinstance(content, Path) else json.dumps(content).encode()
    options = Options(source="Liste", special=special)
    read = read_list(importer, source, file_name="liste.json", options=options)
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, options, Actor(None, "Koordination")))


def tidy(text: Any) -> str:
    """Words with single blanks, so that they can be looked for whatever the line ends were."""
    return " ".join(str(text).split())


def everything_kept(measure: Measure, run: Run, row_key: str) -> str:
    """All words that a measure, its links, its reports and the problems of its row hold."""
    return " ¦ ".join(map(tidy, _kept(measure, run, row_key)))


def _kept(measure: Measure, run: Run, row_key: str) -> Iterator[Any]:
    for field in Measure._meta.concrete_fields:
        value = getattr(measure, field.attname)
        yield from value if isinstance(value, list) else [value]
    for report in measure.reports.all():
        yield from (report.next_step, report.note, report.phase, report.timeliness)
    yield from measure.areas.values_list("name", flat=True)
    yield from measure.task_links.values_list("task__title", flat=True)
    if measure.lead_department:
        yield measure.lead_department.name
    yield from run.problems.filter(key=row_key).values_list("value", flat=True)
