"""What the city rules about papers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.papers.forms.rulings import RulingsForm, ruled_values
from dreiklang.papers.permissions.papers import SETTINGS
from dreiklang.papers.queries import papers as queries
from dreiklang.papers.services import papers as services
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


def rulings(request: ViewerRequest) -> HttpResponse:
    """Which kinds are strategic, and how many working days things take."""
    require(request.viewer, SETTINGS)
    form = RulingsForm(request.POST or None, initial=ruled_values(queries.rulings()))
    if request.method == "POST" and form.is_valid():
        try:
            services.rule(by=request.viewer, version=form.seen_version, **form.values())
        except ChangedMeanwhile:
            said = _("Inzwischen hat jemand anders die Regeln geändert. So stehen sie jetzt.")
            tell(request, text=said, tone=Tone.WARN)
            return redirect("papers:rulings")
        tell(request, text=_("Regeln gespeichert."))
        return redirect("papers:list")
    return render(request, "papers/rulings.html", {"form": form, "back_url": reverse("papers:list")})
