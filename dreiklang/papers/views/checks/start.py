"""The beginning of a check, its details and newer texts."""

from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.core.documents import Limits, Reading, read_document
from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.papers.forms.checks import DetailsForm, StartForm, TextForm
from dreiklang.papers.permissions.checks import ANSWER, START
from dreiklang.papers.queries.checklists import published_checklist
from dreiklang.papers.queries.checks.start import checked_paper, paper_key, papers_to_check
from dreiklang.papers.services import checks as services
from dreiklang.papers.views.checks.found import found_check, moved_on
from dreiklang.papers.views.checks.words import file_words, worded
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell

# A person waits for it: what takes longer is better pasted.
WAITING_FOR = Limits(size=25 * 1024 * 1024, seconds=20)
TITLE_AT_MOST = 300


@dataclass(frozen=True)
class DraftText:
    """The draft's text, the file it came from, and what reading the file left out."""

    text: str
    file_name: str = ""
    notes: tuple[str, ...] = ()


@login_required
def start(request: ViewerRequest) -> HttpResponse:
    """A new check by file, by paste, or of a concept."""
    require(request.viewer, START)
    initial = _first_entries(request)
    data = request.POST or None
    form = StartForm(data, request.FILES or None, viewer=request.viewer, initial=initial)
    if request.method == "POST" and form.is_valid():
        draft = text_of(form)
        if not form.errors:
            made = _started(request, form, draft)
            if made is not None:
                tell(request, text=_("Prüfung begonnen. Die Vorschläge entstehen gerade."))
                request.session["draft_saved"] = "pruefung-neu"
                return redirect("papers:check", number=made.number)
    context = {
        "form": form,
        "checklist": published_checklist(request.viewer, today=timezone.localdate()),
        "papers": papers_to_check(request.viewer),
        "back_url": reverse("papers:pipeline"),
        "beside": "check",
        "draft_key": "pruefung-neu",
        "submit_label": _("Prüfung beginnen"),
    }
    return render(request, "papers/checks/start.html", context)


def _first_entries(request: ViewerRequest) -> dict[str, Any]:
    """What the address names: `vorlage` by key, `konzept` by id."""
    entries = {
        "department_id": request.viewer.department_id,
        "concept_id": request.GET.get("konzept"),
        "title": request.GET.get("titel", ""),
    }
    paper = checked_paper(request.viewer, key=request.GET.get("vorlage", ""))
    if paper is None:
        return entries
    return {
        "department_id": paper.department_id or entries["department_id"],
        "concept_id": paper.concept_id or entries["concept_id"],
        "title": paper.title,
        "paper": paper.key,
    }


def _started(request: ViewerRequest, form: StartForm, found: DraftText) -> Any:
    said = form.values()
    first_line = next((line.strip() for line in found.text.splitlines() if line.strip()), "")
    draft = services.NewCheck(
        title=said["title"] or ("" if said["paper_id"] else first_line[:TITLE_AT_MOST]),
        text=found.text,
        file_name=found.file_name,
        notes=found.notes,
        paper_id=said["paper_id"],
        concept_id=said["concept_id"],
        department_id=said["department_id"],
        reader_id=said["reader_id"],
        meeting_id=said["meeting_id"],
        committee_on=said["committee_on"],
    )
    try:
        return services.start_check(by=request.viewer, now=timezone.now(), draft=draft)
    except services.CannotStart as refusal:
        form.add_error({"reads_own": "reader_id", "no_title": "title"}.get(refusal.code), worded(refusal))
        return None


def text_of(form: django_forms.Form) -> DraftText:
    """The text pasted or read from the file; problems become errors of the form."""
    upload = form.cleaned_data.get("file")
    if upload is None:
        return DraftText(form.cleaned_data.get("text", ""))
    # Nobody waits for 400 MB to be read only to hear that they are too many.
    if upload.size > WAITING_FOR.size:
        form.add_error("file", file_words("too_large"))
        return DraftText("")
    read = read_document(upload.read(), name=upload.name, limits=WAITING_FOR)
    if read.state is not Reading.READ:
        form.add_error("file", file_words(read.problem))
        return DraftText("")
    return DraftText(read.text, upload.name[:255], read.notes)


@login_required
def details(request: ViewerRequest, number: str) -> HttpResponse:
    """Title, concept, office, second reader, day."""
    check = found_check(request, number)
    require(request.viewer, ANSWER, check)
    names = ("title", "concept_id", "department_id", "reader_id", "meeting_id", "committee_on", "version")
    initial = {name: getattr(check, name) for name in names}
    initial["paper"] = paper_key(request.viewer, pk=check.paper_id)
    form = DetailsForm(request.POST or None, viewer=request.viewer, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_details(
                by=request.viewer, number=number, version=form.seen_version, values=form.values()
            )
        except ChangedMeanwhile as refusal:
            form.take_version(refusal.version)
            form.add_error(None, moved_on())
        except services.CannotStart as refusal:
            form.add_error({"reads_own": "reader_id"}.get(refusal.code), worded(refusal))
        else:
            tell(request, text=_("Angaben gespeichert."))
            return redirect("papers:check", number=number)
    context = {
        "form": form,
        "check": check,
        "papers": papers_to_check(request.viewer),
        "back_url": reverse("papers:check", args=[number]),
        "beside": f"check:{check.pk}",
    }
    return render(request, "papers/checks/details.html", context)


@login_required
def new_text(request: ViewerRequest, number: str) -> HttpResponse:
    """A newer version of the draft."""
    check = found_check(request, number)
    require(request.viewer, ANSWER, check)
    initial = {"version": check.version}
    form = TextForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        draft = text_of(form)
        if not form.errors:
            try:
                services.replace_text(
                    by=request.viewer,
                    number=number,
                    version=form.seen_version,
                    text=draft.text,
                    file_name=draft.file_name,
                    notes=draft.notes,
                )
            except ChangedMeanwhile as refusal:
                form.take_version(refusal.version)
                form.add_error(None, moved_on())
            except Refused as refusal:
                form.add_error("text", worded(refusal))
            else:
                tell(
                    request,
                    text=_("Neue Fassung gespeichert. Die Vorschläge entstehen neu, Ihre Urteile bleiben."),
                )
                return redirect("papers:check", number=number)
    context = {
        "form": form,
        "check": check,
        "back_url": reverse("papers:check", args=[number]),
        "beside": f"check:{check.pk}",
    }
    return render(request, "papers/checks/new_text.html", context)
