"""The catalogues that are read: list, one with its latest harvest, add, change, read now; and how ours is called."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from dreiklang.core.enums import RunState
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import both_sides
from dreiklang.monitoring.forms.catalogues import (
    CatalogueForm,
    OwnCatalogueForm,
    entered_catalogue,
    entered_own,
)
from dreiklang.monitoring.models import Dataset
from dreiklang.monitoring.models.catalogue import HARVEST_STATE_LABELS
from dreiklang.monitoring.permissions import RUN_CATALOGUE
from dreiklang.monitoring.queries import catalogue_sources as queries
from dreiklang.monitoring.queries.catalogue_sources import CatalogueLine
from dreiklang.monitoring.queries.catalogue_wording import PARTS, sentence
from dreiklang.monitoring.queries.described import own_catalogue
from dreiklang.monitoring.rules.harvests import HarvestState
from dreiklang.monitoring.services import catalogues as services
from dreiklang.monitoring.services.harvesting import publish_entries
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.places.queries import municipality
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

_WORDS = {
    "title_missing": gettext_lazy("Bitte geben Sie dem Katalog einen Namen."),
    "title_taken": gettext_lazy("So heißt schon ein anderer Katalog."),
    "address_missing": gettext_lazy("Bitte geben Sie eine Adresse an."),
    "address_taken": gettext_lazy("Diese Adresse wird schon abgerufen."),
    "no_address": gettext_lazy("Bitte geben Sie eine Adresse im Internet an, sie beginnt mit https://."),
}
_TONES = {
    HarvestState.NEVER: "unknown",
    HarvestState.RUNNING: "unknown",
    HarvestState.DONE: "good",
    HarvestState.BROKEN_OFF: "bad",
}
MOST_CHANGES = 6


@require_safe
def catalogues(request: ViewerRequest) -> HttpResponse:
    """All catalogues that are read."""
    require(request.viewer, RUN_CATALOGUE)
    lines = [(line, *_state(line)) for line in queries.catalogue_lines(request.viewer)]
    context = {"lines": lines, "own": own_catalogue()}
    return render(request, "monitoring/catalogue/harvests.html", context)


@require_safe
def catalogue(request: ViewerRequest, pk: int) -> HttpResponse:
    """One catalogue with its latest harvest, or the one of the address bar."""
    require(request.viewer, RUN_CATALOGUE)
    try:
        page = queries.catalogue_page(request.viewer, catalogue_id=pk, run_id=_run_of(request))
    except NotFound as missing:
        raise Http404 from missing
    tone, words = _state(page.line)
    context = {
        "page": page,
        "tone": tone,
        "state_words": words,
        "is_running": _is_running(page.line),
        "is_web": services.is_web(page.line.address),
        "problems": [(one, _said(one), PARTS.get(one.field, one.field)) for one in page.problems],
        "results": [(one, _changes(one)) for one in page.results],
        "facts": dict(page.run.file_facts) if page.run else {},
        "is_refused": page.run is not None and page.run.state == RunState.REFUSED,
    }
    return render(request, "monitoring/catalogue/harvest.html", context)


@require_safe
def progress(request: ViewerRequest, pk: int) -> HttpResponse:
    """How far a harvest is; when it is over, the page loads anew."""
    require(request.viewer, RUN_CATALOGUE)
    line = _line(request, pk)
    response = render(request, "monitoring/catalogue/progress.html", {"line": line})
    if not _is_running(line):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def start(request: ViewerRequest, pk: int) -> HttpResponse:
    """Read it now."""
    return _started(request, pk, is_dry_run=False)


@require_POST
def try_out(request: ViewerRequest, pk: int) -> HttpResponse:
    """Read it and show what would come."""
    return _started(request, pk, is_dry_run=True)


@require_POST
def publish(request: ViewerRequest, pk: int) -> HttpResponse:
    """Everybody may see the datasets of this catalogue."""
    line = _line(request, pk)
    number = publish_entries(by=request.viewer, catalogue_id=line.id)
    said = ngettext("Ein Datensatz ist jetzt öffentlich.", "%(n)s Datensätze sind jetzt öffentlich.", number)
    tell(request, text=said % {"n": number})
    return redirect("monitoring:harvest", pk=pk)


def catalogue_new(request: ViewerRequest) -> HttpResponse:
    """Add a catalogue."""
    require(request.viewer, RUN_CATALOGUE)
    form = CatalogueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_catalogue(by=request.viewer, draft=form.draft())
        except services.CannotSaveCatalogue as refusal:
            _refuse(form, refusal.code)
        else:
            tell(
                request,
                text=_("Datenkatalog angelegt. Rufen Sie ihn jetzt ab, oder machen Sie erst eine Probe."),
            )
            return redirect("monitoring:harvest", pk=added.pk)
    context = {"form": form, "back_url": reverse("monitoring:harvests")}
    return render(request, "monitoring/catalogue/harvest_edit.html", context, status=_status(form))


def catalogue_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change where a catalogue is and how it is read."""
    require(request.viewer, RUN_CATALOGUE)
    line = _line(request, pk)
    form = CatalogueForm(request.POST or None, initial=entered_catalogue(line))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_catalogue(
                by=request.viewer, catalogue_id=pk, draft=form.draft(), version=form.seen_version
            )
        except services.CannotSaveCatalogue as refusal:
            _refuse(form, refusal.code)
        except ChangedMeanwhile:
            said = _("Inzwischen hat jemand anders den Katalog geändert. So steht er jetzt.")
            tell(request, text=said, tone=Tone.WARN)
            return redirect("monitoring:harvest-edit", pk=pk)
        else:
            tell(request, text=_("Datenkatalog gespeichert."))
            return redirect("monitoring:harvest", pk=pk)
    context = {"form": form, "line": line, "back_url": reverse("monitoring:harvest", args=[pk])}
    return render(request, "monitoring/catalogue/harvest_edit.html", context, status=_status(form))


def own(request: ViewerRequest) -> HttpResponse:
    """How the city's own catalogue is called, and who publishes it."""
    require(request.viewer, RUN_CATALOGUE)
    city = municipality().name
    form = OwnCatalogueForm(request.POST or None, initial=entered_own(own_catalogue(), city=city))
    context: dict[str, Any] = {"form": form, "back_url": reverse("monitoring:harvests")}
    if request.method == "POST" and form.is_valid():
        try:
            services.save_own_catalogue(by=request.viewer, draft=form.draft(), version=form.seen_version)
        except ChangedMeanwhile as refusal:
            context["clash"] = both_sides(form, entered_own(refusal.theirs, city=city))
            form.take_version(refusal.version)
        except services.CannotSaveCatalogue as refusal:
            _refuse(form, refusal.code)
        else:
            tell(request, text=_("Eigener Datenkatalog beschrieben."))
            return redirect("monitoring:catalogue-gaps")
    published = Dataset.objects.filter(is_own=True, visibility="public").count()
    context["published"] = published
    return render(request, "monitoring/catalogue/own.html", context, status=_status(form))


def _started(request: ViewerRequest, pk: int, *, is_dry_run: bool) -> HttpResponse:
    try:
        services.start_harvest(by=request.viewer, catalogue_id=pk, is_dry_run=is_dry_run)
    except NotFound as missing:
        raise Http404 from missing
    except services.CannotHarvest as refusal:
        said = _WORDS.get(refusal.code, _("Dieser Katalog wird gerade abgerufen."))
        tell(request, text=str(said), tone=Tone.WARN)
    return redirect("monitoring:harvest", pk=pk)


def _said(one: Any) -> str:
    said = sentence(one.code, value=one.value, proposals=one.proposals)
    return _("Zeile %(row)s: %(said)s") % {"row": one.row, "said": said} if one.row else said


def _changes(one: Any) -> list[tuple[str, str, str]]:
    """Fields that read otherwise now, by their German names."""
    return [
        (
            str(getattr(Dataset._meta.get_field(each["field"]), "verbose_name", "")),
            each["before"],
            each["after"],
        )
        for each in one.differences[:MOST_CHANGES]
    ]


def _refuse(form: Any, code: str) -> None:
    form.add_error("title" if code.startswith("title") else "address", _WORDS[code])


def _status(form: Any) -> int:
    return 422 if form.errors else 200


def _line(request: ViewerRequest, pk: int) -> CatalogueLine:
    try:
        return queries.catalogue_line(request.viewer, catalogue_id=pk)
    except NotFound as missing:
        raise Http404 from missing


def _run_of(request: ViewerRequest) -> int | None:
    asked = request.GET.get("lauf", "")
    return int(asked) if asked.isascii() and asked.isdecimal() else None


def _is_running(line: CatalogueLine) -> bool:
    return services.is_running(state=line.state, progress=line.progress, now=timezone.now())


def _state(line: CatalogueLine) -> tuple[str, Any]:
    """Sign and words; a harvest that fell silent broke off, whatever it said last."""
    is_gone = line.state is HarvestState.RUNNING and not _is_running(line)
    state = HarvestState.BROKEN_OFF if is_gone else line.state
    return _TONES[state], HARVEST_STATE_LABELS[state]
