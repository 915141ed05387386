"""Remarks of the second reader and the co-signing offices, on the check or on one question."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound
from dreiklang.papers.forms.checks import CommentForm
from dreiklang.papers.services import checks as services
from dreiklang.papers.views.checks.words import worded
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


@login_required
@require_POST
def comment(request: ViewerRequest, number: str) -> HttpResponse:
    """A remark."""
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            made = services.comment(by=request.viewer, number=number, **form.cleaned_data)
        except NotFound as missing:
            raise Http404 from missing
        except services.CannotComment as refusal:
            tell(request, text=worded(refusal), tone=Tone.WARN)
        else:
            tell(request, text=_("Anmerkung gespeichert."))
            request.session["draft_saved"] = f"anmerkung-{made.of_id}-{made.question}"
    else:
        tell(request, text=_("Es steht noch kein Text da."), tone=Tone.WARN)
    return _back(request, number, form.data.get("question", ""))


@login_required
@require_POST
def settle(request: ViewerRequest, number: str, pk: int) -> HttpResponse:
    """A remark is dealt with."""
    try:
        settled = services.settle_comment(by=request.viewer, now=timezone.now(), number=number, comment_id=pk)
    except NotFound as missing:
        raise Http404 from missing
    tell(request, text=_("Anmerkung erledigt."))
    return _back(request, number, settled.question)


def _back(request: ViewerRequest, number: str, question: str) -> HttpResponse:
    """To where the remark stands: beside its question, or on the overview."""
    if request.POST.get("zurueck") != "fragen":
        return redirect(f"{reverse('papers:check', args=[number])}#anmerkungen")
    stage = request.POST.get("stufe", "")
    query = f"?stufe={stage}" if stage.isdecimal() else ""
    return redirect(f"{reverse('papers:check_questions', args=[number])}{query}#frage-{question}")
