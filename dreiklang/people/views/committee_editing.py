"""Committees by hand: created, changed, ended, taken back; who sits there."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.forms import both_sides
from dreiklang.people import queries, services
from dreiklang.people.forms import (
    DEPUTY,
    MEMBER,
    CommitteeForm,
    SeatsForm,
    committee_values,
    refuse,
    seat_values,
)
from dreiklang.people.models import Committee
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import CommitteeKind, has_ended
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

EDIT = "people.edit_committee"


def new_committee(request: ViewerRequest) -> HttpResponse:
    """A new committee; then who sits there."""
    services.require(request.viewer, EDIT)
    form = CommitteeForm(request.POST or None, initial={"kind": CommitteeKind.ADVISORY})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_committee(by=request.viewer, draft=form.draft())
        except Refused as refused:
            refuse(form, refused)
        else:
            tell(request, text=_("%(name)s ist angelegt.") % {"name": made.name})
            return redirect("people:committee", key=made.key)
    context = {"form": form, "back_url": reverse("people:committees"), "draft_key": "gremium-neu"}
    return render(request, "people/committee_form.html", context)


def edit_committee(request: ViewerRequest, key: str) -> HttpResponse:
    """What a committee is called, what for, and until when."""
    record = _editable(request, key)
    form = CommitteeForm(request.POST or None, initial=committee_values(record))
    context: dict[str, Any] = {"committee": record, "form": form, "back_url": _address(key)}
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.change_committee(
                by=request.viewer, committee=record, draft=form.draft(), version=form.seen_version
            )
        except ChangedMeanwhile as changed:
            context["clash"] = both_sides(form, committee_values(changed.theirs))
            form.take_version(changed.version)
        except Refused as refused:
            refuse(form, refused)
        else:
            tell(request, text=_("%(name)s ist gespeichert.") % {"name": saved.name})
            return redirect("people:committee", key=saved.key)
    return render(request, "people/committee_form.html", context)


def seats(request: ViewerRequest, key: str) -> HttpResponse:
    """Who sits in the committee, as a member or as a deputy."""
    record = _editable(request, key)
    people = queries.seat_choices(record.pk)
    before = seat_values(people)
    form = SeatsForm(request.POST or None, people=people, initial=before | {"version": record.version})
    today = timezone.localdate()
    context: dict[str, Any] = {
        "committee": record,
        "form": form,
        "people": people,
        "has_ended": has_ended(record.ended_on, on=today),
        "back_url": _address(key),
    }
    if request.method == "POST" and form.is_valid():
        try:
            count = services.seat_members(
                by=request.viewer,
                on=today,
                committee=record,
                account_ids=form.chosen(MEMBER),
                deputy_ids=form.chosen(DEPUTY),
                version=form.seen_version,
            )
        except ChangedMeanwhile as changed:
            context["clash"] = both_sides(form, before)
            form.take_version(changed.version)
        except Refused as refused:
            refuse(form, refused)
        else:
            _tell_seats(request, record, people, count)
            return redirect("people:committee", key=key)
    return render(request, "people/seats.html", context)


@require_POST
def undo_seats(request: ViewerRequest, key: str) -> HttpResponse:
    """The seats as they were before the last change; unless somebody changed them since."""
    record = _editable(request, key)
    try:
        services.seat_members(
            by=request.viewer,
            on=timezone.localdate(),
            committee=record,
            account_ids=_ids(request, MEMBER),
            deputy_ids=_ids(request, DEPUTY),
            version=next(iter(_ids(request, "stand")), 0),
        )
    except ChangedMeanwhile:
        tell(
            request,
            text=_("Inzwischen hat jemand anderes die Sitze geändert. Sie bleiben so."),
            tone=Tone.WARN,
        )
    except Refused as refused:
        tell(request, text=queries.words_of(refused), tone=Tone.WARN)
    else:
        tell(request, text=_("Die Sitze sind wieder wie vorher."))
    return redirect("people:committee", key=key)


@require_POST
def end_committee(request: ViewerRequest, key: str) -> HttpResponse:
    """The committee ends today."""
    record = _editable(request, key)
    try:
        services.end_committee(by=request.viewer, on=timezone.localdate(), committee=record)
    except Refused as refused:
        tell(request, text=queries.words_of(refused), tone=Tone.WARN)
    else:
        undo_url = reverse("people:reopen_committee", args=[key])
        tell(request, text=_("%(name)s ist beendet.") % {"name": record.name}, undo_url=undo_url)
    return redirect("people:committee", key=key)


@require_POST
def reopen_committee(request: ViewerRequest, key: str) -> HttpResponse:
    """The committee goes on as before."""
    record = _editable(request, key)
    try:
        services.reopen_committee(by=request.viewer, committee=record)
    except Refused as refused:
        tell(request, text=queries.words_of(refused), tone=Tone.WARN)
    else:
        tell(request, text=_("%(name)s besteht weiter.") % {"name": record.name})
    return redirect("people:committee", key=key)


def _editable(request: ViewerRequest, key: str) -> Committee:
    services.require(request.viewer, EDIT)
    try:
        return queries.committee_by_key(request.viewer, key=key)
    except NotFound:
        raise Http404 from None


def _address(key: str) -> str:
    return queries.committee_address(key)


def _ids(request: ViewerRequest, name: str) -> list[int]:
    return [int(one) for one in request.GET.getlist(name) if one.isdigit()]


def _tell_seats(
    request: ViewerRequest, record: Committee, before: list[queries.SeatLine], count: int
) -> None:
    """What changed, and the way back to the seats as they were."""
    if not count:
        tell(request, text=_("An den Sitzen hat sich nichts geändert."), tone=Tone.NEUTRAL)
        return
    version = queries.committee_by_key(request.viewer, key=record.key).version
    asked = [(MEMBER, one.account_id) for one in before if one.is_deputy is False]
    asked += [(DEPUTY, one.account_id) for one in before if one.is_deputy]
    undo_url = reverse("people:undo_seats", args=[record.key])
    tell(
        request,
        text=ngettext("Ein Sitz ist geändert.", "%(n)d Sitze sind geändert.", count) % {"n": count},
        undo_url=f"{undo_url}?{urlencode([*asked, ('stand', version)])}",
    )
