"""The history page of any record."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from dreiklang.concepts import queries as concepts
from dreiklang.conflicts import queries as conflicts
from dreiklang.core.errors import NotFound
from dreiklang.goals import queries as goals
from dreiklang.measures import queries as measures
from dreiklang.monitoring.queries import dataset_history
from dreiklang.monitoring.queries import kept as monitoring
from dreiklang.monitoring.queries.frame import kept_change
from dreiklang.monitoring.queries.grants import kept_sheet
from dreiklang.monitoring.queries.requests import kept_request
from dreiklang.monitoring.queries.surveys import kept_survey
from dreiklang.monitoring.queries.watching import kept_item
from dreiklang.papers import queries as papers
from dreiklang.people import queries as people
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import NotAllowed
from dreiklang.places import queries as places
from dreiklang.workspace.queries.history import history_of

# word in the address → function (viewer, key) → the record and the address of its page
RECORDS = {
    "massnahme": measures.kept,
    "konzept": concepts.kept,
    "ziel": goals.kept_goal,
    "zukunftsaufgabe": goals.kept_task,
    "fassung": goals.kept_framework,
    "vorlage": papers.kept_paper,
    "sitzung": papers.kept_meeting,
    "beschluss": papers.kept_resolution,
    "gebiet": places.kept,
    "amt": people.kept_department,
    "gremium": people.kept_committee,
    "hinweis": conflicts.kept,
    "datensatz": dataset_history.kept_dataset,
    "beobachtung": kept_change,
    "datenanforderung": kept_request,
    "foerderbogen": kept_sheet,
    "thema": kept_item,
    "umfrage": kept_survey,
    "indikator": monitoring.kept_indicator,
    "kriterium": monitoring.kept_criterion,
    "stadt": places.kept_municipality,
}
# Records to which nearly everything points: their history is told from these tables alone.
OWN_ROWS = {"gremium": "people", "hinweis": "conflicts", "datensatz": "monitoring"}


def history(request: ViewerRequest, subject: str, key: str) -> HttpResponse:
    """Who changed what, when, what before; for the administration only."""
    if not request.viewer.is_internal:
        raise NotAllowed("workspace.history")
    if subject not in RECORDS:
        raise Http404
    try:
        record, address = RECORDS[subject](request.viewer, key)
    except NotFound as missing:
        raise Http404 from missing
    entries = history_of(record, subject=OWN_ROWS.get(subject, ""))
    return render(
        request, "workspace/history.html", {"record": record, "entries": entries, "address": address}
    )
