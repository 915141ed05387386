"""A catalogue that was read becomes datasets here: in one transaction with its report, or tried and rolled back.

What vanished at the source is marked and stays; what people of the city wrote (who answers for it, by when, how good
it is, who may see it) is never touched.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import Outcome, RunState, Visibility, Weight
from dreiklang.core.history import acting
from dreiklang.core.models import Problem, RowResult, Run, Source
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Catalogue, Dataset
from dreiklang.monitoring.rules.dcat.brought import AsWritten, Brought
from dreiklang.monitoring.rules.dcat.statements import as_json
from dreiklang.monitoring.rules.dcat.values import first_iri, first_text
from dreiklang.monitoring.rules.harvests import HarvestState
from dreiklang.monitoring.services.dataset_entries import EntryWriter, Kept
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

KIND = "catalogue"
MOST_PROBLEMS, MOST_RESULTS = 2_000, 5_000
_BATCH = 1_000


class _RolledBack(Exception):
    """Ends the transaction of a dry run."""


@dataclass(frozen=True, kw_only=True)
class Harvest:
    """What was read of a catalogue.

    is_complete  all of it: then what is not in it has vanished. One page of three is not complete
    is_emptied   somebody says that it holds no dataset any more; else one that names none has vanished nothing
    visibility   of datasets that are new here
    pages        tags of the answers, by address; None where nothing came from a server
    """

    brought: Brought
    is_complete: bool
    is_emptied: bool = False
    visibility: Visibility = Visibility.INTERNAL
    pages: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Told:
    """What a run found worth telling."""

    code: str
    key: str = ""
    field: str = ""
    value: str = ""
    weight: Weight = Weight.WARNING
    row: int | None = None
    proposals: tuple[str, ...] = ()


def take_over(
    *,
    by: Viewer,
    catalogue: Catalogue,
    harvest: Harvest,
    now: datetime,
    is_dry_run: bool = False,
    reason: str = "",
) -> Run:
    """Keep the datasets of a harvest, or try it, and return the run with its report. Raises: NotAllowed."""
    require(by, permissions.RUN_CATALOGUE)
    run = _run(by, catalogue, now=now, is_dry_run=is_dry_run, reason=reason, facts=harvest.facts)
    work = _Work(catalogue, harvest, by=by, now=now)
    try:
        with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenkatalog abgerufen")):
            work.carry_out()
            if is_dry_run:
                connection.check_constraints()
                raise _RolledBack
            work.close()
            _report(run, catalogue, work)
    except _RolledBack:
        with transaction.atomic():
            _report(run, catalogue, work)
    return run


def note_unchanged(*, by: Viewer, catalogue: Catalogue, now: datetime, facts: Mapping[str, Any]) -> Run:
    """The server says that nothing has changed since the last harvest: also that is a run."""
    require(by, permissions.RUN_CATALOGUE)
    with transaction.atomic():
        run = _run(by, catalogue, now=now, is_dry_run=False, reason="", facts={**facts, "is_unchanged": True})
        run.unchanged_count = run.row_count = run.done_count = catalogue.entries.filter(
            missing_since=None
        ).count()
        run.finished_at = now
        _save(run, catalogue)
        Catalogue.objects.filter(pk=catalogue.pk).update(
            state=HarvestState.DONE, harvested_at=now, progress={}
        )
    return run


def note_refused(
    *,
    by: Viewer,
    catalogue: Catalogue,
    now: datetime,
    code: str,
    value: str = "",
    line: int = 0,
    proposal: str = "",
    is_dry_run: bool = False,
) -> Run:
    """The catalogue could not be read: nothing changed, and the report says why."""
    require(by, permissions.RUN_CATALOGUE)
    with transaction.atomic():
        run = _run(by, catalogue, now=now, is_dry_run=is_dry_run, reason="", facts={})
        run.state, run.finished_at = RunState.REFUSED, now
        _save(run, catalogue)
        told = _Told(
            code,
            value=value,
            weight=Weight.ERROR,
            row=line or None,
            proposals=(proposal,) if proposal else (),
        )
        _problem(run, told).save()
        if not is_dry_run:
            Catalogue.objects.filter(pk=catalogue.pk).update(state=HarvestState.BROKEN_OFF, progress={})
    return run


class _Work:
    """One harvest while it is written."""

    def __init__(self, catalogue: Catalogue, harvest: Harvest, *, by: Viewer, now: datetime) -> None:
        self.catalogue = catalogue
        self.harvest = harvest
        self.by = by
        self.now = now
        self.counts: Counter[Outcome] = Counter()
        self.told: list[_Told] = []
        self.results: list[tuple[Outcome, Kept]] = []
        # A moved address or a maintenance page in the right form: no dataset at all where there were some.
        self.is_suspicious = (
            harvest.is_complete
            and not harvest.is_emptied
            and not harvest.brought.datasets
            and catalogue.entries.filter(missing_since=None).exists()
        )

    def carry_out(self) -> None:
        writer = EntryWriter(self.catalogue, now=self.now, visibility=self.harvest.visibility)
        brought = self.harvest.brought
        for one in brought.datasets:
            written = brought.as_written.get(one.iri, ())
            kept = writer.keep(one, written)
            self.counts[kept.outcome] += 1
            self._tell(kept, written)
        writer.mark_seen()
        if self.is_suspicious:
            self.told.append(_Told("names_nothing", value=self.catalogue.address))
        elif self.harvest.is_complete:
            for gone in writer.mark_missing():
                self.counts[Outcome.MISSING] += 1
                self.results.append((Outcome.MISSING, Kept(Outcome.MISSING, gone.iri, gone.dataset.title)))
        self.told.extend(_Told(one.code, key=one.iri[-200:], value=one.words) for one in brought.remarks)
        self._describe()

    def close(self) -> None:
        """The catalogue was read to its end; who may want to know hears of it."""
        # Of a suspicious answer no tag is kept, so that the next one is read whatever the server says of it.
        pages = {} if self.is_suspicious else dict(self.harvest.pages or {})
        Catalogue.objects.filter(pk=self.catalogue.pk).update(
            state=HarvestState.DONE, harvested_at=self.now, progress={}, pages=pages
        )
        if self.counts[Outcome.NEW] + self.counts[Outcome.CHANGED] + self.counts[Outcome.MISSING]:
            record(
                name="catalogue_harvested",
                subject="monitoring",
                object_key=str(self.catalogue.pk),
                by_id=self.by.account_id,
                by_name=self.by.name,
            )

    def _describe(self) -> None:
        """What the catalogue says of itself; its name here is the city's choice and stays."""
        said = self.harvest.brought.catalogue
        statements = as_json(self.harvest.brought.further)
        if said is not None:
            self.catalogue.description = first_text(said.description)
            self.catalogue.homepage = first_iri(said.homepage)[:1000]
            names = [first_text(one.name) for one in said.publisher if hasattr(one, "name")]
            self.catalogue.publisher_name = next(iter(names), "")[:300]
        if self.catalogue.statements != statements or said is not None:
            self.catalogue.statements = statements
            self.catalogue.save(update_fields=["description", "homepage", "publisher_name", "statements"])

    def _tell(self, kept: Kept, written: tuple[AsWritten, ...]) -> None:
        key = kept.iri[-200:]
        if kept.outcome is not Outcome.UNCHANGED:
            self.results.append((kept.outcome, kept))
        if kept.outcome is Outcome.REFUSED:
            self.told.append(_Told("name_too_long", key=key, value=kept.iri[:300], weight=Weight.ERROR))
        if kept.outcome not in (Outcome.NEW, Outcome.CHANGED):
            return
        for gap in kept.gaps:
            self.told.append(_Told(gap.code, key=key, field=gap.kind, value=gap.title))
        for one in written:
            self.told.append(_Told(one.rule, key=key, field=_short(one.predicate), value=one.words))


def _short(predicate: str) -> str:
    return predicate.replace("#", "/").rpartition("/")[2][:120]


def _run(
    by: Viewer,
    catalogue: Catalogue,
    *,
    now: datetime,
    is_dry_run: bool,
    reason: str,
    facts: Mapping[str, Any],
) -> Run:
    return Run(
        file_name=catalogue.address[-255:],
        file_sha256=str(facts.get("sha256", "")),
        file_facts={"notes": [], **facts},
        state=RunState.DONE,
        is_dry_run=is_dry_run,
        started_at=now,
        by_id=by.account_id,
        by_name=by.name,
        reason=reason,
    )


def _report(run: Run, catalogue: Catalogue, work: _Work) -> None:
    run.row_count = run.done_count = len(work.harvest.brought.datasets)
    for outcome in Outcome:
        setattr(run, f"{outcome.value}_count", work.counts[outcome])
    run.finished_at = run.started_at
    run.file_facts = {**run.file_facts, "problem_count": len(work.told)}
    _save(run, catalogue)
    Problem.objects.bulk_create((_problem(run, one) for one in work.told[:MOST_PROBLEMS]), batch_size=_BATCH)
    RowResult.objects.bulk_create(
        (
            RowResult(
                run=run,
                key=kept.iri[-200:],
                label=kept.label[:300],
                outcome=outcome,
                differences=[
                    {"field": name, "before": old, "after": new} for name, old, new in kept.differences
                ],
            )
            for outcome, kept in work.results[:MOST_RESULTS]
        ),
        batch_size=_BATCH,
    )


def _save(run: Run, catalogue: Catalogue) -> None:
    run.source, _is_new = Source.objects.get_or_create(kind=KIND, name=catalogue.title[:200])
    run.save()


def _problem(run: Run, one: _Told) -> Problem:
    return Problem(
        run=run,
        row=one.row,
        key=one.key,
        field=one.field[:120],
        code=one.code[:60],
        value=one.value[:2_000],
        weight=one.weight,
        proposals=list(one.proposals),
    )


def publish_entries(*, by: Viewer, catalogue_id: int) -> int:
    """Everybody may see the datasets of this catalogue; how many of them were internal. Raises: NotAllowed."""
    require(by, permissions.RUN_CATALOGUE)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datensätze veröffentlicht")):
        found = Dataset.objects.filter(entry__catalogue=catalogue_id, visibility=Visibility.INTERNAL)
        return found.update(visibility=Visibility.PUBLIC)
