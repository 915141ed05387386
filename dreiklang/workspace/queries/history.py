"""Who changed what, when, what before: the database's history of one record and of what hangs on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.workspace.queries.history_names import FIELD_NAMES, NAMES, SILENT

EMPTY: tuple[Any, ...] = (None, "", [], {}, False)

# Former values may be small counts that are hidden since; why they are stays in the statistics office. Deliveries
# tell who brought what.
_UNTOLD = (
    "monitoring.ObservationHistoryevent",
    "monitoring.ConfidentialValueHistoryevent",
    "monitoring.SuppressionChangeHistoryevent",
)


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


def history_of(record: models.Model, *, limit: int = 200, subject: str = "") -> list[HistoryEntry]:
    """The history of a record with its links, newest first; acts, not rows.

    Rows written in one context (one request, one import) are one act. Rows without a context came
    from outside the application; their author is unknown and stays empty. With a `subject` only rows of
    its tables count: a committee's history is its own and its seats', not that of all it ever dealt with.
    """
    events = list(
        pghistory.models.Events.objects.references(record)
        .filter(pgh_model__startswith=f"{subject}." if subject else "")
        .exclude(pgh_model__in=_UNTOLD)
        .order_by("-pgh_created_at", "-pgh_id")
        .values(
            "pgh_model",
            "pgh_label",
            "pgh_created_at",
            "pgh_diff",
            "pgh_data",
            "pgh_context_id",
            "pgh_context",
        )[:limit]
    )
    names = _names(events)
    acts: dict[Any, list[Mapping[str, Any]]] = {}
    for row in events:
        acts.setdefault(row["pgh_context_id"] or row["pgh_created_at"], []).append(row)
    entries = []
    for rows in acts.values():
        changes = tuple(change for row in rows if (change := _change(row, names, record)) is not None)
        if changes:
            context = rows[0]["pgh_context"] or {}
            by_name, reason = context.get("name") or "", context.get("reason") or ""
            entries.append(HistoryEntry(rows[0]["pgh_created_at"], by_name, reason, changes))
    return entries


def _change(
    row: Mapping[str, Any], names: Mapping[tuple[str, int], str], record: models.Model
) -> RecordChange | None:
    """The row's change in words; None when only silent columns changed."""
    model = _tracked_model(row["pgh_model"])
    if row["pgh_label"] == "update":
        pairs = {name: tuple(pair) for name, pair in (row["pgh_diff"] or {}).items()}
    elif row["pgh_label"] == "insert":
        pairs = {name: (None, value) for name, value in row["pgh_data"].items()}
    else:
        pairs = {name: (value, None) for name, value in row["pgh_data"].items()}
    fields = tuple(_field_changes(model, pairs, names, record))
    if not fields and row["pgh_label"] == "update":
        return None
    what = NAMES.get(model._meta.model_name or "", model._meta.verbose_name)
    return RecordChange(what=str(what), label=row["pgh_label"], fields=fields)


def _field_changes(
    model: type[models.Model],
    pairs: Mapping[str, tuple[Any, Any]],
    names: Mapping[tuple[str, int], str],
    record: models.Model,
) -> Iterable[FieldChange]:
    """The changed fields in words. The link to the record itself says nothing on its own page."""
    known = {field.attname: field for field in model._meta.concrete_fields}
    for column, (before, after) in pairs.items():
        field = known.get(column)
        if field is None or field.name in SILENT or (before in EMPTY and after in EMPTY):
            continue
        if _leads_back(field, record) and record.pk in (before, after):
            continue
        word = _worder(field, names)
        label = FIELD_NAMES.get(field.name, field.verbose_name)
        yield FieldChange(field=str(label), before=word(before), after=word(after))


def _leads_back(field: "models.Field[Any, Any]", record: models.Model) -> bool:
    """Whether the field of a linked row names the record whose page this is."""
    is_link = isinstance(field, models.ForeignKey) and field.related_model is type(record)
    return is_link and field.model is not type(record)


def _worder(field: "models.Field[Any, Any]", names: Mapping[tuple[str, int], str]) -> Callable[[Any], str]:
    """How a field's stored value reads."""
    if isinstance(field, models.ForeignKey):
        label = field.related_model._meta.label
        return lambda value: "" if value is None else names.get((label, value), f"#{value}")
    if field.choices:
        choices = {str(code): str(name) for code, name in field.flatchoices}
        return lambda value: "" if value is None else choices.get(str(value), str(value))
    return WORDERS.get(field.get_internal_type(), lambda value: "" if value is None else str(value))


def _day(value: Any) -> str:
    return text.day_short(date.fromisoformat(value)) if value else ""


def _instant(value: Any) -> str:
    return text.instant(datetime.fromisoformat(value)) if value else ""


def _listed(value: Any) -> str:
    return text.listing([str(one) for one in value]) if isinstance(value, list) else str(value or "")


# Kind of field → how its stored value reads.
WORDERS: dict[str, Callable[[Any], str]] = {
    "BooleanField": lambda value: {True: _("ja"), False: _("nein")}.get(value, ""),
    "BinaryField": lambda value: _("Daten") if value else "",
    "GeometryField": lambda value: _("Fläche auf der Karte") if value else "",
    "DateField": _day,
    "DateTimeField": _instant,
    "JSONField": _listed,
}


def _names(events: Iterable[Mapping[str, Any]]) -> dict[tuple[str, int], str]:
    """The names of all records that the events point to: one statement for each kind of record."""
    wanted: dict[type[models.Model], set[int]] = {}
    for row in events:
        model = _tracked_model(row["pgh_model"])
        pointing = {
            f.attname: f.related_model
            for f in model._meta.concrete_fields
            if isinstance(f, models.ForeignKey)
        }
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
    tracked: type[models.Model] = apps.get_model(event_label).pgh_tracked_model
    return tracked
