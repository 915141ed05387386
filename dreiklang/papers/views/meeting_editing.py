"""Meetings and agendas entered by hand."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import both_sides
from dreiklang.papers.forms.meetings import ItemForm, MeetingForm, item_values, meeting_values
from dreiklang.papers.models import Meeting
from dreiklang.papers.permissions.papers import MEETINGS
from dreiklang.papers.queries.meetings import address, meeting_of
from dreiklang.papers.services import papers as services
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell

_ENDS = gettext_lazy("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Zeiten.")


def meeting_new(request: ViewerRequest) -> HttpResponse:
    """A new meeting; internal unless one says otherwise."""
    require(request.viewer, MEETINGS)
    form = MeetingForm(request.POST or None, initial={"state": "planned", "visibility": "internal"})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_meeting(by=request.viewer, values=form.values())
        except services.CannotSaveMeeting:
            form.add_error("ends_at", _ENDS)
        else:
            tell(request, text=_("Sitzung angelegt."))
            return redirect("papers:meeting", key=made.key)
    context = {"form": form, "back_url": reverse("papers:meetings"), "draft_key": "sitzung-neu"}
    return render(request, "papers/meeting_edit.html", context)


def meeting_edit(request: ViewerRequest, key: str) -> HttpResponse:
    """Everything about a meeting but its agenda."""
    record = _editable(request, key)
    form = MeetingForm(request.POST or None, initial=meeting_values(record))
    context: dict[str, Any] = {"meeting": record, "form": form, "back_url": address(key)}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_meeting(
                by=request.viewer, key=key, version=form.seen_version, values=form.values()
            )
        except ChangedMeanwhile as refusal:
            context["clash"] = both_sides(form, meeting_values(refusal.theirs))
            form.take_version(refusal.version)
        except services.CannotSaveMeeting:
            form.add_error("ends_at", _ENDS)
        else:
            tell(request, text=_("Sitzung gespeichert."))
            return redirect("papers:meeting", key=key)
    return render(request, "papers/meeting_edit.html", context)


def item_new(request: ViewerRequest, key: str) -> HttpResponse:
    """One more item on the agenda."""
    record = _editable(request, key)
    form = ItemForm(
        request.POST or None, viewer=request.viewer, initial={"result": "open", "role": "unknown"}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.add_item(
            by=request.viewer, key=key, values=form.values(), paper_id=given["paper"], role=given["role"]
        )
        tell(request, text=_("Punkt gespeichert."))
        return redirect(f"{address(key)}#tagesordnung")
    return render(request, "papers/item.html", {"meeting": record, "form": form, "back_url": address(key)})


def item_edit(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """An item's title, paper, result and resolution text."""
    record = _editable(request, key)
    item = record.items.filter(pk=pk).first()
    if item is None:
        raise Http404
    form = ItemForm(request.POST or None, viewer=request.viewer, initial=item_values(item))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.change_item(
            by=request.viewer,
            key=key,
            item_id=pk,
            values=form.values(),
            paper_id=given["paper"],
            role=given["role"],
        )
        tell(request, text=_("Punkt gespeichert."))
        return redirect(f"{address(key)}#tagesordnung")
    context = {"meeting": record, "form": form, "item": item, "back_url": address(key)}
    return render(request, "papers/item.html", context)


@require_POST
def item_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    _editable(request, key)
    try:
        services.remove_item(by=request.viewer, key=key, item_id=pk)
    except NotFound:
        raise Http404 from None
    tell(request, text=_("Punkt von der Tagesordnung genommen."))
    return redirect(f"{address(key)}#tagesordnung")


def _editable(request: ViewerRequest, key: str) -> Meeting:
    require(request.viewer, MEETINGS)
    try:
        return meeting_of(request.viewer, key=key)
    except NotFound:
        raise Http404 from None
