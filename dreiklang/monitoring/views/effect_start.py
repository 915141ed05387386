"""From a measure to the form of its effect: first the indicator is chosen."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dreiklang.core.errors import NotFound
from dreiklang.measures.queries import measure_of
from dreiklang.monitoring.forms.effect_start import EffectStartForm
from dreiklang.monitoring.queries.of_measure import may_link
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import NotAllowed


@login_required
@require_safe
def effect_start(request: ViewerRequest) -> HttpResponse:
    """Which indicator the measure acts on; those it names already are left out. Then the form for what it does."""
    try:
        measure = measure_of(request.viewer, number=request.GET.get("massnahme", ""))
    except NotFound as missing:
        raise Http404 from missing
    if not may_link(request.viewer, measure=measure):
        raise NotAllowed("monitoring.link_measure")
    form = EffectStartForm(
        request.GET if "indikator" in request.GET else None, viewer=request.viewer, measure=measure.pk
    )
    if form.is_bound and form.is_valid():
        address = reverse("monitoring:indicator-effect-new", args=[form.cleaned_data["indikator"]])
        return redirect(f"{address}?{urlencode({'number': measure.number})}")
    back = reverse("measures:measure", args=[measure.number])
    return render(
        request, "monitoring/panels/effect_start.html", {"measure": measure, "form": form, "back_url": back}
    )
