"""Describing datasets of the city, and saying of those of others what is the city's to say."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.forms import both_sides
from dreiklang.monitoring.forms.catalogue import (
    DatasetForm,
    LocalForm,
    ResourceForm,
    entered_dataset,
    entered_resource,
    new_dataset,
)
from dreiklang.monitoring.permissions import EDIT_CATALOGUE
from dreiklang.monitoring.queries.dataset_page import DatasetPage, dataset_page
from dreiklang.monitoring.services import own_datasets as services
from dreiklang.monitoring.services.publishing_values import keep_values_at_home, publish_values
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.places.queries import municipality
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

_WORDS = {
    "title_missing": gettext_lazy("Bitte geben Sie dem Datensatz einen Titel."),
    "no_address": gettext_lazy("Bitte geben Sie eine Adresse an."),
    "no_public_indicator": gettext_lazy(
        "Veröffentlichen Sie zuerst einen Indikator, der auf diesen Werten beruht."
    ),
    "ends_before_begin": gettext_lazy("Das Ende liegt vor dem Beginn."),
}
_FIELDS = {"title_missing": "title", "no_address": "access_url", "ends_before_begin": "ends_on"}


def dataset_new(request: ViewerRequest) -> HttpResponse:
    """Describe a dataset of the city."""
    require(request.viewer, EDIT_CATALOGUE)
    viewer = request.viewer
    initial = new_dataset(department_id=viewer.department_id, account_id=viewer.account_id)
    form = DatasetForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_dataset(by=viewer, values=form.values(), city=municipality().name)
        except services.CannotSaveDataset as refusal:
            form.add_error(_FIELDS[refusal.code], _WORDS[refusal.code])
        else:
            tell(request, text=_("Datensatz angelegt. Fügen Sie jetzt hinzu, wo es die Daten gibt."))
            return redirect("monitoring:resource-new", pk=made.pk)
    context = {"form": form, "back_url": reverse("monitoring:catalogue"), "draft_key": "datensatz-neu"}
    return render(request, "monitoring/catalogue/edit.html", context, status=422 if form.errors else 200)


def dataset_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change a dataset; of one that a catalogue describes, only what the city says itself."""
    page = _editable(request, pk)
    kind = DatasetForm if page.catalogue_id is None else LocalForm
    form = kind(request.POST or None, initial=entered_dataset(page.record))
    context: dict[str, Any] = {
        "page": page,
        "form": form,
        "back_url": reverse("monitoring:dataset", args=[pk]),
    }
    if request.method == "POST" and form.is_valid():
        try:
            services.change_dataset(
                by=request.viewer, dataset_id=pk, version=form.seen_version, values=form.values()
            )
        except ChangedMeanwhile as refusal:
            context["clash"] = both_sides(form, entered_dataset(refusal.theirs))
            form.take_version(refusal.version)
        except services.CannotSaveDataset as refusal:
            form.add_error(_FIELDS[refusal.code], _WORDS[refusal.code])
        else:
            tell(request, text=_("Datensatz gespeichert."))
            return redirect("monitoring:dataset", pk=pk)
    return render(request, "monitoring/catalogue/edit.html", context, status=422 if form.errors else 200)


def resource_edit(request: ViewerRequest, pk: int, resource_id: int | None = None) -> HttpResponse:
    """Add a resource, or change one."""
    page = _editable(request, pk)
    if page.catalogue_id is not None:
        raise Http404
    record = next((one for one in page.resources if one.pk == resource_id), None)
    if resource_id is not None and record is None:
        raise Http404
    initial = {**(entered_resource(record) if record else {}), "version": page.record.version}
    form = ResourceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_resource(
                by=request.viewer,
                dataset_id=pk,
                version=form.seen_version,
                values=form.values(),
                resource_id=resource_id,
            )
        except ChangedMeanwhile as refusal:
            said = _("Inzwischen hat jemand anders den Datensatz geändert. Bitte speichern Sie noch einmal.")
            tell(request, text=said, tone=Tone.WARN)
            form.take_version(refusal.version)
        except services.CannotSaveDataset as refusal:
            form.add_error(_FIELDS[refusal.code], _WORDS[refusal.code])
        else:
            tell(request, text=_("Ressource gespeichert."))
            return redirect("monitoring:dataset", pk=pk)
    context = {
        "page": page,
        "resource": record,
        "form": form,
        "back_url": reverse("monitoring:dataset", args=[pk]),
    }
    return render(request, "monitoring/catalogue/resource.html", context, status=422 if form.errors else 200)


@require_POST
def resource_remove(request: ViewerRequest, pk: int, resource_id: int) -> HttpResponse:
    """The dataset cannot be had in this form any more."""
    page = _editable(request, pk)
    try:
        services.remove_resource(
            by=request.viewer, dataset_id=pk, version=page.record.version, resource_id=resource_id
        )
    except NotFound as missing:
        raise Http404 from missing
    tell(request, text=_("Ressource entfernt."))
    return redirect("monitoring:dataset", pk=pk)


@require_POST
def values_publish(request: ViewerRequest, pk: int) -> HttpResponse:
    """A list of values goes out with the city's catalogue."""
    page = _editable(request, pk)
    try:
        publish_values(by=request.viewer, dataset_id=pk, version=page.record.version)
    except NotFound as missing:
        raise Http404 from missing
    except services.CannotSaveDataset as refusal:
        tell(request, text=str(_WORDS[refusal.code]), tone=Tone.WARN)
    else:
        tell(request, text=_("Der Datensatz ist jetzt öffentlich."))
    return redirect("monitoring:dataset", pk=pk)


@require_POST
def values_withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    """A list of values stays at home again."""
    page = _editable(request, pk)
    try:
        keep_values_at_home(by=request.viewer, dataset_id=pk, version=page.record.version)
    except NotFound as missing:
        raise Http404 from missing
    tell(request, text=_("Der Datensatz ist nur noch intern sichtbar."))
    return redirect("monitoring:dataset", pk=pk)


@require_POST
def make_indicator(request: ViewerRequest, pk: int) -> HttpResponse:
    """A quantity becomes an indicator: internal, with what is known filled in."""
    try:
        made = services.draft_of_quantity(by=request.viewer, quantity_id=pk, on=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    said = _("Indikator angelegt, nur intern sichtbar. Bitte sagen Sie noch, was er bedeutet.")
    tell(request, text=said)
    return redirect("monitoring:indicator", key=made.key)


def _editable(request: ViewerRequest, pk: int) -> DatasetPage:
    """The dataset to change. Raises: Http404; NotAllowed."""
    try:
        page = dataset_page(request.viewer, dataset_id=pk, today=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    require(request.viewer, EDIT_CATALOGUE, page.record)
    return page
