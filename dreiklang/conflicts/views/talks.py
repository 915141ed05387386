"""The result of a talk whose candidate is not known yet, noted on the page of the record it is about."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.conflicts import services
from dreiklang.conflicts.forms.talks import TalkResultForm
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.views.refusals import worded
from dreiklang.core.errors import NotFound
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


@login_required
@require_POST
def note(request: ViewerRequest, talk: int) -> HttpResponse:
    """What came of a talk."""
    require(request.viewer, SEE)
    form = TalkResultForm(request.POST)
    if not form.is_valid():
        tell(request, text=_("Bitte sagen Sie, wann und mit welchem Ergebnis."), tone=Tone.WARN)
        return redirect(_back(request))
    try:
        services.note_talk(by=request.viewer, today=timezone.localdate(), talk_id=talk, **form.cleaned_data)
    except NotFound as missing:
        raise Http404 from missing
    except services.CannotTalk as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
    else:
        request.session["draft_saved"] = f"gespraech-{talk}"
        tell(request, text=_("Ergebnis des Gesprächs festgehalten."))
    return redirect(_back(request))


def _back(request: ViewerRequest) -> str:
    wanted = request.POST.get("zurueck", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if wanted and is_ours else reverse("conflicts:radar")
