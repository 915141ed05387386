"""The council systems that are read: list, one with its latest run, add, change, read now."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dreiklang.core import text
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.models import Run
from dreiklang.papers.forms.sources import SourceForm, entered
from dreiklang.papers.imports.oparl.field_words import field_words
from dreiklang.papers.imports.oparl.wording import file_sentence, sentence
from dreiklang.papers.models.labels import TEXT_STATE_LABELS
from dreiklang.papers.permissions.oparl import SYNC
from dreiklang.papers.queries import sources as queries
from dreiklang.papers.queries.source_files import SourceFiles, files_of_source
from dreiklang.papers.queries.sources import SourceLine
from dreiklang.papers.rules.kinds import SourceState, TextState
from dreiklang.papers.services import sync as services
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

_WORDS = {
    "name_missing": gettext_lazy("Bitte geben Sie der Quelle einen Namen."),
    "name_taken": gettext_lazy("So heißt schon eine andere Quelle."),
    "address_missing": gettext_lazy("Bitte geben Sie eine Adresse oder einen Ordner an."),
    "address_taken": gettext_lazy("Diese Adresse wird schon gelesen."),
}
MOST_CHANGES = 6
_FIELDS = {"name_missing": "name", "name_taken": "name"}
STATES = {
    SourceState.NEVER: ("unknown", pgettext_lazy("Quelle", "noch nie gelesen")),
    SourceState.RUNNING: ("unknown", pgettext_lazy("Quelle", "wird gerade gelesen")),
    SourceState.DONE: ("good", pgettext_lazy("Quelle", "vollständig gelesen")),
    SourceState.BROKEN_OFF: ("bad", pgettext_lazy("Quelle", "abgebrochen")),
}


@require_safe
def sources(request: ViewerRequest) -> HttpResponse:
    """All council systems."""
    require(request.viewer, SYNC)
    lines = [(line, *_state(line)) for line in queries.sources(request.viewer)]
    return render(request, "papers/sources/list.html", {"lines": lines})


@require_safe
def source(request: ViewerRequest, pk: int) -> HttpResponse:
    """One council system with its latest run, or the run of the address bar."""
    require(request.viewer, SYNC)
    try:
        page = queries.source_page(request.viewer, source_id=pk, run_id=_run_of(request))
    except NotFound as missing:
        raise Http404 from missing
    problems = [
        (one, sentence(code=one.code, field=one.field, value=one.value), field_words(one.field))
        for one in page.problems
    ]
    sign, words = _state(page.line)
    context = {
        "page": page,
        "sign": sign,
        "state_words": words,
        "problems": problems,
        "results": [
            (one, [(each, field_words(each["field"])) for each in one.differences[:MOST_CHANGES]])
            for one in page.results
        ],
        "files": _files(files_of_source(request.viewer, source_id=pk)),
        "facts": _facts(page.run),
    }
    return render(request, "papers/sources/source.html", context)


@require_safe
def progress(request: ViewerRequest, pk: int) -> HttpResponse:
    """How far a run is; when it is over, the page loads anew."""
    require(request.viewer, SYNC)
    line = _line(request, pk)
    response = render(request, "papers/sources/progress.html", {"line": line})
    if not _is_running(line):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def start(request: ViewerRequest, pk: int) -> HttpResponse:
    """Read it now."""
    try:
        services.start(by=request.viewer, source_id=pk)
    except NotFound as missing:
        raise Http404 from missing
    except services.CannotStart:
        tell(request, text=_("Diese Quelle wird gerade gelesen."), tone=Tone.WARN)
    return redirect("papers:source", pk=pk)


@require_POST
def fetch_files(request: ViewerRequest, pk: int) -> HttpResponse:
    """Fetch the files that wait, without waiting for the night."""
    services.fetch_files_now(by=request.viewer)
    line = _line(request, pk)
    tell(
        request,
        text=_("Die Dateien werden jetzt geholt. Laden Sie die Seite neu, um zu sehen, wie viele fehlen."),
    )
    return redirect("papers:source", pk=line.id)


def source_new(request: ViewerRequest) -> HttpResponse:
    """Add a council system."""
    require(request.viewer, SYNC)
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_source(by=request.viewer, draft=form.draft())
        except services.CannotSaveSource as refusal:
            form.add_error(_FIELDS.get(refusal.code, "address"), _WORDS[refusal.code])
        else:
            tell(request, text=_("Quelle angelegt. Lesen Sie sie jetzt, oder warten Sie auf die Nacht."))
            return redirect("papers:source", pk=added.pk)
    context = {"form": form, "back_url": reverse("papers:sources")}
    return render(request, "papers/sources/edit.html", context, status=422 if form.errors else 200)


def source_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change where a council system is and how it is read."""
    require(request.viewer, SYNC)
    line = _line(request, pk)
    form = SourceForm(request.POST or None, initial=entered(line))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_source(
                by=request.viewer,
                source_id=pk,
                draft=form.draft(vendor=line.vendor),
                version=form.seen_version,
            )
        except services.CannotSaveSource as refusal:
            form.add_error(_FIELDS.get(refusal.code, "address"), _WORDS[refusal.code])
        except ChangedMeanwhile:
            said = _("Inzwischen hat jemand anders die Quelle geändert. So steht sie jetzt.")
            tell(request, text=said, tone=Tone.WARN)
            return redirect("papers:source_edit", pk=pk)
        else:
            tell(request, text=_("Quelle gespeichert."))
            return redirect("papers:source", pk=pk)
    context = {"form": form, "line": line, "back_url": reverse("papers:source", args=[pk])}
    return render(request, "papers/sources/edit.html", context, status=422 if form.errors else 200)


def _line(request: ViewerRequest, pk: int) -> SourceLine:
    try:
        return queries.source(request.viewer, source_id=pk)
    except NotFound as missing:
        raise Http404 from missing


def _run_of(request: ViewerRequest) -> int | None:
    asked = request.GET.get("lauf", "")
    return int(asked) if asked.isdecimal() else None


def _is_running(line: SourceLine) -> bool:
    return services.is_running(state=line.state, progress=line.progress, now=timezone.now())


def _state(line: SourceLine) -> tuple[str, Any]:
    """Sign and words; a run that fell silent broke off, whatever it said last."""
    if line.state is SourceState.RUNNING and not _is_running(line):
        return STATES[SourceState.BROKEN_OFF]
    return STATES[line.state]


def _files(found: SourceFiles) -> dict[str, Any]:
    """How many files were read, in a sentence, and what is wrong with which."""
    said = [
        f"{text.number(number)} {TEXT_STATE_LABELS[state]}"
        for state in TextState
        if (number := found.counts.get(state, 0))
    ]
    whole = ngettext("Eine Datei", "%(n)s Dateien", found.total) % {"n": text.number(found.total)}
    return {
        "total": found.total,
        "sentence": f"{whole}: {text.listing(said)}.",
        "is_more": found.is_more,
        "waiting": found.counts.get(TextState.WAITING, 0),
        "rows": [
            (
                one,
                "bad" if one.state in {TextState.UNREADABLE, TextState.TOO_LARGE} else "warn",
                " ".join(file_sentence(code) for code in one.problems),
            )
            for one in found.noticed
        ],
    }


def _facts(run: Run | None) -> dict[str, Any]:
    """What a run tells beside its counts."""
    return dict(run.file_facts) if run is not None else {}
