"""Choosing by which indicators districts are compared."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.traits import TraitsForm
from dreiklang.monitoring.services.traits import CannotChoose, choose_traits
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell

_WHY = {
    "too_few": gettext_lazy("Bitte mindestens drei: Mit weniger gilt jeder Stadtteil als ähnlich."),
    "too_many": gettext_lazy("Bitte höchstens sechs: Mehr messen meist dasselbe zweimal."),
    "twice": gettext_lazy("Ein Merkmal steht zweimal da."),
    "unknown": gettext_lazy("Ein Indikator ist inzwischen nicht mehr da. Bitte wählen Sie neu."),
    "is_count": gettext_lazy("Eine Anzahl sagt, wie groß ein Stadtteil ist, nicht wie er ist."),
}


def traits(request: ViewerRequest) -> HttpResponse:
    """Three to six indicators, for the statistics office and the coordinator."""
    require(request.viewer, permissions.CHOOSE_TRAITS)
    # Without a tick a browser sends nothing of the field: that is a choice, too.
    form = TraitsForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        try:
            choose_traits(by=request.viewer, indicator_ids=form.cleaned_data["merkmale"])
        except CannotChoose as refusal:
            form.add_error("merkmale", _WHY[refusal.code])
        else:
            tell(request, text=_("Gespeichert. Die Profile vergleichen ab jetzt danach."))
            return redirect("monitoring:profiles")
    context = {"form": form, "back_url": reverse("monitoring:profiles")}
    return render(request, "monitoring/traits.html", context)
