"""Filling grant sheets, completing them by hand, sending them; bringing layouts."""

from collections.abc import Callable
from typing import Any

import shapely
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.grants import LONGEST_NAME, EntriesForm, LayoutForm, SendForm, SheetForm
from dreiklang.monitoring.models import GrantSheet
from dreiklang.monitoring.queries import grants as queries
from dreiklang.monitoring.queries.sheets_told import sheet_of
from dreiklang.monitoring.rules.layout_text import LONGEST
from dreiklang.monitoring.rules.sheets import InvalidLayout
from dreiklang.monitoring.services import grants as services
from dreiklang.monitoring.views.grant_words import refusal_words, unit_words
from dreiklang.monitoring.views.grants import found
from dreiklang.monitoring.views.kept_forms import Words, try_to_save
from dreiklang.monitoring.views.sheet_asked import AskedArea, asked_area
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

WORDS: Words = {
    "no_layout": ("layout", gettext_lazy("Diese Vorlage gibt es nicht mehr. Der Bogen bleibt, wie er ist.")),
    "no_place": ("area_id", gettext_lazy("Bitte wählen Sie ein Gebiet, oder geben Sie eine Grenze an.")),
    "two_places": ("area_id", gettext_lazy("Gebiet oder eigene Grenze: bitte nur eines von beiden.")),
    "no_name": ("name", gettext_lazy("Bitte geben Sie dem Gebiet mit eigener Grenze einen Namen.")),
    "year": ("year", gettext_lazy("Dieses Jahr liegt zu weit zurück oder in der Zukunft.")),
    "sent": ("", gettext_lazy("Der Bogen ist abgegeben und bleibt, wie er ist.")),
    "in_the_future": ("on", gettext_lazy("Dieser Tag liegt in der Zukunft.")),
    "layout_there": (
        "file",
        gettext_lazy("Diese Fassung der Vorlage gibt es schon. Bitte zählen Sie sie weiter."),
    ),
    "changed": ("", gettext_lazy("Inzwischen wurde der Bogen geändert. Bitte sehen Sie ihn noch einmal an.")),
}


def sheet_new(request: ViewerRequest) -> HttpResponse:
    """Choose layout, area and year; the sheet is filled at once. A data sheet hands its area over in the address."""
    require(request.viewer, permissions.FILL_SHEET)
    asked = asked_area(request)
    form = SheetForm(
        request.POST or None,
        request.FILES or None,
        viewer=request.viewer,
        known=queries.layouts(),
        initial={"department_id": request.viewer.department_id, **_handed_over(asked)},
    )

    def save() -> GrantSheet:
        given = form.cleaned_data
        return services.fill_sheet(
            by=request.viewer,
            now=timezone.now(),
            today=timezone.localdate(),
            layout=form.chosen_layout(),
            year=given["year"],
            area_id=given["area_id"],
            geometry=form.place,
            name=given["name"],
            department_id=given["department_id"],
        )

    return _handled(
        request,
        form,
        save,
        title=_("Förderbogen füllen"),
        said=_("Gefüllt. Was fehlt, ist benannt."),
        submit_label=_("Bogen füllen"),
        sentence=asked.why_not if asked else "",
        draw_url=reverse("monitoring:data_sheet"),
    )


def sheet_complete(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write in what nobody but a person knows."""
    one = _mine(request, pk)
    entries = services.entries_of(one)
    rows = [
        row
        for row in sheet_of(request.viewer, one).rows
        if isinstance(row.value, Unknown) or row.row.key in entries
    ]
    form = EntriesForm(
        request.POST or None,
        rows=rows,
        entries=entries,
        units={row.row.unit: unit_words(row.row.unit) for row in rows},
        initial={"version": one.version},
    )
    return _handled(
        request,
        form,
        lambda: services.complete_sheet(
            by=request.viewer,
            now=timezone.now(),
            today=timezone.localdate(),
            pk=pk,
            version=form.seen_version,
            entries=form.read,
        ),
        title=_("Von Hand ergänzen"),
        said=_("Gespeichert."),
        one=one,
        sentence=_(
            "Hier stehen nur Zeilen, für die nichts bekannt ist. Lassen Sie leer, was Sie nicht wissen."
        ),
        draft_key=f"foerderbogen-{pk}",
    )


def sheet_send(request: ViewerRequest, pk: int) -> HttpResponse:
    """It went out and stays as it is."""
    one = _mine(request, pk)
    form = SendForm(request.POST or None, initial={"on": timezone.localdate(), "version": one.version})
    return _handled(
        request,
        form,
        lambda: services.send_sheet(
            by=request.viewer,
            today=timezone.localdate(),
            pk=pk,
            version=form.seen_version,
            on=form.cleaned_data["on"],
            to=form.cleaned_data["to"],
        ),
        title=_("Als abgegeben festhalten"),
        said=_("Festgehalten. Der Bogen bleibt, wie er abgegeben wurde."),
        one=one,
        sentence=_("Danach ändert sich in diesem Bogen nichts mehr, auch wenn neue Werte kommen."),
        submit_label=_("Abgabe festhalten"),
    )


@require_POST
def sheet_refill(request: ViewerRequest, pk: int) -> HttpResponse:
    """Fill it with what is known now."""
    _mine(request, pk)
    given = request.POST.get("version", "")
    try:
        services.fill_anew(
            by=request.viewer,
            now=timezone.now(),
            today=timezone.localdate(),
            pk=pk,
            version=int(given) if given.isdecimal() else 0,
        )
    except ChangedMeanwhile:
        tell(request, text=str(WORDS["changed"][1]), tone=Tone.WARN)
    except services.CannotFill as refusal:
        tell(request, text=str(WORDS[refusal.code][1]), tone=Tone.WARN)
    else:
        tell(request, text=_("Neu gefüllt."))
    return redirect(queries.address(pk))


def layout_new(request: ViewerRequest) -> HttpResponse:
    """Bring a layout of the city's own."""
    require(request.viewer, permissions.EDIT_LAYOUTS)
    form = LayoutForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data["file"].read(LONGEST + 1).decode("utf-8-sig")
            made = services.bring_layout(by=request.viewer, text=given)
        except UnicodeDecodeError:
            form.add_error("file", _("Die Datei ist kein Text in UTF-8."))
        except InvalidLayout as refused:
            form.add_error("file", refusal_words(refused))
        except services.CannotFill as refusal:
            form.add_error("file", str(WORDS[refusal.code][1]))
        else:
            tell(request, text=_("„%(title)s“ kann jetzt gefüllt werden.") % {"title": made.title})
            return redirect(reverse("monitoring:grant-sheets"))
    context = {
        "form": form,
        "title": _("Vorlage hinterlegen"),
        "back_url": reverse("monitoring:grant-sheets"),
        "sentence": _(
            "Eine Vorlage je Programm und Fassung, als YAML-Datei. Was nicht stimmt, wird genannt."
        ),
    }
    return render(request, "monitoring/grants/form.html", context)


@require_POST
def layout_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """No new sheets with it."""
    try:
        services.end_layout(by=request.viewer, pk=pk, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    tell(request, text=_("Die Vorlage wird nicht mehr angeboten. Gefüllte Bögen bleiben."))
    return redirect(reverse("monitoring:grant-sheets"))


def _handed_over(asked: AskedArea | None) -> dict[str, str]:
    """What the form knows of the area a data sheet was about."""
    if asked is None or asked.geometry is None:
        return {}
    return {
        "place_text": shapely.to_geojson(asked.geometry),
        "name": "" if asked.is_drawn else asked.title[:LONGEST_NAME],
    }


def _handled(
    request: ViewerRequest,
    form: Form,
    save: Callable[[], GrantSheet],
    *,
    title: str,
    said: str,
    one: GrantSheet | None = None,
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(form, save, words=WORDS, values_of=lambda theirs: {})
        if saved.record is not None:
            tell(request, text=said)
            return redirect(queries.address(saved.record.pk))
        if saved.clash is not None:
            form.add_error(None, str(WORDS["changed"][1]))
    back = queries.address(one.pk) if one else reverse("monitoring:grant-sheets")
    return render(
        request,
        "monitoring/grants/form.html",
        {"form": form, "title": title, "one": one, "back_url": back, **context},
    )


def _mine(request: ViewerRequest, pk: int) -> GrantSheet:
    """The sheet, if the viewer may fill it."""
    one = found(request, pk)
    require(request.viewer, permissions.FILL_SHEET, one)
    return one
