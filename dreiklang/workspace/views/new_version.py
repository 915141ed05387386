"""The button that makes a drafted framework valid."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone
from dreiklang.workspace.services.new_version import CannotMakeValid, make_valid


@require_POST
def new_version(request: ViewerRequest) -> HttpResponse:
    """Asks for the day and the confirmation that the council has resolved it."""
    on = _day(request.POST.get("on", ""))
    if on is None or request.POST.get("confirm") != "yes":
        tell(request, text=_("Bitte nennen Sie den Tag und bestätigen Sie den Beschluss."), tone=Tone.WARN)
        return redirect("goals:draft")
    try:
        done = make_valid(by=request.viewer, on=on)
    except NotFound as missing:
        raise Http404 from missing
    except CannotMakeValid as refusal:
        words = {
            "mapping_open": _("Noch nicht für alles steht fest, was daraus wird. Bitte ordnen Sie erst zu."),
            "begins_too_early": _(
                "Die neue Fassung muss nach der bisherigen beginnen. Bitte wählen Sie einen späteren Tag."
            ),
        }[refusal.code]
        tell(request, text=words, tone=Tone.WARN)
        return redirect("goals:mapping" if refusal.code == "mapping_open" else "goals:draft")
    words = _(
        "Fassung %(label)s gilt. Übernommen: %(measures)s Bezüge von Maßnahmen, %(concepts)s von Konzepten, %(watched)s von Indikatoren, Kriterien, Studien und Beobachtungen."
    )
    tell(
        request,
        text=words
        % {
            "label": done.label,
            "measures": done.measure_links,
            "concepts": done.concept_links,
            "watched": done.watched_links,
        },
    )
    return redirect("goals:framework")


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
