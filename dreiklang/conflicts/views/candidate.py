"""One candidate: who meets, why, what was said, and what can be done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dreiklang.conflicts import services
from dreiklang.conflicts.forms.talks import TalkResultForm
from dreiklang.conflicts.forms.typed import typed_id, typed_text
from dreiklang.conflicts.models import STATE_LABELS
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries import CandidatePage
from dreiklang.conflicts.queries.acts import acts_of
from dreiklang.conflicts.queries.said import sayings_of
from dreiklang.conflicts.views.back import where_they_were
from dreiklang.conflicts.views.changed import sides_of
from dreiklang.conflicts.views.course import entries_of
from dreiklang.conflicts.views.deeds import deeds_of, kind_label, party_state
from dreiklang.conflicts.views.found import found_page
from dreiklang.conflicts.views.lines import LETTERS, address, row_of, said_of, short_names
from dreiklang.conflicts.views.people import person_lines
from dreiklang.conflicts.views.refusals import worded
from dreiklang.conflicts.views.where import where_and_when
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


@login_required
@require_safe
def candidate(request: ViewerRequest, pk: int) -> HttpResponse:
    """Everything about one candidate."""
    require(request.viewer, SEE)
    page = found_page(request, pk)
    return render(request, "conflicts/candidate.html", _context(request, page))


def _context(request: ViewerRequest, page: CandidatePage) -> dict[str, Any]:
    row = row_of(page.line)
    keys = [one.key for one in page.parties]
    before, after = sides_of(page.changes, names=short_names(page.names, page.parties), parties=keys)
    # What is no longer found keeps the reasons people answered to.
    evidence = row["evidence"] or said_of(page.said_facts, parties=page.parties, names=page.names)
    sayings = sayings_of(request.viewer, pk=page.line.pk)
    return {
        "row": row | {"parties": _parties(request, page)},
        "evidence": evidence,
        "is_outdated": not row["evidence"],
        "changes": page.changes,
        "before": before,
        "after": after,
        "reopened_at": page.reopened_at,
        "weighings": [
            (one, f"{reverse('conflicts:weighing', args=[page.line.pk])}?fassung={one.pk}")
            for one in page.weighings
        ],
        "draft": page.draft,
        "may_weigh": page.may_weigh,
        "entries": entries_of(page, sayings),
        "open_talks": [one for one in page.talks if one.held_on is None and one.may_note],
        "talk_form": TalkResultForm(initial={"held_on": timezone.localdate()}),
        "others": [row_of(one) for one in page.others],
        "deeds": deeds_of(page, request.viewer),
        "said_by": page.said_by,
        "said_label": STATE_LABELS[page.said_state],
        "said_at": page.said_at,
        "said_reason": page.said_reason,
        "found_at": timezone.localdate(page.line.found_at),
        "draft_saved": request.session.pop("draft_saved", "") if "draft_saved" in request.session else "",
        **where_and_when(request.viewer, page.line),
    }


def _parties(request: ViewerRequest, page: CandidatePage) -> list[dict[str, Any]]:
    people = person_lines(page.parties)
    acts = acts_of(request.viewer, [one.key for one in page.parties])
    letters = LETTERS if any(one.place is not None for one in page.parties) else " " * len(LETTERS)
    return [
        {
            "letter": letter.strip() if one.place is not None else "",
            "number": one.number,
            "title": one.title,
            "url": one.url,
            "kind_label": kind_label(one),
            "state_label": party_state(one),
            "person_line": people.get(one.key),
            "period": one.period,
            "goals": [act for act in acts.get(one.key, ()) if not act.is_indicator],
            "indicators": [act for act in acts.get(one.key, ()) if act.is_indicator],
        }
        for letter, one in zip(letters.ljust(len(page.parties)), page.parties, strict=False)
    ]


@login_required
@require_POST
def step(request: ViewerRequest, pk: int, deed: str) -> HttpResponse:
    """Something is said of a candidate."""
    require(request.viewer, SEE)
    deeds: dict[str, Callable[[ViewerRequest, int], str]] = {
        "angesehen": _look_at,
        "einladen": _invite,
        "kein-konflikt": _no_conflict,
        "oeffnen": _reopen,
        "entwurf-verwerfen": _discard,
        "zuruecknehmen": _take_back,
    }
    if deed not in deeds:
        raise Http404
    can_undo = deed in {"angesehen", "kein-konflikt"}
    undo = reverse("conflicts:step", args=[pk, "zuruecknehmen"]) if can_undo else ""
    try:
        said = deeds[deed](request, pk)
    except NotFound as missing:
        raise Http404 from missing
    except (services.CannotSay, services.CannotTalk, services.CannotWeigh, ChangedMeanwhile) as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
    else:
        tell(request, text=said, undo_url=undo)
    # To the list somebody works off, else to the candidate.
    return redirect(where_they_were(request) or address(pk))


def _look_at(request: ViewerRequest, pk: int) -> str:
    services.look_at(by=request.viewer, now=timezone.now(), pk=pk)
    return _("Angesehen.")


def _invite(request: ViewerRequest, pk: int) -> str:
    message = typed_text(request.POST, "message")
    services.invite_to_talk(by=request.viewer, now=timezone.now(), pk=pk, message=message)
    request.session["draft_saved"] = f"hinweis-{pk}"
    return _("Eingeladen. Die andere Seite bekommt Ihre Nachricht als E-Mail.")


def _no_conflict(request: ViewerRequest, pk: int) -> str:
    reason = typed_text(request.POST, "reason")
    services.no_conflict(by=request.viewer, now=timezone.now(), pk=pk, reason=reason)
    request.session["draft_saved"] = f"kein-konflikt-{pk}"
    return _("Festgehalten: kein Konflikt. Ändert sich etwas Wesentliches, kommt der Hinweis wieder.")


def _reopen(request: ViewerRequest, pk: int) -> str:
    services.reopen(by=request.viewer, now=timezone.now(), pk=pk)
    return _("Wieder geöffnet.")


def _discard(request: ViewerRequest, pk: int) -> str:
    version = typed_id(request.POST.get("version")) or 0
    services.discard_weighing(by=request.viewer, pk=pk, version=version)
    request.session["draft_saved"] = f"klaerung-{pk}"
    return _("Entwurf verworfen. Was darin stand, bewahrt der Verlauf der Änderungen.")


def _take_back(request: ViewerRequest, pk: int) -> str:
    services.take_back(by=request.viewer, now=timezone.now(), pk=pk)
    return _("Zurückgenommen. Der Hinweis wartet wieder auf einen Blick.")
