"""Papers entered and changed by hand."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import both_sides
from dreiklang.papers.forms.papers import PaperForm, links_form, paper_values, wanted_links
from dreiklang.papers.models import Paper
from dreiklang.papers.permissions.papers import CREATE, EDIT, PUBLISH
from dreiklang.papers.queries.papers import paper_of, touched_by
from dreiklang.papers.queries.papers.steps import address_of_paper
from dreiklang.papers.services import papers as services
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

_WORDS = {
    "follows_itself": gettext_lazy("Eine Vorlage kann nicht an sich selbst anknüpfen."),
    "number_missing": gettext_lazy("Bitte geben Sie eine Nummer an."),
}
_FIELDS = {"follows_itself": "follows", "number_missing": "number"}


def paper_new(request: ViewerRequest) -> HttpResponse:
    """A new paper; it stays internal until somebody publishes it."""
    require(request.viewer, CREATE)
    initial = {"lead_department_id": request.viewer.department_id}
    form = PaperForm(request.POST or None, viewer=request.viewer, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_paper(by=request.viewer, values=form.values())
        except services.CannotSavePaper as refusal:
            form.add_error(_FIELDS[refusal.code], _WORDS[refusal.code])
        else:
            tell(request, text=_("Vorlage angelegt. Öffentlich wird sie erst, wenn Sie sie freigeben."))
            return redirect("papers:paper", key=made.key)
    context = {"form": form, "back_url": reverse("papers:list"), "draft_key": "vorlage-neu"}
    return render(request, "papers/edit.html", context)


def paper_edit(request: ViewerRequest, key: str) -> HttpResponse:
    """Everything about a paper but its route, what it touches and its visibility."""
    record = editable(request, key)
    form = PaperForm(request.POST or None, viewer=request.viewer, initial=paper_values(record))
    context: dict[str, Any] = {"paper": record, "form": form, "back_url": address_of_paper(key)}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_paper(by=request.viewer, key=key, version=form.seen_version, values=form.values())
        except ChangedMeanwhile as refusal:
            context["clash"] = both_sides(form, paper_values(refusal.theirs))
            form.take_version(refusal.version)
        except services.CannotSavePaper as refusal:
            form.add_error(_FIELDS[refusal.code], _WORDS[refusal.code])
        else:
            tell(request, text=_("Vorlage gespeichert."))
            return redirect("papers:paper", key=key)
    return render(request, "papers/edit.html", context)


def paper_links(request: ViewerRequest, key: str) -> HttpResponse:
    """What the paper touches, in which direction, and why."""
    record = editable(request, key)
    touched = touched_by(request.viewer, ids=[record.pk]).get(record.pk, ())
    lines = links_form(request.viewer, touched, request.POST or None)
    has_clash = False
    if request.method == "POST" and lines.is_valid():
        try:
            services.link_paper(
                by=request.viewer, key=key, version=_version(request), links=wanted_links(lines)
            )
        except ChangedMeanwhile:
            has_clash = True
        else:
            tell(request, text=_("Bezüge gespeichert."))
            return redirect(f"{address_of_paper(key)}#bezug")
    context = {"paper": record, "lines": lines, "has_clash": has_clash, "back_url": address_of_paper(key)}
    return render(request, "papers/links.html", context)


def paper_visibility(request: ViewerRequest, key: str) -> HttpResponse:
    """Publish a paper or take it back, after a look at what becomes public."""
    record = editable(request, key, PUBLISH)
    wanted = Visibility.INTERNAL if record.visibility == Visibility.PUBLIC else Visibility.PUBLIC
    is_public = wanted is Visibility.PUBLIC
    if request.method == "POST":
        try:
            services.set_paper_visibility(
                by=request.viewer, key=key, version=_version(request), visibility=wanted
            )
        except ChangedMeanwhile:
            _tell_clash(request)
        else:
            said = _("Die Vorlage ist jetzt öffentlich.") if is_public else _("Die Vorlage ist jetzt intern.")
            tell(request, text=said)
        return redirect("papers:paper", key=key)
    files = record.files.filter(is_public=True, withdrawn_at=None).count()
    context = {
        "paper": record,
        "will_be_public": is_public,
        "files": files,
        "back_url": address_of_paper(key),
    }
    return render(request, "papers/visibility.html", context)


def paper_withdraw(request: ViewerRequest, key: str) -> HttpResponse:
    """Mark a paper as withdrawn, or take that back."""
    record = editable(request, key)
    is_withdrawn = record.withdrawn_at is None
    if request.method == "POST":
        try:
            services.withdraw_paper(
                by=request.viewer, key=key, version=_version(request), is_withdrawn=is_withdrawn
            )
        except ChangedMeanwhile:
            _tell_clash(request)
        else:
            said = (
                _("Die Vorlage ist zurückgezogen.")
                if is_withdrawn
                else _("Die Vorlage ist wieder eingebracht.")
            )
            tell(request, text=said)
        return redirect("papers:paper", key=key)
    context = {"paper": record, "will_be_withdrawn": is_withdrawn, "back_url": address_of_paper(key)}
    return render(request, "papers/withdraw.html", context)


def editable(request: ViewerRequest, key: str, permission: str = EDIT) -> Paper:
    """The record to change. Raises: Http404; NotAllowed."""
    try:
        record = paper_of(request.viewer, key=key)
    except NotFound:
        raise Http404 from None
    require(request.viewer, permission, record)
    return record


def _version(request: ViewerRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdecimal() else 0


def _tell_clash(request: ViewerRequest) -> None:
    said = _("Inzwischen wurde die Vorlage geändert. Bitte sehen Sie sie noch einmal an.")
    tell(request, text=said, tone=Tone.WARN)
