"""Who changed what, when, what before: the database's history of one record and of what hangs on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import models

# Columns that say nothing to a reader: ids, counters and what the database generates.
SILENT = frozenset({"id", "version", "changed_at", "created_at", "search", "bounds", "position", "is_only"})


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class RecordChange:
    """What happened to one row: `label` is insert, update or delete."""

    what: str
    label: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class HistoryEntry:
    """One act of one person with everything it changed."""

    at: datetime
    by_name: str
    reason: str
    changes: tuple[RecordChange, ...]


def history_of(record: models.Model, *, limit: int = 200) -> list[HistoryEntry]:
    """The history of a record with its links, newest first; acts, not rows.

    Rows written in one context (one request, one import) are one act. Rows without a context came
    from outside the application; their author is unknown and stays empty.
    """
    events = list(
        pghistory.models.Events.objects.references(record)
        .order_by("-pgh_created_at", "-pgh_id")
        .values("pgh_model", "pgh_label", "pgh_created_at", "pgh_diff", "pgh_data", "pgh_context_id", "pgh_context")[:limit]
    )
    names = _names(events)
    entries = []
    for _, group in groupby(events, key=lambda e: e["pgh_context_id"] or e["pgh_created_at"]):
        rows = list(group)
        changes = tuple(change for row in rows if (change := _change(row, names)) is not None)
        if changes:
            context = rows[0]["pgh_context"] or {}
            entries.append(
                HistoryEntry(
                    at=rows[0]["pgh_created_at"],
                    by_name=context.get("name") or "",
                    reason=context.get("reason") or "",
                    changes=changes,
                )
            )
    return entries


def _change(row: Mapping[str, Any], names: Mapping[tuple[str, int], str]) -> RecordChange | None:
    """The row's change in words; None when only silent columns changed."""
    model = _tracked_model(row["pgh_model"])
    if row["pgh_label"] == "update":
        pairs = {name: tuple(pair) for name, pair in (row["pgh_diff"] or {}).items()}
    elif row["pgh_label"] == "insert":
        pairs = {name: (None, value) for name, value in row["pgh_data"].items()}
    else:
        pairs = {name: (value, None) for name, value in row["pgh_data"].items()}
    fields = tuple(_field_changes(model, pairs, names))
    if not fields and row["pgh_label"] == "update":
        return None
    return RecordChange(what=str(model._meta.verbose_name), label=row["pgh_label"], fields=fields)


def _field_changes(
    model: type[models.Model], pairs: Mapping[str, tuple[Any, Any]], names: Mapping[tuple[str, int], str]
) -> Iterable[FieldChange]:
    known = {field.attname: field for field in model._meta.concrete_fields}
    for column, (before, after) in pairs.items():
        field = known.get(column)
        if field is None or field.name in SILENT or (before in (None, "", []) and after in (None, "", [])):
            continue
        word = _worder(field, names)
        yield FieldChange(field=str(field.verbose_name), before=word(before), after=word(after))


def _worder(field: models.Field, names: Mapping[tuple[str, int], str]) -> Callable[[Any], str]:
    """How a field's stored value reads."""
    if isinstance(field, models.ForeignKey):
        label = field.related_model._meta.label
        return lambda value: "" if value is None else names.get((label, value), f"#{value}")
    if field.choices:
        choices = {str(code): str(name) for code, name in field.flatchoices}
        return lambda value: "" if value is None else choices.get(str(value), str(value))
    if isinstance(field, models.BooleanField):
        return lambda value: {True: "ja", False: "nein"}.get(value, "")
    if field.get_internal_type() in {"BinaryField", "GeometryField"}:
        return lambda value: "" if value is None else "Daten"
    return lambda value: "" if value is None else str(value)


def _names(events: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """The names of all records that the events point to: one statement for each kind of record."""
    wanted: dict[type[models.Model], set[int]] = {}
    for row in events:
        model = _tracked_model(row["pgh_model"])
        pointing = {f.attname: f.related_model for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)}
        for data in (row["pgh_data"] or {}, row["pgh_diff"] or {}):
            for column, value in data.items():
                if column in pointing:
                    ids = value if isinstance(value, list) else [value]
                    wanted.setdefault(pointing[column], set()).update(i for i in ids if isinstance(i, int))
    return {
        (model._meta.label, pk): str(record)
        for model, ids in wanted.items()
        for pk, record in model._default_manager.in_bulk(ids).items()
    }


def _tracked_model(event_label: str) -> type[models.Model]:
    """The model whose history an event model keeps."""
    return apps.get_model(event_label).pgh_tracked_model
