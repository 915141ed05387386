"""Writes our records of a batch: created, changed where the source changed, withdrawn; references by OParl id."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.papers.imports.oparl import committees, kept, publicity, withdrawing
from dreiklang.papers.imports.oparl.kept import Arrived
from dreiklang.papers.imports.oparl.keys import give_keys
from dreiklang.papers.imports.oparl.ledger import Ledger
from dreiklang.papers.imports.oparl.publicity import Items
from dreiklang.papers.imports.oparl.records import Kind, Noticed, Record
from dreiklang.papers.models import AgendaItem, Consultation, CouncilFile, Meeting, OparlSource, Paper
from dreiklang.papers.rules.kinds import TextState
from dreiklang.people.queries import department_ids, department_names
from dreiklang.people.rules import Viewer

MODELS: Mapping[Kind, type[Model]] = {
    Kind.MEETING: Meeting,
    Kind.PAPER: Paper,
    Kind.ITEM: AgendaItem,
    Kind.CONSULTATION: Consultation,
    Kind.FILE: CouncilFile,
}
# Foreign key → what it names. A record without the first of its own is of no use: NEEDED.
REFS: Mapping[str, Kind] = {
    "meeting": Kind.MEETING,
    "paper": Kind.PAPER,
    "item": Kind.ITEM,
    "committee": Kind.ORGANIZATION,
}
NEEDED: Mapping[Kind, tuple[str, ...]] = {
    Kind.ITEM: ("meeting",),
    Kind.CONSULTATION: ("paper",),
    Kind.FILE: ("paper", "meeting"),
}
# Long texts stay in the database while other fields change.
DEFERRED: Mapping[Kind, tuple[str, ...]] = {
    Kind.PAPER: ("text", "search", "note", "summary"),
    Kind.FILE: ("text",),
}
WHERE_TEXT_CHANGED = ("url", "modified_at", "size")
SHOWN = 200
Differences = list[dict[str, Any]]


@dataclass(frozen=True)
class Change:
    """What is to be written for one object, and how its records were understood the last time."""

    id: str
    records: Sequence[Record]
    known: Mapping[str, Record]


class Tables:
    """Our tables, seen from one source."""

    def __init__(self, source: OparlSource, ledger: Ledger, *, by: Viewer, at: datetime) -> None:
        self.source = source
        self.ledger = ledger
        self.by = by
        self.at = at
        self.organisations = kept.organisation_names(source)
        self.departments = _departments()
        self.has_new = False

    def remember_organisations(self, arrived: Iterable[Arrived]) -> None:
        """What organisations of this batch are called."""
        for one in arrived:
            if one.kind is Kind.ORGANIZATION and not one.is_deleted:
                names = ("name", "shortName", "classification", "organizationType")
                self.organisations[one.id] = kept.organisation(*(one.content.get(name) for name in names))

    def write(self, changes: Sequence[Change]) -> dict[str, Differences]:
        """Write all; object id → what changed in it."""
        told: dict[str, Differences] = {}
        known = {key: record for change in changes for key, record in change.known.items()}
        owner = {record.id: change.id for change in changes for record in change.records}
        by_kind: dict[Kind, dict[str, Record]] = {}
        for change in changes:
            for record in change.records:
                by_kind.setdefault(record.kind, {})[record.id] = record
        for kind in (Kind.ORGANIZATION, *MODELS):
            records = by_kind.get(kind, {})
            if not records:
                continue
            write = self._organisations if kind is Kind.ORGANIZATION else self._table(kind)
            for key, differences in write(records, known).items():
                told.setdefault(owner[key], []).extend(differences)
        publicity.close_files(self.source, by_kind.get(Kind.ITEM, {}).values())
        return told

    def ids(self, kind: Kind, oparl_ids: set[str]) -> dict[str, int]:
        """OParl id → id here; a committee that is only named is made from what is known of it."""
        if kind is Kind.ORGANIZATION:
            return committees.found_or_made(oparl_ids, self.organisations, by=self.by)
        rows = MODELS[kind]._default_manager.filter(oparl_id__in=oparl_ids)
        return {str(oparl_id): pk for oparl_id, pk in rows.values_list("oparl_id", "pk")}

    def _organisations(
        self, records: Mapping[str, Record], known: Mapping[str, Record]
    ) -> dict[str, Differences]:
        return committees.write(records, known, by=self.by, on=timezone.localdate(self.at))

    def _table(
        self, kind: Kind
    ) -> Callable[[Mapping[str, Record], Mapping[str, Record]], dict[str, Differences]]:
        return lambda records, known: self._write(kind, records, known)

    def _write(
        self, kind: Kind, records: Mapping[str, Record], known: Mapping[str, Record]
    ) -> dict[str, Differences]:
        rows = MODELS[kind]._default_manager.filter(oparl_id__in=list(records)).defer(*DEFERRED.get(kind, ()))
        here: dict[str, Any] = {str(getattr(row, "oparl_id", "")): row for row in rows}
        wanted = {key: record for key, record in records.items() if not record.is_deleted}
        found = self._resolved(wanted.values())
        items = publicity.named_items(wanted.values())
        new = [
            row
            for key, record in wanted.items()
            if key not in here and (row := self._new(kind, record, found, items)) is not None
        ]
        self._create(kind, new)
        told: dict[str, Differences] = {}
        changed: list[Any] = []
        fields: set[str] = set()
        for key, record in wanted.items():
            if key in here and (values := self._changes(here[key], record, known.get(key), found, items)):
                told[key] = _set(here[key], kind, values)
                changed.append(here[key])
                fields |= set(values)
        if changed:
            self._save(kind, changed, fields)
        gone = [row for key, row in here.items() if records[key].is_deleted]
        for row in withdrawing.withdraw(kind, gone, at=self.at):
            told[str(row.oparl_id)] = [{"field": f"{kind.value}.withdrawn", "before": None, "after": "ja"}]
        return told

    def _resolved(self, records: Iterable[Record]) -> dict[Kind, dict[str, int]]:
        named: dict[Kind, set[str]] = {}
        for record in records:
            for field, oparl_id in record.refs.items():
                if oparl_id:
                    named.setdefault(REFS[field], set()).add(oparl_id)
        return {kind: self.ids(kind, ids) for kind, ids in named.items()}

    def _values(self, record: Record, found: Mapping[Kind, Mapping[str, int]]) -> dict[str, Any]:
        """Model fields with references as ids; what is named and not there stays open."""
        values = dict(record.values)
        for field, oparl_id in record.refs.items():
            values[f"{field}_id"] = found.get(REFS[field], {}).get(oparl_id)
            if oparl_id and values[f"{field}_id"] is None:
                self.ledger.note([Noticed("not_known", field, oparl_id)], key=record.id)
        for field, ids in record.orgs.items():
            names = [self.organisations.get(one, {}).get("name") or one for one in ids]
            values[field] = ", ".join(names)[:300]
        if record.kind is Kind.FILE and "text" in values:
            values["text_state"] = TextState.READ
        return values

    def _new(self, kind: Kind, record: Record, found: Mapping[Kind, Mapping[str, int]], items: Items) -> Any:
        values = self._values(record, found)
        if kind is Kind.FILE:
            values.setdefault("is_public", publicity.is_open(record, items))
            if values.get("paper_id") is None and values.get("meeting_id") is None:
                values["meeting_id"] = publicity.meeting_of(record, items)
        needed = NEEDED.get(kind, ())
        if needed and all(values.get(f"{name}_id") is None for name in needed):
            self.ledger.note([Noticed("belongs_nowhere", kind.value, record.id)], key=record.id)
            return None
        if kind in (Kind.PAPER, Kind.MEETING):
            values["visibility"] = Visibility.PUBLIC
        if kind is Kind.PAPER:
            values["lead_department_id"] = self.departments.get(values["lead_words"].casefold())
        return MODELS[kind](oparl_id=record.id, **values)

    def _create(self, kind: Kind, rows: list[Any]) -> None:
        if not rows:
            return
        self.has_new = True
        if kind in (Kind.PAPER, Kind.MEETING):
            for number, row in give_keys(MODELS[kind], rows):
                self.ledger.note([Noticed("reference_twice", "reference", number)], key=row.oparl_id)
        MODELS[kind]._default_manager.bulk_create(rows)

    def _changes(
        self,
        row: Any,
        record: Record,
        before: Record | None,
        found: Mapping[Kind, Mapping[str, int]],
        items: Items,
    ) -> dict[str, Any]:
        """The fields to write: those that changed in the source and are not so here already."""
        values = self._values(record, found)
        if before is not None and not before.is_deleted:
            for name in _same(record, before):
                values.pop(name, None)
        elif row.withdrawn_at is not None:
            # It is there again: published once more.
            values["withdrawn_at"] = None
        # A reference that cannot be found is no reason to lose the one there is.
        values = {
            name: value
            for name, value in values.items()
            if getattr(row, name) != value and not (name.endswith("_id") and value is None)
        }
        if record.items and row.is_public and not publicity.is_open(record, items):
            values["is_public"] = False
        if record.kind is Kind.FILE and "text" not in values:
            is_back = row.text_state == TextState.WITHDRAWN
            if is_back or any(name in values for name in WHERE_TEXT_CHANGED):
                values["text_state"] = TextState.WAITING
        return values

    def _save(self, kind: Kind, rows: list[Any], fields: set[str]) -> None:
        if kind in (Kind.PAPER, Kind.MEETING):
            now = timezone.now()
            for row in rows:
                row.version += 1
                row.changed_at = now
            fields |= {"version", "changed_at"}
        MODELS[kind]._default_manager.bulk_update(rows, sorted(name.removesuffix("_id") for name in fields))


def _same(record: Record, before: Record) -> list[str]:
    """The fields that the source did not change: what people did with them here stays.

    References are looked at again, since what they name may have come in the meantime.
    """
    values = [name for name, value in record.values.items() if before.values.get(name, _ABSENT) == value]
    return values + [name for name, ids in record.orgs.items() if before.orgs.get(name) == ids]


class _Absent:
    """What a field is that was not there."""


_ABSENT = _Absent()


def _set(row: Any, kind: Kind, values: Mapping[str, Any]) -> Differences:
    """Set the fields; what stood there before and stands there now."""
    told = []
    for name, value in values.items():
        if name == "text":
            told.append({"field": f"{kind.value}.{name}", "before": None, "after": None})
        else:
            told.append(
                {
                    "field": f"{kind.value}.{name}",
                    "before": _shown(getattr(row, name)),
                    "after": _shown(value),
                }
            )
        setattr(row, name, value)
    return told


def _shown(value: Any) -> str | None:
    return None if value is None else str(value)[:SHOWN]


def _departments() -> dict[str, int]:
    """Name of an office → id, where exactly one is called so."""
    keys: dict[str, list[str]] = {}
    for key, name in department_names():
        keys.setdefault(name.casefold(), []).append(key)
    single = {name: found[0] for name, found in keys.items() if len(found) == 1}
    ids = department_ids(list(single.values()))
    return {name: ids[key] for name, key in single.items() if key in ids}
