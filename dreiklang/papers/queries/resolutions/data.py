"""Public resolutions as data: what `/api/v1/resolutions` gives."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from dreiklang.core.errors import NotFound
from dreiklang.core.values import Unknown
from dreiklang.measures.queries import restraint_periods
from dreiklang.measures.queries import visible as visible_measures
from dreiklang.papers.models import Resolution, ResolutionMeasure, ResolutionReport
from dreiklang.papers.queries.meetings import address as address_of_meeting
from dreiklang.papers.queries.resolutions.lines import lines_of
from dreiklang.papers.queries.resolutions.page import is_seen
from dreiklang.papers.queries.visibility import (
    visible_consultations,
    visible_items,
    visible_meetings,
    visible_papers,
    visible_resolutions,
)
from dreiklang.papers.rules.resolutions import ResolutionLine
from dreiklang.people.rules import PUBLIC


def resolutions_data(*, today: date, limit: int, offset: int = 0) -> dict[str, Any]:
    """Public resolutions, newest first; `count` says how many there are."""
    found = visible_resolutions(PUBLIC)
    page = found.order_by(F("decided_on").desc(nulls_last=True), "-pk")[offset : offset + limit]
    return {"count": found.count(), "items": _items(page, today)}


def resolution_data(*, number: str, today: date) -> dict[str, Any]:
    """One public resolution. Raises: NotFound."""
    items = _items(visible_resolutions(PUBLIC).filter(number=number), today)
    if not items:
        raise NotFound("resolution", key=number)
    return items[0]


def _items(found: QuerySet[Resolution], today: date) -> list[dict[str, Any]]:
    lines = lines_of(found, today=today)
    ids = [one.id for one in lines]
    texts = {pk: (text, paper) for pk, text, paper in _texts(ids)}
    papers = dict(visible_papers(PUBLIC).filter(resolutions__in=ids).values_list("pk", "number"))
    measures = _measures(ids)
    reports = _reports(ids, today)
    meetings = _meetings(ids)
    return [
        _item(one, *texts[one.id], papers, measures.get(one.id, []), reports.get(one.id, []))
        | {"meeting": meetings.get(one.id)}
        for one in lines
    ]


def _item(
    line: ResolutionLine,
    text: str,
    paper_id: int | None,
    papers: Mapping[int, str],
    measures: Sequence[str],
    reports: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    amount = line.money
    return {
        "number": line.number,
        "kind": line.kind,
        "title": line.title,
        "text": text,
        "url": line.url,
        "decided_on": _day(line.decided_on),
        "committee": {"key": line.committee_key, "name": line.committee} if line.committee else None,
        "result": line.result,
        "state": line.fate,
        "state_on": _day(line.state_on),
        "due_on": _day(line.due_on),
        "department": {"key": line.department_key, "name": line.department} if line.department else None,
        "money_eur": None if isinstance(amount, Unknown) else str(amount.amount),
        "money_unknown": {"reason": amount.reason, "words": amount.words}
        if isinstance(amount, Unknown)
        else None,
        "paper": papers.get(paper_id) if paper_id is not None else None,
        "measures": measures,
        "reports": reports,
    }


def _texts(ids: Sequence[int]) -> QuerySet[Any, Any]:
    return Resolution.objects.filter(pk__in=ids).values_list("pk", "text", "paper_id")


def _meetings(ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Where it was decided, promised or asked, with the number of the item; nothing where that item is closed."""
    found = Resolution.objects.filter(pk__in=ids)
    decided = visible_consultations(PUBLIC).filter(resolution__in=ids).exclude(meeting=None)
    item_is_open = Q(item=None) | Q(item__in=visible_items(PUBLIC))
    by_hand = found.filter(item_is_open, consultation=None, meeting__in=visible_meetings(PUBLIC))
    names = ("meeting__key", "meeting__name", "item__number")
    rows = [*decided.values_list("resolution__pk", *names), *by_hand.values_list("pk", *names)]
    return {
        pk: {"key": key, "name": name, "item": item or "", "url": address_of_meeting(key)}
        for pk, key, name, item in rows
    }


def _measures(ids: Sequence[int]) -> dict[int, list[str]]:
    links = ResolutionMeasure.objects.filter(resolution__in=ids, measure__in=visible_measures(PUBLIC))
    found: dict[int, list[str]] = {}
    for pk, number in links.order_by("measure__number", "pk").values_list("resolution_id", "measure__number"):
        found.setdefault(pk, []).append(number)
    return found


def _reports(ids: Sequence[int], today: date) -> dict[int, list[dict[str, Any]]]:
    periods = restraint_periods()
    found: dict[int, list[dict[str, Any]]] = {}
    said_once = ResolutionReport.objects.filter(resolution__in=ids, withdrawn_at=None)
    for one in said_once.order_by("-reported_on", "-pk"):
        note = one.public_note if is_seen(one, periods, today) else ""
        said = {"on": one.reported_on.isoformat(), "state": one.state, "note": note}
        found.setdefault(one.resolution_id, []).append(said)
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
