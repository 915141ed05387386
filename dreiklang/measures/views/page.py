"""The page of one measure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dreiklang.conflicts import queries as conflicts
from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.core.values import Unknown
from dreiklang.measures import queries
from dreiklang.measures.models.labels import (
    INVOLVED_LABELS,
    PHASE_LABELS,
    TASK_TYPE_LABELS,
    TIMELINESS_LABELS,
)
from dreiklang.measures.permissions import EDIT, MERGE, RELEASE, REPORT
from dreiklang.measures.queries import MeasurePage, ReportRow, phase_label, standing_sign
from dreiklang.measures.rules import Duration, Phase, TaskType
from dreiklang.monitoring.queries.of_measure import EffectLine, effects_of_measure, may_link, quality_point
from dreiklang.papers import queries as papers
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.places.queries import area_shapes
from dreiklang.ui.rules import PhaseStep, RailItem, Sign, Tone

BRIEF_LABELS = {
    "context": gettext_lazy("Kontext"),
    "aims": gettext_lazy("Ziele"),
    "interfaces": gettext_lazy("Schnittstellen"),
    "information_flow": gettext_lazy("Informationsfluss"),
    "decision_way": gettext_lazy("Entscheidungsweg"),
}
_TONES = {"on_track": Tone.GOOD, "delayed": Tone.WARN, "stopped": Tone.BAD}


@require_safe
def measure(request: ViewerRequest, number: str) -> HttpResponse:
    """Everything about one measure that this viewer may see. A merged one leads to its successor."""
    today = timezone.localdate()
    try:
        page = queries.measure_page(request.viewer, number=number, today=today)
    except NotFound as missing:
        raise Http404 from missing
    if _leads_on(request, page):
        address = reverse("measures:measure", args=[page.successor.key])  # type: ignore[union-attr]  # _leads_on asked for it
        return redirect(f"{address}?{urlencode({'von': page.line.number})}")
    return render(request, "measures/measure.html", _context(request, page, today))


def _leads_on(request: ViewerRequest, page: MeasurePage) -> bool:
    is_merged = page.line.phase is Phase.MERGED or (page.successor and page.line.phase is not Phase.REPLACED)
    return bool(is_merged and page.successor and "akte" not in request.GET)


def _context(request: ViewerRequest, page: MeasurePage, today: Any) -> dict[str, Any]:
    came_from = request.GET.get("von", "")
    effects = effects_of_measure(request.viewer, measure=page.line.id)
    page = _with_indicators(page, effects, today)
    return {
        "page": page,
        "line": page.line,
        "sign": standing_sign(page.line.standing, page.line.phase),
        "steps": [_step(point) for point in page.way],
        "ended": PHASE_LABELS[page.line.phase] if page.line.phase in _ENDED else "",
        "rows": [(row, _report_sign(row), phase_label(row.phase)) for row in page.reports],
        "phase_label": phase_label(page.line.phase),
        "task_type": TASK_TYPE_LABELS[page.line.task_type]
        if page.line.task_type is not TaskType.UNKNOWN
        else "",
        "is_continuous": page.line.duration is Duration.CONTINUOUS,
        **_slip(page),
        "involved": [(office, INVOLVED_LABELS[office.role]) for office in page.involved],
        "brief": _brief(page),
        "rail_items": _rail(page),
        "meets": conflicts.panel_of(request.viewer, key=f"measure:{page.line.id}")
        if request.viewer.is_internal
        else (),
        "meets_key": f"measure:{page.line.id}",
        "effects": effects,
        "council": papers.council_of_measure(request.viewer, measure=page.line.id, today=today),
        "shapes": area_shapes(request.viewer, ids=page.area_ids)
        if page.area_ids or page.geometry is not None
        else (),
        "came_from": next((ref for ref in page.merged_from if ref.key == came_from), None),
        "draft_saved": request.session.pop("draft_saved", "") if "draft_saved" in request.session else "",
        "today": today,
        "stand": today,
        **_permissions(request, page),
    }


def _with_indicators(page: MeasurePage, effects: Sequence[EffectLine], today: Any) -> MeasurePage:
    """The page with what a good record has of indicators; measures know nothing of them themselves."""
    if page.inside is None:
        return page
    quality = page.inside.quality
    points = (*quality.points, quality_point(effects, today=today))
    return replace(page, inside=replace(page.inside, quality=replace(quality, points=points)))


_ENDED = frozenset({Phase.MERGED, Phase.REPLACED, Phase.DROPPED})


def _permissions(request: ViewerRequest, page: MeasurePage) -> dict[str, bool]:
    """What this viewer may do here; asked only of people who are inside."""
    names = {"may_report": REPORT, "may_edit": EDIT, "may_release": RELEASE, "may_merge": MERGE}
    if page.inside is None or not request.viewer.is_internal:
        return dict.fromkeys([*names, "may_link"], False)
    record = page.inside.answering
    is_over = page.successor is not None
    allowed = {name: may(request.viewer, permission, record) for name, permission in names.items()}
    allowed["may_link"] = not is_over and may_link(request.viewer, measure=record)
    return allowed | ({"may_report": False, "may_merge": False} if is_over else {})


def _slip(page: MeasurePage) -> dict[str, Any]:
    """By how many months the end has moved, small numbers as words."""
    slip = page.line.slip_months
    if isinstance(slip, Unknown):
        return {"slip": None, "slip_words": ""}
    return {"slip": slip, "slip_words": text.quantity_word(abs(slip))}


def _step(point: Any) -> PhaseStep:
    return PhaseStep(
        code=point.phase.value,
        label=str(PHASE_LABELS[point.phase]),
        reached_on=point.reached_on,
        planned_on=point.planned_on,
        first_planned_on=point.first_planned_on,
        is_current=point.is_current,
    )


def _report_sign(row: ReportRow) -> Sign:
    if row.timeliness is None:
        return Sign("unknown", _("unbekannt"), Tone.UNKNOWN)
    return Sign(row.timeliness.value, TIMELINESS_LABELS[row.timeliness], _TONES[row.timeliness.value])


def _brief(page: MeasurePage) -> list[tuple[str, str]]:
    brief = page.inside.brief if page.inside else None
    return [(str(BRIEF_LABELS[name]), said) for name, said in brief.texts.items() if said] if brief else []


def _rail(page: MeasurePage) -> list[RailItem]:
    """Task → goal → concept → this measure; links go up to the first of each kind, counts say how many."""
    main = next((goal for goal in page.goals if goal.sign == "supports"), None)
    tasks = page.tasks or (main.tasks if main else ())
    items = []
    if tasks:
        items.append(RailItem(_("Zukunftsaufgabe"), f"{tasks[0].key} {tasks[0].title}", tasks[0].url))
    if main:
        items.append(RailItem(main.level, f"{main.number} {main.title}", main.url))
    if page.concepts:
        items.append(RailItem(_("Konzept"), page.concepts[0].title, page.concepts[0].url))
    items.append(RailItem(_("Maßnahme"), is_current=True))
    if page.milestones:
        items.append(RailItem(_("Meilensteine"), "", "#meilensteine", str(len(page.milestones))))
    if page.parts:
        items.append(RailItem(_("Teilmaßnahmen"), "", "#teile", str(len(page.parts))))
    return items
