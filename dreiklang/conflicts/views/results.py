"""The result of a talk, noted on the page of its candidate or of the record it is about."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.conflicts import services
from dreiklang.conflicts.forms.talks import TalkResultForm
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.views.back import where_they_were
from dreiklang.conflicts.views.found import found_page
from dreiklang.conflicts.views.lines import address
from dreiklang.conflicts.views.refusals import worded
from dreiklang.core.errors import NotFound
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


@login_required
@require_POST
def of_candidate(request: ViewerRequest, pk: int, talk: int) -> HttpResponse:
    """What came of a talk about that candidate."""
    require(request.viewer, SEE)
    if talk not in {one.pk for one in found_page(request, pk).talks}:
        raise Http404
    _note(request, talk)
    return redirect(f"{address(pk)}#gespraeche")


@login_required
@require_POST
def of_record(request: ViewerRequest, talk: int) -> HttpResponse:
    """What came of a talk whose candidate is not known yet."""
    require(request.viewer, SEE)
    _note(request, talk)
    return redirect(where_they_were(request) or reverse("conflicts:radar"))


def _note(request: ViewerRequest, talk: int) -> None:
    form = TalkResultForm(request.POST)
    if not form.is_valid():
        tell(request, text=_("Bitte sagen Sie, wann und mit welchem Ergebnis."), tone=Tone.WARN)
        return
    try:
        services.note_talk(by=request.viewer, today=timezone.localdate(), talk_id=talk, **form.cleaned_data)
    except NotFound as missing:
        raise Http404 from missing
    except services.CannotTalk as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
    else:
        request.session["draft_saved"] = f"gespraech-{talk}"
        tell(request, text=_("Ergebnis des Gesprächs festgehalten."))
