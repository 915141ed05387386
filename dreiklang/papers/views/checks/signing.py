"""Co-signing: which offices are asked, until when, and what they answered."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.papers.forms.checks import ProposedOfficesForm, SignatureForm, office_forms
from dreiklang.papers.permissions.checks import ANSWER
from dreiklang.papers.queries.checks import CheckPage
from dreiklang.papers.queries.checks.offices import offices_proposed
from dreiklang.papers.queries.checks.signed import changed_since_signed
from dreiklang.papers.services import checks as services
from dreiklang.papers.views.checks.found import around, found_page, moved_on
from dreiklang.papers.views.checks.words import worded
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


@login_required
def signing(request: ViewerRequest, number: str) -> HttpResponse:
    """Who co-signs, until when, and what they said."""
    page = found_page(request, number)
    initial = [
        {"department": one.department_id, "due_on": one.due_on, "is_treasury": one.is_treasury}
        for one in page.signatures
    ]
    offices = office_forms(request.POST or None, initial)
    proposed = ProposedOfficesForm(
        request.POST or None,
        offices=offices_proposed(request.viewer, check=page.record),
        is_first=not page.signatures,
    )
    problem = ""
    if request.method == "POST":
        require(request.viewer, ANSWER, page.record)
        if offices.is_valid() and proposed.is_valid():
            problem = _asked(request, page, offices, proposed.chosen())
            if not problem:
                tell(request, text=_("Mitzeichnung gespeichert."))
                return redirect("papers:check_signing", number=number)
    changed = changed_since_signed(page.record, page.signatures)
    context = around(request, page, "signing") | {
        "offices": offices,
        "proposed": proposed,
        "problem": problem,
        "signature_form": SignatureForm(),
        "answers": [(one, changed.get(one.pk)) for one in page.signatures],
    }
    return render(request, "papers/checks/signing.html", context)


def _asked(
    request: ViewerRequest, page: CheckPage, offices: Iterable[BaseForm], proposed: Iterable[int]
) -> str:
    said = [line.cleaned_data for line in offices if line.cleaned_data.get("department")]
    version = request.POST.get("version", "")
    try:
        services.ask_co_signatures(
            by=request.viewer,
            now=timezone.now(),
            number=page.record.number,
            version=int(version) if version.isdecimal() else 0,
            # A line may say more about an office that was ticked as well.
            wanted=[
                *(services.WantedSignature(pk) for pk in proposed),
                *(
                    services.WantedSignature(one["department"], one["due_on"], one["is_treasury"])
                    for one in said
                ),
            ],
        )
    except ChangedMeanwhile:
        return moved_on()
    except services.CannotSign as refusal:
        return worded(refusal)
    return ""


@login_required
@require_POST
def co_sign(request: ViewerRequest, number: str, department: int) -> HttpResponse:
    """An office's answer."""
    form = SignatureForm(request.POST)
    if not form.is_valid():
        tell(request, text=_("Bitte wählen Sie eine Antwort."), tone=Tone.WARN)
        return redirect("papers:check_signing", number=number)
    try:
        services.co_sign(
            by=request.viewer,
            now=timezone.now(),
            number=number,
            department_id=department,
            state=form.cleaned_data["state"],
            reason=form.cleaned_data["reason"],
        )
    except NotFound as missing:
        raise Http404 from missing
    except Refused as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
    else:
        tell(request, text=_("Antwort Ihres Amts gespeichert."))
    return redirect("papers:check_signing", number=number)
