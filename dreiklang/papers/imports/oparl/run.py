"""Reads one source from begin to end: batch by batch, resumable, with its report.

Each batch is a transaction of its own together with the place where a broken run goes on. What was there stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later
from dreiklang.core.enums import Outcome, RunState, Weight
from dreiklang.core.history import acting
from dreiklang.core.imports.waiting import watched
from dreiklang.core.models import Run
from dreiklang.papers.imports.oparl import folder, linking
from dreiklang.papers.imports.oparl.client import LISTS, PERSON_LISTS, Client, Reading
from dreiklang.papers.imports.oparl.kept import missing_count
from dreiklang.papers.imports.oparl.ledger import Ledger
from dreiklang.papers.imports.oparl.places import Places, places
from dreiklang.papers.imports.oparl.records import Kind, Noticed, Page
from dreiklang.papers.imports.oparl.texts import write_texts
from dreiklang.papers.imports.oparl.writing import Writer, batches
from dreiklang.papers.models import OparlSource
from dreiklang.papers.permissions.oparl import SYNC
from dreiklang.papers.rules.kinds import SourceState
from dreiklang.papers.services.papers import checks_follow_meetings
from dreiklang.papers.services.resolutions import FOLLOW_JOB, take_back_hidden
from dreiklang.papers.services.sync import is_running
from dreiklang.papers.services.texts import READ_TEXTS
from dreiklang.people.queries import account_by_id, viewer_of
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.people.services import require

BATCH = 200
REASON = _("Abgleich mit dem Ratsinformationssystem")
# Objects that bring files along, whose texts papers then take over.
TEXTED = frozenset({Kind.PAPER, Kind.FILE})


class AlreadyRunning(Exception):
    """Somebody else is reading this source."""


class _RolledBack(Exception):
    """Ends the transaction of a dry run."""


@dataclass(frozen=True)
class Order:
    """How a source is to be read. `since` goes before the time of the last complete run."""

    since: datetime | None = None
    is_dry_run: bool = False
    # Everything once more, whatever the source says about changes.
    is_whole: bool = False


def sync(
    *, by: Viewer = SYSTEM, source: OparlSource, order: Order | None = None, client: Client | None = None
) -> Run:
    """Read the source and give the run with its report.

    Raises: NotAllowed; AlreadyRunning. Any other error is recorded and rises.
    """
    require(by, SYNC)
    order = order or Order()
    return _Reading(source, order, by=by, client=client).carried_out()


def sync_source(*, source_id: int, by_id: int | None) -> None:
    """The job: read a source if it is still there and nobody else reads it."""
    source = OparlSource.objects.filter(pk=source_id).first()
    account = account_by_id(by_id) if by_id else None
    if source is None:
        return
    try:
        sync(by=viewer_of(account=account) if account else SYSTEM, source=source)
    except AlreadyRunning:
        return


class _Reading:
    """One run over one source."""

    def __init__(self, source: OparlSource, order: Order, *, by: Viewer, client: Client | None) -> None:
        self.source = source
        self.order = order
        self.by = by
        self.client = client
        self.now = timezone.now()
        self.places = self._places()
        self.since = self.places.since
        self.ledger = Ledger(source, by=by, started=self.now, is_dry_run=order.is_dry_run)
        self.is_broken = False
        self.kinds: set[Kind] = set()
        self.facts: dict[str, Any] = {}
        self.files_with_text: list[int] = []

    def carried_out(self) -> Run:
        if not self.order.is_dry_run:
            self._begin()
        try:
            if self.order.is_dry_run:
                self._tried()
            else:
                # So nobody takes a long run for one whose process is gone.
                with watched(self.ledger.run):
                    self._read()
        except Exception as error:
            self.is_broken = True
            if not isinstance(error, folder.NoFolder):
                self._end(
                    Noticed("crashed", value=f"{type(error).__name__}: {error}"[:500], weight=Weight.ERROR)
                )
                raise
            self.ledger.note([Noticed("no_folder", value=str(error), weight=Weight.ERROR)])
        return self._end()

    def _begin(self) -> None:
        """Take the source for this run, as one of those who might at the same time."""
        with transaction.atomic():
            current = OparlSource.objects.select_for_update().get(pk=self.source.pk)
            is_ours = bool(current.progress.get("is_waiting"))
            is_free = is_ours or not is_running(state=current.state, progress=current.progress, now=self.now)
            if is_free:
                OparlSource.objects.filter(pk=self.source.pk).update(
                    state=SourceState.RUNNING, progress=self._progress(""), cursor=self.places.kept()
                )
        if not is_free:
            self.ledger.run.delete()
            raise AlreadyRunning

    def _tried(self) -> None:
        try:
            with acting(by_id=self.by.account_id, by_name=self.by.name, reason=_("Probelauf")):
                self._read()
                raise _RolledBack
        except _RolledBack:
            return

    def _read(self) -> None:
        writer = Writer(self.source, self.ledger, by=self.by, at=self.now)
        for page in self._pages():
            self.ledger.note(page.noticed)
            if page.is_broken:
                self.places.broke(page.list_name)
                self.is_broken = self.is_broken or page.is_needed
            groups = list(batches(page.objects, BATCH)) or [[]]
            for number, group in enumerate(groups, start=1):
                with acting(by_id=self.by.account_id, by_name=self.by.name, reason=REASON):
                    self._write(writer, page, group)
                    self._keep_place(page, is_last=number == len(groups))
        if writer.tables.has_new:
            with acting(by_id=self.by.account_id, by_name=self.by.name, reason=REASON):
                linking.link(self.source)
        if Kind.MEETING in self.kinds:
            with acting(by_id=self.by.account_id, by_name=self.by.name, reason=REASON):
                checks_follow_meetings()

    def _pages(self) -> Iterator[Page]:
        if not self.source.address.startswith(("http://", "https://")):
            yield from folder.pages(Path(self.source.address), since=self.since)
            return
        client = self.client or Client()
        reading = Reading(
            client, self.source.address, vendor=self.source.vendor, with_persons=self.source.with_persons
        )
        yield from reading.pages(start=self.places.start)
        self.facts |= reading.facts

    def _write(self, writer: Writer, page: Page, group: list[Any]) -> None:
        texts = [raw for raw in group if raw.kind is Kind.TEXT]
        others = [raw for raw in group if raw.kind is not Kind.TEXT]
        self.kinds |= {raw.kind for raw in others}
        if others:
            writer.write(others, list_name=page.list_name)
            self._take_back()
        if texts:
            self.files_with_text += write_texts(
                self.source, self.ledger, texts, list_name=page.list_name, at=self.now
            )

    def _take_back(self) -> None:
        """What is public here only because it was so there disappears with it, in the same transaction."""
        for number in take_back_hidden(by=self.by):
            self.ledger.note([Noticed("taken_back", "resolution", number)], key=number)

    def _keep_place(self, page: Page, *, is_last: bool) -> None:
        """Where a broken run goes on, in the same transaction as what was read so far."""
        if self.order.is_dry_run:
            return
        if is_last and not page.is_broken:
            self.places.read(page.list_name, page.next)
        OparlSource.objects.filter(pk=self.source.pk).update(
            progress=self._progress(page.list_name), cursor=self.places.kept()
        )

    def _progress(self, list_name: str) -> dict[str, Any]:
        return {
            "at": timezone.now().isoformat(),
            "list": list_name,
            "done": sum(self.ledger.counts.values()),
            "run": self.ledger.run.pk,
        }

    def _end(self, noticed: Noticed | None = None) -> Run:
        if noticed is not None:
            self.ledger.note([noticed])
        crashed = noticed is not None
        if not (self.is_broken or self.since or self.order.is_dry_run):
            self.ledger.facts["not_in_lists"] = missing_count(
                self.source, since=self.places.started_at, kinds=self.kinds - self._broken_kinds()
            )
        facts = {
            **self.facts,
            "since": self.since.isoformat() if self.since else None,
            "is_complete": not self.is_broken,
            "broken_lists": sorted(self.places.broken),
        }
        state = RunState.FAILED if crashed or self.is_broken else RunState.DONE
        with transaction.atomic():
            run = self.ledger.close(state, facts)
            if not self.order.is_dry_run:
                self._close_source()
        return run

    def _broken_kinds(self) -> set[Kind]:
        known = {**LISTS, **PERSON_LISTS}
        names = {name.rpartition("/")[2] for name in self.places.broken}
        return {known[name] for name in names if name in known}

    def _close_source(self) -> None:
        has_news = self.ledger.counts[Outcome.NEW] + self.ledger.counts[Outcome.CHANGED] > 0
        if has_news and (self.kinds & TEXTED or self.files_with_text):
            later(READ_TEXTS)
        if has_news:
            later(FOLLOW_JOB)
        changes: dict[str, Any] = {"progress": {}}
        if self.is_broken:
            changes["state"] = SourceState.BROKEN_OFF
        else:
            # What changed while it was read is asked for next time: so the begin counts, not the end.
            changes |= {
                "state": SourceState.DONE,
                "last_success_at": self.places.started_at,
                "cursor": self.places.kept_at_the_end(),
            }
        OparlSource.objects.filter(pk=self.source.pk).update(**changes)
        self.source.refresh_from_db()

    def _places(self) -> Places:
        """Where the lists go on, unless another order was given."""
        is_usual = not (self.order.since or self.order.is_whole or self.order.is_dry_run)
        since = self.order.since or (None if self.order.is_whole else self.source.last_success_at)
        if not self.order.since and not self.source.address.startswith(("http://", "https://")):
            since = None  # A folder is read whole: what is unchanged costs next to nothing there.
        return places(self.source.cursor or {}, since=since, may_resume=is_usual, now=self.now)
