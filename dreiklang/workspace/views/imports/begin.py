"""Where imports begin: what can be imported, templates, the upload."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.core.imports import wording
from dreiklang.core.imports.contract import Importer
from dreiklang.core.imports.registry import NoSuchKind, importer
from dreiklang.core.models import Upload
from dreiklang.core.tables import CannotRead
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.downloads import CSV, XLSX, as_file
from dreiklang.workspace.permissions import IMPORT
from dreiklang.workspace.queries import imports as queries
from dreiklang.workspace.services import imports
from dreiklang.workspace.views.imports.steps import steps
from dreiklang.workspace.views.imports.templates import csv_template, xlsx_template


@require_safe
def start(request: ViewerRequest) -> HttpResponse:
    """All kinds of lists, imports under way, the latest runs."""
    require(request.viewer, IMPORT)
    imports.tidy_up()
    latest = list(queries.runs(request.viewer)[:8])
    context = {
        "kinds": queries.kinds(request.viewer),
        "uploads": [(one, importer(kind=one.kind)) for one in queries.uploads(request.viewer)],
        "kept_days": imports.kept_days(),
        "runs": [(one, _title(one.source.kind)) for one in latest],
    }
    return render(request, "workspace/imports/start.html", context)


# The refusal of a file is kept although the request ends in a sentence; each service has its transaction.
@transaction.non_atomic_requests
def begin(request: ViewerRequest, kind: str) -> HttpResponse:
    """The upload of a list of one kind."""
    require(request.viewer, IMPORT)
    chosen = _importer(kind)
    context: dict[str, Any] = {
        "importer": chosen,
        "steps": steps(1),
        "accept": ",".join(chosen.endings),
        "endings": ", ".join(one.lstrip(".").upper() for one in chosen.endings),
        "limit_mb": imports.limit_bytes() // 1_000_000,
        "first_options": [one for one in chosen.option_fields if one.asked_first],
    }
    if request.method != "POST":
        return render(request, "workspace/imports/begin.html", context)
    try:
        upload = _received(request, chosen)
    except CannotRead as refusal:
        context |= {
            "error": wording.file_sentence(refusal, importer=chosen, limit_bytes=imports.limit_bytes()),
            "layers": refusal.detail.split(" | ") if refusal.code == "several_layers" else [],
            "given": request.POST,
        }
        return render(request, "workspace/imports/begin.html", context, status=422)
    if upload is None:
        context["error"] = _("Bitte wählen Sie zuerst eine Datei.")
        return render(request, "workspace/imports/begin.html", context, status=422)
    return redirect("workspace:import_columns", pk=upload.pk)


def _received(request: ViewerRequest, chosen: Importer) -> Upload | None:
    """The file uploaded, or what the address gives; None without either. Raises: CannotRead."""
    posted = request.POST
    special = {
        one.name: posted.get(f"option-{one.name}", "") for one in chosen.option_fields if one.asked_first
    }
    given = {name: value for name, value in special.items() if value}
    if chosen.reads_services and "address" in posted:
        return imports.receive_address(
            by=request.viewer,
            kind=chosen.kind,
            address=posted["address"],
            layer=posted.get("layer", "").strip(),
            special=given,
        )
    file = request.FILES.get("file")
    if file is None:
        return None
    return imports.receive(
        by=request.viewer,
        kind=chosen.kind,
        file_name=file.name or "",
        file=file,
        size=file.size or 0,
        special=given,
    )


@require_safe
def template(request: ViewerRequest, kind: str, ending: str) -> HttpResponse:
    """Our template of a list: headers, hints, an example row."""
    require(request.viewer, IMPORT)
    chosen = _importer(kind)
    name = f"vorlage-{chosen.kind}.{ending}"
    if ending == "xlsx":
        return as_file(xlsx_template(chosen), name, XLSX)
    return as_file(csv_template(chosen), name, CSV)


def _importer(kind: str) -> Importer:
    try:
        return importer(kind=kind)
    except NoSuchKind as missing:
        raise Http404 from missing


def _title(kind: str) -> str:
    """What the kind is called; kinds of earlier versions keep their code."""
    try:
        return str(_(importer(kind=kind).title))
    except NoSuchKind:
        return kind
