"""The list of candidates: what waits for a look, strongest first; as page, CSV and workbook."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dreiklang.conflicts import queries
from dreiklang.conflicts.forms.filters import RadarForm, wanted_in
from dreiklang.conflicts.forms.typed import typed_id
from dreiklang.conflicts.models import STATE_LABELS
from dreiklang.conflicts.permissions import COMPARE, LOOK, SEE
from dreiklang.conflicts.queries import CandidateLine, RadarFilter
from dreiklang.conflicts.queries.counts import RadarCounts, radar_counts
from dreiklang.conflicts.queries.radar import PAGE
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.views.found import found_page
from dreiklang.conflicts.views.lines import row_of
from dreiklang.conflicts.views.runs import run_of
from dreiklang.conflicts.views.where import where_and_when
from dreiklang.core import text
from dreiklang.core.tables.write import Column as Written
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.downloads import MOST_EXPORTED, csv_file, xlsx_file
from dreiklang.ui.rules import PAGE_KEY, Part, Tone

_BAR = (
    (State.NEW, Tone.WARN),
    (State.SEEN, Tone.NEUTRAL),
    (State.IN_TALKS, Tone.ACCENT_SOFT),
    (State.WEIGHED, Tone.ACCENT),
    (State.NO_CONFLICT, Tone.GOOD),
    (State.OUTDATED, Tone.UNKNOWN),
)


@login_required
@require_safe
def radar(request: ViewerRequest) -> HttpResponse:
    """One page of what the filters leave."""
    require(request.viewer, SEE)
    wanted = wanted_in(request.GET)
    found = queries.radar(request.viewer, wanted=wanted, page=typed_id(request.GET.get(PAGE_KEY)) or 1)
    counts = radar_counts(request.viewer)
    may_look = may(request.viewer, LOOK)
    context = {
        "sentence": radar_sentence(counts),
        "parts": _parts(counts) if counts.total else [],
        "form": RadarForm(request.GET, radar=found),
        "rows": [row_of(one) | {"may_see_off": may_look and one.state is State.NEW} for one in found.lines],
        "page": Paginator(range(found.count), PAGE).get_page(found.page),
        "is_filtered": wanted != RadarFilter(),
        "total": counts.total,
        "run": run_of(request.viewer),
        "may_compare": may(request.viewer, COMPARE),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "today": timezone.localdate(),
    }
    return render(request, "conflicts/radar.html", context)


def radar_sentence(counts: RadarCounts) -> str:
    """The answer for somebody in a hurry."""
    if not counts.total:
        return _("Noch gibt es keinen Hinweis.")
    if not counts.waiting:
        return _("Kein Hinweis wartet auf einen Blick.")
    kinds = [
        ngettext("ein Konflikt", "%(n)s Konflikte", counts.waiting_conflicts),
        ngettext("eine Synergie", "%(n)s Synergien", counts.waiting_synergies),
    ]
    numbers = (counts.waiting_conflicts, counts.waiting_synergies)
    said = [words % {"n": text.number(n)} for words, n in zip(kinds, numbers, strict=True) if n]
    whole = ngettext(
        "Ein Hinweis wartet auf einen Blick", "%(n)s Hinweise warten auf einen Blick", counts.waiting
    ) % {"n": text.number(counts.waiting)}
    again = ngettext(
        "; einer ist wieder offen, weil sich etwas geändert hat",
        "; %(n)s sind wieder offen, weil sich etwas geändert hat",
        counts.reopened,
    ) % {"n": text.number(counts.reopened)}
    return f"{whole}: {text.listing(said)}{again if counts.reopened else ''}."


@login_required
@require_safe
def where(request: ViewerRequest, pk: int) -> HttpResponse:
    """Map and time bar of one line, fetched when somebody opens it."""
    require(request.viewer, SEE)
    line = found_page(request, pk).line
    return render(request, "conflicts/parts/where.html", where_and_when(request.viewer, line))


@login_required
@require_safe
def radar_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as CSV."""
    return csv_file(_heads(), _export(request), name="zielkonflikte")


@login_required
@require_safe
def radar_xlsx(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as a workbook."""
    return xlsx_file(_heads(), _export(request), name="zielkonflikte", title=_("Zielkonflikte"))


def _heads() -> list[Written]:
    names = (
        _("Rang"),
        _("Konflikt oder Synergie"),
        _("Art"),
        _("Nummer A"),
        _("Vorhaben A"),
        _("Amt A"),
        _("Zeitraum A"),
        _("Nummer B"),
        _("Vorhaben B"),
        _("Amt B"),
        _("Zeitraum B"),
        _("Weitere"),
        _("Warum"),
        _("Stadtteile"),
        _("Stand"),
        _("Gefunden am"),
    )
    return [Written(name) for name in names]


def _export(request: ViewerRequest) -> Iterable[tuple[Any, ...]]:
    require(request.viewer, SEE)
    lines = queries.radar_rows(request.viewer, wanted=wanted_in(request.GET), most=MOST_EXPORTED)
    return (_exported(rank, line) for rank, line in enumerate(lines, 1))


def _exported(rank: int, line: CandidateLine) -> tuple[Any, ...]:
    row = row_of(line)
    parties = [
        value
        for one in line.parties[:2]
        for value in (
            one.number,
            one.title,
            one.office,
            text.span(one.period),
        )
    ]
    areas = dict.fromkeys(name for one in line.parties for name in one.areas)
    return (
        rank,
        row["sense_label"],
        ", ".join(row["kinds"]),
        *parties,
        "; ".join(f"{one.number} {one.title}".strip() for one in line.parties[2:]),
        " ".join(one.sentence for one in row["evidence"]),
        ", ".join(areas),
        str(row["state"].label),
        timezone.localdate(line.found_at),
    )


def _parts(counts: RadarCounts) -> list[Part]:
    return [
        Part(state, STATE_LABELS[state], counts.by_state[state], tone, f"?stand={state}")
        for state, tone in _BAR
        if counts.by_state.get(state)
    ]
