"""Beside a form while somebody types: what runs already, who is behind it, which candidates would arise."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dreiklang.conflicts import queries, services
from dreiklang.conflicts.forms.drafts import draft_in, subject_of
from dreiklang.conflicts.forms.typed import typed_id, typed_text
from dreiklang.conflicts.permissions import SEE, TALK
from dreiklang.conflicts.queries import Arising, Beside, DraftClaim, FoundLine, Neighbour
from dreiklang.conflicts.queries.drafts import kept_draft
from dreiklang.conflicts.queries.near import OWN
from dreiklang.conflicts.queries.talks import invited_today
from dreiklang.conflicts.rules import Sense
from dreiklang.conflicts.views.lines import said_of
from dreiklang.conflicts.views.people import person_lines
from dreiklang.conflicts.views.refusals import worded
from dreiklang.conflicts.views.words import named
from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.rules import Tone

# A panel beside a form is read while thinking of something else.
MOST_NEIGHBOURS = 6


@login_required
@require_POST
def beside(request: ViewerRequest) -> HttpResponse:
    """The panel for htmx; without it a page of its own, in a window of its own."""
    require(request.viewer, SEE)
    about = request.GET.get("fuer", "")
    subject = subject_of(about)
    if not subject:
        raise Http404
    kept = kept_draft(request.viewer, key=about if ":" in about else "")
    draft = draft_in(request.viewer, request.POST, files=request.FILES, subject=subject, kept=kept)
    found = queries.beside(request.viewer, draft=draft, today=timezone.localdate())
    context = _context(request, found, draft) | {"about": about, "draft_title": draft.title}
    template = "conflicts/parts/near.html" if _is_panel(request) else "conflicts/beside.html"
    return render(request, template, context)


@login_required
@require_POST
def invite_beside(request: ViewerRequest) -> HttpResponse:
    """Whoever leads the other record is asked to talk, about a candidate or about what is only being typed."""
    require(request.viewer, TALK)
    pk, key = typed_id(request.POST.get("hinweis")), typed_text(request.POST, "mit")
    tone, said = Tone.GOOD, _invited()
    try:
        if pk is not None:
            services.invite_to_talk(by=request.viewer, now=timezone.now(), pk=pk)
        else:
            services.ask_about(by=request.viewer, key=key, title=typed_text(request.POST, "titel"))
    except NotFound as missing:
        raise Http404 from missing
    except services.CannotTalk as refusal:
        tone, said = Tone.WARN, worded(refusal)
    template = "conflicts/parts/invited.html" if _is_panel(request) else "conflicts/invited.html"
    answer = render(request, template, {"said": said, "tone": tone})
    if tone is Tone.GOOD:
        # An answer still under way knows nothing of it and would offer the button again: ask once more.
        answer["HX-Trigger"] = "eingeladen"
    return answer


def _invited() -> str:
    return _("Eingeladen. Die andere Seite bekommt eine E-Mail.")


def _is_panel(request: ViewerRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _context(request: ViewerRequest, found: Beside, draft: DraftClaim) -> dict[str, Any]:
    arising = {one.party.key for one in found.arising}
    invited = invited_today(request.viewer, own_key=draft.own_key, draft_title=draft.title, keys=arising)
    others = [one for one in found.neighbours if one.party.key not in arising][:MOST_NEIGHBOURS]
    people = person_lines([*(one.party for one in found.arising), *(one.party for one in others)])
    return {
        "sentence": beside_sentence(found),
        "candidates": [
            _candidate(one, found, people) | {"is_invited": one.party.key in invited} for one in found.arising
        ],
        # The panel comes anew with every letter: what was asked must not be offered again.
        "said": _invited(),
        "tone": Tone.GOOD,
        "neighbours": [_neighbour(one, people) for one in others],
        "may_invite": may(request.viewer, TALK),
    }


def _candidate(one: Arising, found: Beside, people: dict[str, Any]) -> dict[str, Any]:
    parties = [one.party, _Draft(found.names)]
    said = said_of(one.findings, parties=parties, names=found.names)  # type: ignore[arg-type]  # only its key and name are read
    return {
        "party": one.party,
        "sense": Sense.CONFLICT if any(line.sense == Sense.CONFLICT for line in said) else Sense.SYNERGY,
        "sentences": [line.sentence for line in said],
        "person_line": people.get(one.party.key),
        "candidate": one.candidate,
    }


class _Draft:
    """What is being typed, as one of the parties in sentences."""

    def __init__(self, names: Any) -> None:
        self.key = OWN
        self.number = _("Ihr Vorhaben")
        self.title = named(self.key, names)


def _neighbour(one: Neighbour, people: dict[str, Any]) -> dict[str, Any]:
    shared = [
        *([_("selbe Fläche")] if one.shares_place else []),
        *one.areas[:2],
        *([_("selbes Ziel")] if one.goals else []),
    ]
    times = {True: _("zur selben Zeit"), False: _("zu anderer Zeit"), None: ""}
    return {
        "party": one.party,
        "shared": list(filter(None, [*(shared or [_("ähnliches Thema")]), times[one.same_time]])),
        "person_line": people.get(one.party.key),
    }


def beside_sentence(found: Beside) -> str:
    """The answer in a sentence."""
    said = _near_words(found)
    if not said:
        return _("Bisher nichts im selben Gebiet, zum selben Thema oder zur selben Zeit.")
    if not found.arising:
        return _("%(near)s, bisher kommt keines dem Ihren in die Quere.") % {"near": said}
    return ngettext(
        "%(near)s, mit einem sollten Sie sprechen.",
        "%(near)s, mit %(n)s sollten Sie sprechen.",
        len(found.arising),
    ) % {"near": said, "n": text.quantity_word(len(found.arising))}


def _near_words(found: Beside) -> str:
    """How many there are, and whether they lie near or only speak of the same; empty where there are none."""
    near = {one.party.key for one in found.neighbours if one.shares_place or one.areas} | {
        one.party.key for one in found.arising if any(_is_about_a_place(line) for line in one.findings)
    }
    count = len({one.party.key for one in found.neighbours} | {one.party.key for one in found.arising})
    said = {"n": text.number(count)}
    if not count:
        return ""
    if not near:
        words = ngettext(
            "Ein Vorhaben hat ein ähnliches Thema", "%(n)s Vorhaben haben ein ähnliches Thema", count
        )
    elif len(near) == count:
        words = ngettext("Ein Vorhaben liegt in der Nähe", "%(n)s Vorhaben liegen in der Nähe", count)
    else:
        words = _("%(n)s Vorhaben liegen in der Nähe oder haben ein ähnliches Thema")
    return words % said


def _is_about_a_place(line: FoundLine) -> bool:
    return bool(line.facts.get("area_m2") or line.facts.get("districts") or line.facts.get("distance_m"))
