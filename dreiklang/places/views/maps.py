"""Pages of the map services: list, add, change, order, check, remove; and who may embed our map."""

from base64 import b64encode
from typing import Any
from urllib.parse import urlsplit

from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.places import permissions, queries, services
from dreiklang.places.forms.maps import (
    AddressForm,
    EmbeddingForm,
    MapServiceForm,
    embedding_values,
    entered,
    proposed,
)
from dreiklang.places.imports.map_services import CannotUse, look_again, note, offer_at, sentence, tried
from dreiklang.places.imports.map_services.wording import NOTES
from dreiklang.places.models import KIND_LABELS
from dreiklang.places.queries import MapServiceRow
from dreiklang.places.rules.map_offers import Checked
from dreiklang.places.rules.map_services import picture_type
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

KEEP, LOOK, READ = "keep", "look", "read"
# A larger picture would make the page heavy; that it came is said all the same.
LARGEST_SHOWN = 1_500_000
_FIELDS = {
    "unknown_layer": "layers",
    "no_choice": "layers",
    "one_layer": "layers",
    "no_crs": "layers",
    "crs_not_offered": "crs",
    "format_not_offered": "image_format",
    "title_taken": "title",
    "no_attribution": "attribution",
    "zoom_turned": "max_zoom",
}
_WORDS = {
    "title_taken": gettext_lazy("So heißt schon eine andere Karte."),
    "no_attribution": gettext_lazy("Ohne Quellenangabe darf die Karte nicht gezeigt werden."),
    "zoom_turned": gettext_lazy("Die zweite Zoomstufe ist kleiner als die erste."),
}


@require_safe
def map_services(request: ViewerRequest) -> HttpResponse:
    """All map services, and who may embed the map."""
    require(request.viewer, permissions.EDIT)
    return _list(request, EmbeddingForm(initial=embedding_values(queries.embedders())))


@non_atomic_requests
def map_service_new(request: ViewerRequest) -> HttpResponse:
    """Add a service: first its address, then what to show of it."""
    require(request.viewer, permissions.EDIT)
    if "deed" in request.POST:
        return _answer(request, MapServiceForm(request.POST), None)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            offer = offer_at(form.cleaned_data["address"])
        except CannotUse as refusal:
            form.add_error("address", sentence(refusal.code, refusal.value))
        else:
            second = MapServiceForm(initial=proposed(offer))
            second.offer(offer)
            return _page(request, second, None)
    context = {"form": form, "back_url": reverse("places:map-services")}
    return render(request, "places/map_service_new.html", context, status=422 if form.errors else 200)


@non_atomic_requests
def map_service(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change what is shown of a service."""
    require(request.viewer, permissions.EDIT)
    row = _row(request, pk)
    if request.method == "POST":
        return _answer(request, MapServiceForm(request.POST, row=row), row)
    return _page(request, MapServiceForm(initial=entered(row), row=row), row)


@non_atomic_requests
@require_POST
def map_service_check(request: ViewerRequest, pk: int) -> HttpResponse:
    """Ask a service again whether it gives a picture."""
    require(request.viewer, permissions.EDIT)
    row, now = _row(request, pk), timezone.now()
    try:
        found = look_again(row, spot=queries.city_middle(request.viewer))
    except CannotUse as refusal:
        services.note_check(by=request.viewer, pk=pk, now=now, problem=refusal.code, value=refusal.value)
        tell(request, text=f"{row.title}: {sentence(refusal.code, refusal.value)}", tone=Tone.WARN)
    else:
        services.note_check(by=request.viewer, pk=pk, now=now, checked=found)
        _tell_notes(request, found, _("„%(title)s“ gibt Bilder.") % {"title": row.title})
    return redirect("places:map-services")


@require_POST
def map_service_move(request: ViewerRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    try:
        services.move_map_service(by=request.viewer, pk=pk, steps=1 if "down" in request.POST else -1)
    except NotFound as missing:
        raise Http404 from missing
    return redirect("places:map-services")


@require_POST
def map_service_remove(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take a service away."""
    try:
        title = services.remove_map_service(by=request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing
    tell(
        request, text=_("„%(title)s“ entfernt. Die Karte fragt diesen Dienst nicht mehr.") % {"title": title}
    )
    return redirect("places:map-services")


@require_POST
def embedding(request: ViewerRequest) -> HttpResponse:
    """Say who may embed the map."""
    require(request.viewer, permissions.EDIT)
    form = EmbeddingForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    services.save_embedders(by=request.viewer, sites=form.chosen())
    tell(request, text=_("Gespeichert, wer die Karte einbetten darf."))
    return redirect("places:map-services")


def _list(request: ViewerRequest, form: EmbeddingForm) -> HttpResponse:
    rows = queries.all_map_services(request.viewer)
    shown = [one for one in rows if one.is_active]
    context = {
        "groups": [
            (_("Grundkarten"), [_line(one) for one in rows if one.is_base]),
            (_("Ebenen über der Karte"), [_line(one) for one in rows if not one.is_base]),
        ],
        "rows": rows,
        "shown": shown,
        "hosts": sorted({urlsplit(one.url).netloc for one in shown}),
        "form": form,
    }
    return render(request, "places/map_services.html", context, status=422 if form.errors else 200)


def _line(row: MapServiceRow) -> dict[str, Any]:
    """A service as the list shows it: what it is, and how it stands."""
    if row.problem in NOTES:
        sign, words, more = "warn", pgettext_lazy("Kartendienst", "gibt Bilder, aber"), note(row.problem)
    elif row.problem:
        sign, words = "bad", pgettext_lazy("Kartendienst", "gibt keine Bilder")
        more = sentence(row.problem, row.problem_value)
    else:
        sign, words, more = "good", pgettext_lazy("Kartendienst", "gibt Bilder"), ""
    return {
        "row": row,
        "kind": KIND_LABELS[row.kind],
        "host": urlsplit(row.url).netloc,
        "sign": sign,
        "words": words,
        "more": more,
    }


def _answer(request: ViewerRequest, form: MapServiceForm, row: MapServiceRow | None) -> HttpResponse:
    """Look at the service as it is entered, and keep it if that was asked for."""
    deed, found = request.POST.get("deed", KEEP), None
    try:
        if deed != KEEP or row is None or form.asks_otherwise(row):
            offer = offer_at(request.POST.get("address", ""))
            form.offer(offer)
            if deed != READ and form.is_valid():
                found = tried(offer, wish=form.wish(), spot=queries.city_middle(request.viewer))
        if deed == KEEP and form.is_valid():
            return _kept(request, form, row, found)
    except CannotUse as refusal:
        form.add_error(_FIELDS.get(refusal.code, "address"), sentence(refusal.code, refusal.value))
    except services.CannotKeepMap as refusal:
        form.add_error(_FIELDS[refusal.code], str(_WORDS[refusal.code]))
    return _page(request, form, row, found)


def _kept(
    request: ViewerRequest, form: MapServiceForm, row: MapServiceRow | None, found: Checked | None
) -> HttpResponse:
    """Raises: CannotKeepMap."""
    try:
        kept = services.keep_map_service(
            by=request.viewer,
            draft=form.draft(),
            checked=found,
            now=timezone.now(),
            pk=row.pk if row else None,
            version=form.seen_version,
        )
    except NotFound as missing:
        raise Http404 from missing
    except ChangedMeanwhile:
        said = _("Inzwischen hat jemand anders den Dienst geändert. So steht er jetzt.")
        tell(request, text=said, tone=Tone.WARN)
        return redirect("places:map-service", pk=row.pk if row else 0)
    _tell_notes(request, found, _("„%(title)s“ gespeichert.") % {"title": kept.title})
    return redirect("places:map-services")


def _tell_notes(request: ViewerRequest, found: Checked | None, words: str) -> None:
    notes = [note(code) for code in found.notes] if found else []
    tell(request, text=" ".join((words, *notes)), tone=Tone.WARN if notes else Tone.GOOD)


def _page(
    request: ViewerRequest, form: MapServiceForm, row: MapServiceRow | None, found: Checked | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "row": row,
        "found": found,
        "notes": [note(code) for code in found.notes] if found else (),
        "picture": _shown(found),
        "back_url": reverse("places:map-services"),
    }
    return render(request, "places/map_service.html", context, status=422 if form.errors else 200)


def _shown(found: Checked | None) -> str:
    """The picture as an address that holds it, so that the page asks no foreign server; empty if it is too large."""
    if found is None or len(found.picture) > LARGEST_SHOWN:
        return ""
    return f"data:{picture_type(found.picture)};base64,{b64encode(found.picture).decode()}"


def _row(request: ViewerRequest, pk: int) -> MapServiceRow:
    try:
        return queries.map_service(request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing
