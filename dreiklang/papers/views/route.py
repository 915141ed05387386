"""The route of a paper, step by step."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound
from dreiklang.papers.forms.papers import StepForm
from dreiklang.papers.queries.papers.steps import address_of_paper
from dreiklang.papers.services import papers as services
from dreiklang.papers.views.paper_editing import editable
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell


def step_new(request: ViewerRequest, key: str) -> HttpResponse:
    """One more committee on the route."""
    record = editable(request, key)
    form = StepForm(request.POST or None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        services.plan_step(by=request.viewer, key=key, values=form.cleaned_data)
        tell(request, text=_("Beratungsfolge gespeichert."))
        return redirect(f"{address_of_paper(key)}#beratungsfolge")
    context = {"paper": record, "form": form, "back_url": address_of_paper(key)}
    return render(request, "papers/step.html", context)


def step_edit(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Another day, role or meeting for a step."""
    record = editable(request, key)
    step = record.route.filter(pk=pk).first()
    if step is None:
        raise Http404
    initial = {name: getattr(step, name) for name in services.STEP_FIELDS}
    form = StepForm(request.POST or None, viewer=request.viewer, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_step(by=request.viewer, key=key, step_id=pk, values=form.cleaned_data)
        tell(request, text=_("Beratungsfolge gespeichert."))
        return redirect(f"{address_of_paper(key)}#beratungsfolge")
    context = {"paper": record, "form": form, "step": step, "back_url": address_of_paper(key)}
    return render(request, "papers/step.html", context)


@require_POST
def step_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Take a step out of the route."""
    editable(request, key)
    try:
        services.remove_step(by=request.viewer, key=key, step_id=pk)
    except NotFound:
        raise Http404 from None
    tell(request, text=_("Aus der Beratungsfolge genommen."))
    return redirect(f"{address_of_paper(key)}#beratungsfolge")
