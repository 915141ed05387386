"""The paper that came of a released draft."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.papers.forms.check_paper import PaperForm
from dreiklang.papers.permissions.checks import ANSWER
from dreiklang.papers.queries.checks.start import papers_to_check
from dreiklang.papers.services import checks as services
from dreiklang.papers.views.checks.found import found_check, moved_on
from dreiklang.papers.views.checks.words import worded
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell


@login_required
def name_paper(request: ViewerRequest, number: str) -> HttpResponse:
    """Its number, once the council's system or somebody brought it."""
    check = found_check(request, number)
    require(request.viewer, ANSWER, check)
    form = PaperForm(request.POST or None, viewer=request.viewer, initial={"version": check.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.name_paper(
                by=request.viewer,
                number=number,
                version=form.seen_version,
                paper_id=form.cleaned_data["paper"],
            )
        except ChangedMeanwhile as refusal:
            form.take_version(refusal.version)
            form.add_error(None, moved_on())
        except services.CannotName as refusal:
            form.add_error(None, worded(refusal))
        else:
            tell(request, text=_("Zugeordnet. Die Vorlage zeigt jetzt, was die Prüfung ergab."))
            return redirect("papers:check", number=number)
    context = {
        "form": form,
        "check": check,
        "papers": papers_to_check(request.viewer),
        "back_url": reverse("papers:check", args=[number]),
        "submit_label": _("Zuordnen"),
    }
    return render(request, "papers/checks/name_paper.html", context)
