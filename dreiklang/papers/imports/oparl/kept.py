"""The raw objects as they are kept: which are known, which changed, and what organisations are called."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from dreiklang.papers.imports.oparl.reading import EARLIEST, LATEST
from dreiklang.papers.imports.oparl.records import Kind
from dreiklang.papers.models import OparlObject, OparlSource


@dataclass
class Arrived:
    """An object of this batch beside what is kept of it. `before` is filled for changed ones only."""

    id: str
    kind: Kind
    row: int
    content: dict[str, Any]
    fingerprint: str
    pk: int | None = None
    before: dict[str, Any] | None = None
    before_kind: Kind | None = None

    @property
    def is_deleted(self) -> bool:
        return self.content.get("deleted") in (True, "true")


def divided(source: OparlSource, arrived: Sequence[Arrived], *, at: datetime) -> tuple[list[Arrived], int]:
    """Those that are new or changed, and how many are as they were; these are marked as seen."""
    known = {
        oparl_id: (pk, mark, kind)
        for pk, oparl_id, mark, kind in OparlObject.objects.filter(
            source=source, oparl_id__in=[one.id for one in arrived]
        ).values_list("pk", "oparl_id", "fingerprint", "type")
    }
    other: list[Arrived] = []
    same: list[int] = []
    for one in arrived:
        pk, mark, kind = known.get(one.id, (None, "", ""))
        one.pk = pk
        if mark == one.fingerprint and pk is not None:
            same.append(pk)
            continue
        if kind and one.kind is Kind.OTHER:
            one.kind = Kind(kind)
        one.before_kind = Kind(kind) if kind else None
        other.append(one)
    OparlObject.objects.filter(pk__in=same).update(seen_at=at)
    changed = {one.pk: one for one in other if one.pk is not None}
    for pk, content in OparlObject.objects.filter(pk__in=changed).values_list("pk", "content"):
        changed[pk].before = content
    return other, len(same)


def keep(source: OparlSource, arrived: Iterable[Arrived], *, run_id: int | None, at: datetime) -> None:
    """Store new and changed objects whole."""
    new: list[OparlObject] = []
    known: list[OparlObject] = []
    for one in arrived:
        (new if one.pk is None else known).append(_row(source, one, run_id, at))
    OparlObject.objects.bulk_create(new)
    if known:
        fields = ["type", "fingerprint", "content", "is_deleted", "modified_at", "seen_at", "run"]
        OparlObject.objects.bulk_update(known, fields)


def organisation_names(source: OparlSource) -> dict[str, dict[str, str]]:
    """OParl id → name, shortName, classification and organizationType of each kept organisation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT oparl_id, content->>'name', content->>'shortName', content->>'classification',"
            " content->>'organizationType' FROM papers_oparlobject"
            " WHERE source_id = %s AND type = %s AND NOT is_deleted",
            [source.pk, Kind.ORGANIZATION.value],
        )
        return {row[0]: organisation(*row[1:]) for row in cursor.fetchall()}


def organisation(name: object, short: object, classification: object, kind: object) -> dict[str, str]:
    """What is remembered of an organisation."""
    return {
        "name": str(name or ""),
        "shortName": str(short or ""),
        "classification": str(classification or ""),
        "organizationType": str(kind or ""),
    }


def missing_count(source: OparlSource, *, since: datetime, kinds: Collection[Kind]) -> int:
    """How many objects of lists that were read whole did not come: they are left as they are."""
    return OparlObject.objects.filter(
        source=source, is_deleted=False, seen_at__lt=since, type__in=[kind.value for kind in kinds]
    ).count()


def _row(source: OparlSource, one: Arrived, run_id: int | None, at: datetime) -> OparlObject:
    return OparlObject(
        pk=one.pk,
        source=source,
        oparl_id=one.id,
        type=one.kind.value,
        fingerprint=one.fingerprint,
        content=one.content,
        is_deleted=one.is_deleted,
        modified_at=_instant(one.content.get("modified")),
        seen_at=at,
        run_id=run_id,
    )


def _instant(value: object) -> datetime | None:
    try:
        found = parse_datetime(str(value)) if value else None
    except ValueError:
        return None
    if found is None or found.tzinfo is None or not EARLIEST <= found.year <= LATEST:
        return None
    return found
