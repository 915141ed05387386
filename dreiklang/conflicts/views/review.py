"""When what was weighed is looked at again."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.conflicts import services
from dreiklang.conflicts.forms.weighing import ReviewForm
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.views.refusals import worded
from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone


@login_required
@require_POST
def review(request: ViewerRequest, pk: int, weighing: int) -> HttpResponse:
    """The weighing still holds and is looked at again another day, or not at all any more."""
    require(request.viewer, SEE)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        tell(request, text=" ".join(str(one) for one in form.errors["review_on"]), tone=Tone.WARN)
        return redirect("conflicts:weighing", pk=pk)
    day = form.cleaned_data["review_on"]
    try:
        services.set_review(by=request.viewer, pk=pk, weighing_id=weighing, review_on=day)
    except NotFound as missing:
        raise Http404 from missing
    except services.CannotWeigh as refusal:
        tell(request, text=worded(refusal), tone=Tone.WARN)
    else:
        said = _("Gilt weiter. Wieder ansehen am %(day)s.") % {"day": text.day(day)} if day else ""
        tell(request, text=said or _("Gilt weiter, ohne Tag zum Wiederansehen."))
    return redirect("conflicts:weighing", pk=pk)
