"""What the council system no longer publishes: the record and our own links stay, its text goes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from dreiklang.papers.imports.oparl.records import Kind
from dreiklang.papers.models import AgendaItem, Consultation, CouncilFile, Meeting, Paper, PaperVersion
from dreiklang.papers.rules.kinds import TextState


def withdraw(kind: Kind, rows: Sequence[Any], *, at: datetime) -> list[Any]:
    """Mark the rows as withdrawn and drop their text; those that were not so before."""
    open_rows = [row for row in rows if row.withdrawn_at is None]
    ids = [row.pk for row in open_rows]
    if ids:
        _WITHDRAWERS[kind](ids, at)
    return open_rows


def _papers(ids: Sequence[int], at: datetime) -> None:
    Paper.objects.filter(pk__in=ids).update(
        withdrawn_at=at, text="", summary="", header={}, version=F("version") + 1, changed_at=at
    )
    PaperVersion.objects.filter(paper_id__in=ids).update(text="")
    _drop_files(Q(paper_id__in=ids), at)


def _meetings(ids: Sequence[int], at: datetime) -> None:
    Meeting.objects.filter(pk__in=ids).update(withdrawn_at=at, version=F("version") + 1, changed_at=at)
    _drop_files(Q(meeting_id__in=ids), at)


def _items(ids: Sequence[int], at: datetime) -> None:
    AgendaItem.objects.filter(pk__in=ids).update(withdrawn_at=at, resolution_text="")


def _consultations(ids: Sequence[int], at: datetime) -> None:
    Consultation.objects.filter(pk__in=ids).update(withdrawn_at=at)


def _files(ids: Sequence[int], at: datetime) -> None:
    _drop_files(Q(pk__in=ids), at)


def _drop_files(which: Q, at: datetime) -> None:
    CouncilFile.objects.filter(which, withdrawn_at=None).update(
        withdrawn_at=at, text="", text_state=TextState.WITHDRAWN, text_problem=""
    )


_WITHDRAWERS = {
    Kind.PAPER: _papers,
    Kind.MEETING: _meetings,
    Kind.ITEM: _items,
    Kind.CONSULTATION: _consultations,
    Kind.FILE: _files,
}
