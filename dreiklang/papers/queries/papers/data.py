"""Public papers as data: what `/api/v1/papers` gives."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dreiklang.core.errors import NotFound
from dreiklang.papers.queries.papers.lines import lines_by_id, paper_lines
from dreiklang.papers.queries.papers.steps import routes
from dreiklang.papers.queries.papers.touched import Touched, touched_by
from dreiklang.papers.queries.visibility import visible_papers
from dreiklang.papers.rules.papers import PaperFilter, PaperLine, RouteStep, Whereabouts
from dreiklang.people.rules import PUBLIC


def papers_data(*, today: date, limit: int, offset: int = 0) -> dict[str, Any]:
    """Public papers, newest first; `count` says how many there are."""
    lines = paper_lines(PUBLIC, wanted=PaperFilter(), today=today, start=offset, limit=limit)
    return {"count": visible_papers(PUBLIC).count(), "items": _items(lines)}


def paper_data(*, key: str, today: date) -> dict[str, Any]:
    """One public paper by the key of its address. Raises: NotFound."""
    ids = visible_papers(PUBLIC).filter(key=key).values_list("pk", flat=True)
    lines = list(lines_by_id(PUBLIC, ids=list(ids), today=today).values())
    if not lines:
        raise NotFound("paper", key=key)
    return _items(lines)[0]


def _items(lines: Sequence[PaperLine]) -> list[dict[str, Any]]:
    # Of what was withdrawn it is said that it was, and nothing of what it held.
    told = [one.id for one in lines if one.standing.where is not Whereabouts.WITHDRAWN]
    steps, touched = routes(PUBLIC, ids=told), touched_by(PUBLIC, ids=told)
    summaries = dict(visible_papers(PUBLIC).filter(pk__in=told).values_list("pk", "summary"))
    return [
        {
            "key": one.key,
            "number": one.number,
            "title": one.title,
            "kind": one.kind,
            "url": one.url,
            "dated_on": one.dated_on.isoformat() if one.dated_on else None,
            "department": one.department,
            "standing": one.standing.where,
            "is_strategic": one.is_strategic,
            "summary": summaries.get(one.id, ""),
            "route": [_step(step) for step in steps.get(one.id, ())],
            "touches": [_touched(link) for link in touched.get(one.id, ())],
        }
        for one in lines
    ]


def _step(step: RouteStep) -> dict[str, Any]:
    return {
        "committee": step.committee,
        "is_local_council": step.is_local_council,
        "on": step.on.isoformat() if step.on else None,
        "role": step.role,
        "is_deciding": step.is_deciding,
        "result": step.result,
        "result_words": step.result_words,
        "resolution_text": step.resolution_text,
        "meeting": step.meeting_key or None,
        "is_withdrawn": step.is_withdrawn,
    }


def _touched(link: Touched) -> dict[str, Any]:
    return {
        "kind": link.kind,
        "key": link.ref.key,
        "title": link.ref.title,
        "url": link.ref.url,
        "sign": link.sign,
    }
