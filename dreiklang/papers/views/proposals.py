"""What a draft touches: proposals with their passages, and the verdicts of people."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound
from dreiklang.papers.forms.proposals import SAID, NameForm, VerdictForm
from dreiklang.papers.queries.proposals import proposals_of
from dreiklang.papers.services import proposals as services
from dreiklang.papers.views.checks.found import around, found_page
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


@login_required
def proposals(request: ViewerRequest, number: str) -> HttpResponse:
    """All proposals of a check; what was missed is named here, too."""
    form = NameForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        kind, target = form.cleaned_data["named"]
        try:
            named = services.name_target(
                by=request.viewer,
                now=timezone.now(),
                number=number,
                kind=kind,
                target=target,
                reason=form.cleaned_data["reason"],
            )
        except services.CannotDecide as refusal:
            form.add_error(None, _words(refusal.code))
        except NotFound as missing:
            raise Http404 from missing
        else:
            return redirect(f"{_page(number)}#vorschlag-{named.pk}")
    shown = proposals_of(request.viewer, number=number)
    if shown is None:
        raise Http404
    context = around(request, found_page(request, number), "proposals")
    context |= {"shown": shown, "form": form, "may_say": shown.may_decide and shown.is_editable}
    return render(request, "papers/proposals/page.html", context)


@login_required
@require_POST
def verdict(request: ViewerRequest, number: str, pk: int) -> HttpResponse:
    """One button of one proposal."""
    form = VerdictForm(request.POST)
    if not form.is_valid():
        raise Http404
    said, sign = SAID[form.cleaned_data["say"]]
    try:
        services.decide(
            by=request.viewer,
            now=timezone.now(),
            number=number,
            proposal_id=pk,
            verdict=said,
            sign=sign,
            reason=form.cleaned_data["reason"],
        )
    except services.CannotDecide as refusal:
        tell(request, text=_words(refusal.code), tone=Tone.WARN)
    except NotFound as missing:
        raise Http404 from missing
    return redirect(f"{_page(number)}#vorschlag-{pk}")


@login_required
@require_POST
def again(request: ViewerRequest, number: str) -> HttpResponse:
    """Let the draft be read once more."""
    try:
        services.ask_again(by=request.viewer, number=number)
    except services.CannotDecide as refusal:
        tell(request, text=_words(refusal.code), tone=Tone.WARN)
    except NotFound as missing:
        raise Http404 from missing
    return redirect(_page(number))


def _page(number: str) -> str:
    return reverse("papers:check_proposals", args=[number])


def _words(code: str) -> str:
    if code == "is_named":
        return _("Das ist schon bestätigt.")
    return _(
        "In diesem Stand der Prüfung ändern sich die Bezüge nicht mehr. Erst wenn sie zurückgegeben ist, geht es weiter."
    )
