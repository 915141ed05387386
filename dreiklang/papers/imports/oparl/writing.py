"""Writes a batch of objects: raw as they came, and as our records, in the caller's transaction.

What people did here stays: only fields that changed in the source are written again, and nothing is deleted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from dreiklang.core.enums import Outcome, Weight
from dreiklang.papers.imports.oparl import kept
from dreiklang.papers.imports.oparl.kept import Arrived
from dreiklang.papers.imports.oparl.ledger import Ledger
from dreiklang.papers.imports.oparl.meaning import understood
from dreiklang.papers.imports.oparl.reading import fingerprint, without_persons
from dreiklang.papers.imports.oparl.records import Kind, Noticed, Raw, Record
from dreiklang.papers.imports.oparl.tables import Change, Tables
from dreiklang.papers.models import OparlSource
from dreiklang.people.rules import Viewer

PEOPLE = (Kind.PERSON, Kind.MEMBERSHIP)
ID_LENGTH = 500


class Writer:
    """Takes batches of objects of one source; `at` is when the run began."""

    def __init__(self, source: OparlSource, ledger: Ledger, *, by: Viewer, at: datetime) -> None:
        self.source = source
        self.ledger = ledger
        self.at = at
        self.tables = Tables(source, ledger, by=by, at=at)

    def write(self, raws: Sequence[Raw], *, list_name: str) -> None:
        """The objects of one list, at most a few hundred."""
        arrived: dict[str, Arrived] = {}
        for raw in raws:
            one = self._arrived(raw, list_name)
            if one is not None:
                arrived[one.id] = one
        other, same = kept.divided(self.source, list(arrived.values()), at=self.at)
        self.ledger.seen(Outcome.UNCHANGED, list_name=list_name, count=same)
        changes = [change for one in other if (change := self._change(one)) is not None]
        self.tables.remember_organisations(other)
        outcomes = self.tables.write(changes)
        for one in other:
            self._report(one, list_name, outcomes.get(one.id, []))
        kept.keep(self.source, other, run_id=self.ledger.run.pk, at=self.at)
        self.ledger.flush()

    def _arrived(self, raw: Raw, list_name: str) -> Arrived | None:
        """The object with its id and mark; None for one that cannot be kept or is not wanted."""
        if raw.content is None:
            self.ledger.seen(Outcome.REFUSED, list_name=list_name)
            self.ledger.note(raw.noticed, row=raw.row)
            return None
        if raw.kind in PEOPLE and not self.source.with_persons:
            self.ledger.facts["persons_left_out"] += 1
            return None
        content = raw.content
        if not self.source.with_persons:
            content, left_out = without_persons(content)
            self.ledger.facts["persons_left_out"] += left_out
        own = content.get("id")
        mark = fingerprint(content)
        if not isinstance(own, str) or not own.strip():
            # Kept all the same, so that nothing is lost; but nobody could know it again.
            self.ledger.note(
                [Noticed("id_missing", "id", str(content.get("name") or ""), Weight.ERROR)], row=raw.row
            )
            own = f"ohne-id:{mark[:32]}"
        self.ledger.note(raw.noticed, key=own, row=raw.row)
        return Arrived(own.strip()[:ID_LENGTH], raw.kind, raw.row, content, mark)

    def _change(self, one: Arrived) -> Change | None:
        """What is to be written for a new or changed object; None where nothing of ours follows from it."""
        if one.id.startswith("ohne-id:"):
            return None
        now = understood(one.kind, one.content)
        self.ledger.note(now.noticed, key=one.id, row=one.row)
        before = understood(one.before_kind or one.kind, one.before).records if one.before else ()
        known = {record.id: record for record in before}
        gone = [_gone(record) for record in before if record.id not in {each.id for each in now.records}]
        if one.is_deleted and now.records:
            # What was inside goes with it.
            own = now.records[0]
            gone = [_gone(record) for record in before if record.id != own.id]
        return Change(one.id, (*now.records, *gone), known)

    def _report(self, one: Arrived, list_name: str, differences: list[dict[str, Any]]) -> None:
        is_lost = one.id.startswith("ohne-id:")
        outcome = Outcome.REFUSED if is_lost else Outcome.NEW if one.pk is None else Outcome.CHANGED
        if one.is_deleted:
            self.ledger.facts["withdrawn"] += 1
        self.ledger.seen(outcome, list_name=list_name)
        before = one.before or {}
        label = one.content.get("name") or before.get("name") or one.content.get("reference") or one.id
        self.ledger.result(
            outcome,
            key=one.id,
            label=str(label),
            row=one.row,
            differences=[] if one.pk is None else differences,
        )


def _gone(record: Record) -> Record:
    return replace(record, values={}, refs={}, orgs={}, is_deleted=True)


def batches(objects: Iterable[Raw], size: int) -> Iterable[list[Raw]]:
    """The objects in groups of at most that size."""
    group: list[Raw] = []
    for one in objects:
        group.append(one)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
