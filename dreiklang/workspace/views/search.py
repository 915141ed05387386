"""Search: one field for everything."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.people.requests import ViewerRequest
from dreiklang.workspace.queries.search import LEAST_LETTERS, search

KINDS = {
    "task": gettext_lazy("Zukunftsaufgaben"),
    "goal": gettext_lazy("Ziele"),
    "concept": gettext_lazy("Konzepte und Pläne"),
    "measure": gettext_lazy("Maßnahmen"),
    "indicator": gettext_lazy("Indikatoren"),
    "criterion": gettext_lazy("Kriterien"),
    "paper": gettext_lazy("Vorlagen"),
    "resolution": gettext_lazy("Beschlüsse"),
    "area": gettext_lazy("Gebiete"),
    "department": gettext_lazy("Ämter"),
    "committee": gettext_lazy("Gremien"),
}


def results(request: ViewerRequest) -> HttpResponse:
    """Hits of all subjects, narrowed to one kind by `?art=`."""
    text = request.GET.get("q", "").strip()
    kind = request.GET.get("art", "")
    found = search(request.viewer, text=text, kind=kind if kind in KINDS else "")
    kinds = [
        {"code": code, "label": label, "count": found.counts[code], "is_chosen": code == kind}
        for code, label in KINDS.items()
        if found.counts.get(code)
    ]
    context = {
        "search_text": text,
        "found": found,
        "kinds": kinds,
        "kind": kind,
        "kind_labels": KINDS,
        "total": sum(found.counts.values()),
        "is_too_short": len(text) < LEAST_LETTERS,
        "head": _("Suche") if not text else _("Suche: %(text)s") % {"text": text},
    }
    return render(request, "workspace/search.html", context)
