"""All criteria of the valid framework: counted, filtered, as page and as files."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import orjson
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.tables.write import Column as Written
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.criteria import CriteriaFilterForm
from dreiklang.monitoring.models.labels import INDICATOR_KIND_LABELS
from dreiklang.monitoring.queries.criteria import CriterionLine, criteria, latest_counts
from dreiklang.monitoring.queries.criteria_data import criterion_data
from dreiklang.monitoring.queries.criteria_due import rating_rhythm
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.monitoring.views.rating_words import counts_sentence, parts, rating_sign, state_sign
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import as_file, csv_file, xlsx_file
from dreiklang.ui.rules import Cell, Column, Row, Table, table_query

PER_PAGE = 50
JSON = "application/json"


def overview(request: ViewerRequest) -> HttpResponse:
    """All criteria of the valid framework: counted, filtered, as page, CSV, XLSX or JSON."""
    today = timezone.localdate()
    everything = criteria(request.viewer, today=today)
    form = CriteriaFilterForm(request.GET, offers=_offers(everything))
    found = [one for one in everything if _fits(one, form.asked())]
    wanted = request.GET.get("format", "")
    if wanted in {"csv", "xlsx", "json"}:
        return _download(found, form=wanted)
    return render(
        request, "monitoring/criteria/overview.html", _listed(request, form, everything, found, today)
    )


def _listed(
    request: ViewerRequest,
    form: CriteriaFilterForm,
    everything: Sequence[CriterionLine],
    found: Sequence[CriterionLine],
    today: date,
) -> dict[str, Any]:
    counted = latest_counts(found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("seite"))
    columns = _columns()
    is_narrowed = len(found) != len(everything)
    return {
        "form": form,
        "found": len(found),
        "total": len(everything),
        "page": page,
        "parts": parts(counted, address="" if is_narrowed else request.path),
        "sentence": counts_sentence(counted),
        "goal_count": len({one.goal_id for one in found}),
        "table": Table(
            id="kriterien-tabelle",
            caption=_("Kriterien der Ziele"),
            columns=columns,
            rows=[_row(one) for one in page.object_list],
            query=table_query(dict(request.GET.lists()), columns=columns),
            csv_href=_as(request, "csv"),
            empty_text=_("Kein Kriterium passt zu diesen Filtern. Heben Sie einen auf."),
        ),
        "xlsx_address": _as(request, "xlsx"),
        "json_address": _as(request, "json"),
        "may_edit": may(request.viewer, permissions.EDIT_CRITERIA),
        "rhythm": rating_rhythm() if request.viewer.is_internal else None,
        "stand": today,
    }


def _as(request: ViewerRequest, form: str) -> str:
    params = request.GET.copy()
    params.pop("seite", None)
    params["format"] = form
    return f"?{params.urlencode()}"


def _offers(lines: Iterable[CriterionLine]) -> dict[str, list[tuple[str, str]]]:
    """Only what finds something: goals with criteria, offices that answer for one, years with a rating."""
    goals = {one.goal.key: f"{one.goal.key} {one.goal.title}" for one in lines}
    offices = sorted({one.department for one in lines if one.department})
    years = sorted({rating.rated_on.year for one in lines for rating in one.ratings}, reverse=True)
    return {
        "ziel": list(goals.items()),
        "amt": [(one, one) for one in offices],
        "jahr": [(str(one), str(one)) for one in years],
    }


def _fits(line: CriterionLine, asked: dict[str, str]) -> bool:
    latest = line.latest
    words = f"{line.name} {line.text} {line.explanation} {latest.reason if latest else ''}".casefold()
    wanted = {
        "q": asked.get("q", "").casefold() in words,
        "ziel": line.goal.key == asked.get("ziel"),
        "stand": (latest.state if latest else "not_rated") == asked.get("stand") and not line.is_retired,
        "art": line.kind == asked.get("art"),
        "amt": line.department == asked.get("amt"),
        "jahr": any(str(one.rated_on.year) == asked.get("jahr") for one in line.ratings),
    }
    return all(wanted[name] for name in asked)


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Nummer"), is_optional=False),
        Column("text", _("Kriterium"), is_optional=False),
        Column("goal", _("Ziel")),
        Column("state", _("Bewertung"), is_optional=False),
        Column("rated_on", _("Bewertet am")),
        Column("reason", _("Begründung")),
        Column("department", _("Zuständiges Amt")),
        Column("kind", _("Art"), is_hidden=True),
    )


def _row(line: CriterionLine) -> Row:
    latest = line.latest
    notes = [
        "" if line.is_public else _("intern"),
        _("gilt nicht mehr") if line.is_retired else "",
        line.indicator.title if line.indicator else "",
    ]
    preliminary = _("vorläufig") if latest and latest.released_on is None else ""
    return Row(
        href=line.url,
        is_muted=line.is_retired,
        cells={
            "name": Cell(line.name),
            "text": Cell(line.text, href=line.url, note=" · ".join(filter(None, notes))),
            "goal": Cell(line.goal.title, href=line.goal.url),
            "state": Cell(rating_sign(latest), note=preliminary),
            "rated_on": text.day_short(latest.rated_on) if latest else "–",
            "reason": latest.reason if latest else "–",
            "department": line.department or "–",
            "kind": str(INDICATOR_KIND_LABELS[line.kind]),
        },
    )


def _download(lines: Sequence[CriterionLine], *, form: str) -> HttpResponse:
    rows = [criterion_data(one) for one in lines]
    if form == "json":
        return as_file(orjson.dumps(rows), "kriterien.json", JSON)
    columns = [Written(head) for head in _heads().values()]
    flat = [tuple(_flat(row)[name] for name in _heads()) for row in rows]
    if form == "csv":
        return csv_file(columns, flat, name="kriterien")
    return xlsx_file(columns, flat, name="kriterien", title=_("Kriterien"))


def _heads() -> dict[str, str]:
    """The columns of the files: field of `criterion_data` or of its latest rating → head."""
    return {
        "goal": _("Ziel"),
        "number": _("Nummer"),
        "text": _("Kriterium"),
        "explanation": _("Woran man es erkennt"),
        "kind": _("Art"),
        "indicator": _("Indikator"),
        "department": _("Zuständiges Amt"),
        "retired_on": _("Gilt nicht mehr seit"),
        "state": _("Bewertung"),
        "rated_on": _("Bewertet am"),
        "reason": _("Begründung"),
        "words_for": _("Was sonst dafür spricht"),
        "words_against": _("Was sonst dagegen spricht"),
        "office": _("Bewertet von"),
    }


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a file: the criterion with the rating that counts."""
    latest = row["ratings"][0] if row["ratings"] else {}
    state = RatingState(latest["state"]) if latest else None
    shown = {name: latest.get(name, "") for name in _heads()}
    shown |= {name: value for name, value in row.items() if name in _heads()}
    return shown | {
        "kind": str(INDICATOR_KIND_LABELS[row["kind"]]),
        "state": str(state_sign(state).label),
        "rated_on": _date(latest.get("rated_on")),
        "retired_on": _date(row["retired_on"]),
    }


def _date(words: str | None) -> date | str:
    return date.fromisoformat(words) if words else ""
