"""A list of a department becomes values: in one transaction, with its file kept whole, or tried and rolled back."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Outcome, RunState
from dreiklang.core.history import acting
from dreiklang.core.models import RowResult, Run
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Delivery
from dreiklang.monitoring.queries.wording import LIST_KIND
from dreiklang.monitoring.rules.value_plans import ValuePlan
from dreiklang.monitoring.services.bringing import Brought, bring
from dreiklang.monitoring.services.bulk import Incoming, Written
from dreiklang.monitoring.services.provenance import kept_file, list_dataset
from dreiklang.monitoring.services.run_reports import counted, keep_report
from dreiklang.monitoring.services.value_doubts import (
    Beside,
    InForce,
    beside,
    doubt_problems,
    is_guarded,
    key_of,
    number_words,
)
from dreiklang.monitoring.services.value_rows import Cells, Sorting, sorted_cells
from dreiklang.monitoring.services.value_targets import Target, Targets
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require
from dreiklang.places.queries import municipality

SAMPLE = 200
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class _RolledBack(Exception):
    """Ends the transaction of a dry run."""


@dataclass(frozen=True, kw_only=True)
class ValueList:
    """A list as it was read, with what a person decided about it. `name` is the same whenever the list comes again."""

    name: str
    file_name: str
    content: bytes
    cells: Cells
    plan: ValuePlan
    mapping_name: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """What became of a list: the run with its report, and the delivery unless it was only tried."""

    run: Run
    delivery: Delivery | None
    doubt_count: int


def deliver_list(
    *,
    by: Viewer,
    given: ValueList,
    now: datetime,
    today: date,
    is_dry_run: bool = False,
    reason: str = "",
    has_looked: bool = False,
) -> Done:
    """Write the values of the list, hold them until they are released, or try it.

    Cells that cannot be kept are named with row, column, value and reason; the others are taken. Whose indicators
    they are is looked at cell by cell (`not_your_indicator`). Raises: NotAllowed for whoever brings no values at all.
    """
    require(by, permissions.SEE_INSIDE)
    run = Run(
        mapping_name=given.mapping_name[:80],
        file_name=given.file_name[:255],
        file_sha256=hashlib.sha256(given.content).hexdigest(),
        file_facts=given.facts,
        state=RunState.DONE,
        is_dry_run=is_dry_run,
        started_at=now,
        by_id=by.account_id,
        by_name=by.name,
        reason=reason,
        row_count=len({one.row for one in given.cells.rows}),
    )
    run.done_count = run.row_count
    carried = _Carried(by, given, run, now, today, has_looked)
    return carried.tried() if is_dry_run else carried.done()


@dataclass
class _Carried:
    by: Viewer
    given: ValueList
    run: Run
    now: datetime
    today: date
    has_looked: bool

    def done(self) -> Done:
        with acting(by_id=self.by.account_id, by_name=self.by.name, reason=_("Werte geliefert")):
            delivery, written, sorting, set_beside = self._out()
            self._report(written, sorting, set_beside)
            delivery.run = self.run
            delivery.save(update_fields=["run"])
        return Done(self.run, delivery, len(set_beside.doubts))

    def tried(self) -> Done:
        result: tuple[Written, Sorting, Beside] | None = None
        try:
            with acting(by_id=self.by.account_id, by_name=self.by.name, reason=_("Probelauf")):
                _delivery, *result = self._out()  # type: ignore[assignment]
                connection.check_constraints()
                raise _RolledBack
        except _RolledBack:
            pass
        assert result is not None  # noqa: S101  # set before the rollback
        written, sorting, set_beside = result
        with transaction.atomic():
            self._report(written, sorting, set_beside)
        return Done(self.run, None, len(set_beside.doubts))

    def _out(self) -> tuple[Delivery, Written, Sorting, Beside]:
        dataset = list_dataset(
            city=municipality().name, code=list_code(self.given.name), title=self.given.name
        )
        targets = Targets(self.by, self.given.plan, dataset)
        sorting = sorted_cells(self.given.cells, targets, self.given.plan, today=self.today)
        values = list(sorting.found.values.values())
        self.run.file_facts = {**self.run.file_facts, **counted(dataset, targets.indicator_keys)}
        set_beside = beside(values, sorting.targets, today=self.today)
        brought = Brought(
            values=values,
            quantity_ids=targets.quantity_ids,
            beside=set_beside,
            targets=sorting.targets,
            regions=sorting.regions,
            decimals=sorting.found.decimals,
            dataset=dataset,
            reason=self.run.reason,
            source=kept_file(
                name=self.given.file_name, content=self.given.content, sha256=self.run.file_sha256
            ),
            row_count=self.run.row_count,
            has_looked=self.has_looked,
        )
        delivery, written = bring(brought, by=self.by, now=self.now)
        sorting.found.problems += doubt_problems(
            set_beside, sorting.targets, column=lambda one: sorting.columns.get(key_of(one), "")
        )
        return delivery, written, sorting, set_beside

    def _report(self, written: Written, sorting: Sorting, set_beside: Beside) -> None:
        self.run.file_facts = {**self.run.file_facts, "doubt_count": len(set_beside.doubts)}
        keep_report(
            self.run,
            kind=LIST_KIND,
            source=self.given.name,
            written=written,
            found=sorting.found,
            changes=_sample(set_beside, sorting, is_whole=self.run.is_dry_run),
        )


def list_code(name: str) -> str:
    """How a list is called in the catalogue: plain letters of its name."""
    plain = _NOT_PLAIN.sub("-", name.casefold().translate(_LETTERS)).strip("-")
    return plain[:80] or "liste"


def _sample(found: Beside, sorting: Sorting, *, is_whole: bool) -> list[RowResult]:
    """Some of what changes and, while trying, of what is new: area and day, before, after."""
    rows = [_row(one, before, sorting) for one, before in found.changed[:SAMPLE]]
    return rows + ([_row(one, None, sorting) for one in found.new[:SAMPLE]] if is_whole else [])


def _row(value: Incoming, before: InForce | None, sorting: Sorting) -> RowResult:
    target = sorting.targets[value.quantity_id]
    return RowResult(
        row=value.row,
        key="",
        label=" · ".join(_where(value, target, sorting))[:300],
        outcome=Outcome.CHANGED if before else Outcome.NEW,
        differences=[
            {
                "field": _("Wert"),
                "before": _sampled(before.value, before.mark, target) if before else None,
                "after": _sampled(value.value, value.mark, target),
            }
        ],
    )


def _sampled(number: Decimal | None, mark: str, target: Target) -> str:
    """A value in the sample. Where small counts are hidden not even a sign is told."""
    if is_guarded(target):
        return _("nicht gezeigt")
    return mark if number is None else number_words(number, target)


def _where(value: Incoming, target: Target, sorting: Sorting) -> Sequence[str]:
    day = value.ends_on.strftime("%d.%m.%Y")
    return target.name, sorting.regions.get(value.region_id, ""), day
