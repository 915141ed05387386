"""Saved searches: kept from the lists of papers and resolutions, given up here."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import NotFound
from dreiklang.papers.forms.rulings import SaveSearchForm
from dreiklang.papers.permissions.papers import SAVE_SEARCH
from dreiklang.papers.queries.searches import saved_searches
from dreiklang.papers.services import papers as services
from dreiklang.papers.services.papers.searches import CannotSaveSearch
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell

_WORDS = {
    "name_taken": gettext_lazy("Eine Suche mit diesem Namen haben Sie schon."),
    "nothing_asked": gettext_lazy("Wählen Sie zuerst in der Liste, wonach gesucht werden soll."),
    "too_many": gettext_lazy(
        "Sie haben schon 30 Suchen. Löschen Sie bitte eine, die Sie nicht mehr brauchen."
    ),
}


def searches(request: ViewerRequest) -> HttpResponse:
    """The viewer's own saved searches; a POST keeps one more."""
    require(request.viewer, SAVE_SEARCH)
    form = SaveSearchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_search(
                by=request.viewer,
                name=form.cleaned_data["name"],
                query=form.query(),
                searched=form.searched(),
            )
        except CannotSaveSearch as refusal:
            form.add_error("name", _WORDS[refusal.code])
        else:
            tell(
                request, text=_("Suche gemerkt. Sobald etwas Neues dazukommt, schreiben wir Ihnen eine Mail.")
            )
            return redirect("papers:searches")
    context = {"searches": saved_searches(request.viewer), "form": form}
    return render(request, "papers/searches.html", context)


@require_POST
def search_forget(request: ViewerRequest, pk: int) -> HttpResponse:
    """Give up one of one's own searches."""
    try:
        services.forget_search(by=request.viewer, search_id=pk)
    except NotFound:
        raise Http404 from None
    tell(request, text=_("Suche gelöscht."))
    return redirect("papers:searches")
