"""Matching columns: each of our fields with a column of the file, and how the list is to be read."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dreiklang.core.imports import wording
from dreiklang.core.imports.contract import Importer
from dreiklang.core.imports.engine import CannotImport
from dreiklang.core.imports.mapping import as_text, unmapped
from dreiklang.core.imports.order import ReadList
from dreiklang.core.imports.registry import importer
from dreiklang.core.imports.report import headers_of
from dreiklang.core.models import Upload
from dreiklang.core.tables import CannotRead, Table
from dreiklang.core.tables.delimited import ENCODINGS
from dreiklang.people.requests import ViewerRequest
from dreiklang.workspace.queries import imports as queries
from dreiklang.workspace.services import imports
from dreiklang.workspace.views.imports.found import upload_of
from dreiklang.workspace.views.imports.steps import steps

PREVIEW = 5
DELIMITERS = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "Senkrechter Strich"}


# A dry run that breaks off is noted in a transaction of its own.
@transaction.non_atomic_requests
def columns(request: ViewerRequest, pk: int) -> HttpResponse:
    """The mapping screen. Saving leads to the dry run; reading again stays here."""
    upload = upload_of(request, pk)
    chosen = importer(kind=upload.kind)
    choices = imports.choices_of(upload)
    if request.method != "POST":
        return _page(request, upload, chosen, choices)
    choices = _chosen(request, chosen, choices)
    deed = request.POST.get("deed", "try")
    if deed == "use":
        choices = _with_saved(request, upload, choices)
    save_as = request.POST.get("save_as", "").strip()[:80]
    try:
        read = imports.read_upload(upload, choices)
        if choices.place != imports.choices_of(upload).place and deed != "use":
            choices = imports.fitted(chosen, read, choices)
        if save_as:
            choices = replace(choices, mapping_name=save_as)
        imports.choose(by=request.viewer, upload=upload, choices=choices, save_as=save_as)
        if deed != "try":
            return redirect("workspace:import_columns", pk=pk)
        imports.try_out(by=request.viewer, upload=upload)
    except CannotRead as refusal:
        said = [wording.file_sentence(refusal, importer=chosen, limit_bytes=imports.limit_bytes())]
        return _page(request, upload, chosen, imports.choices_of(upload), said)
    except CannotImport as refusal:
        labels = headers_of(chosen, {})
        said = [
            wording.sentence(
                code=one.code, importer=chosen, field=labels.get(one.field, one.field), value=one.value
            )
            for one in refusal.problems
        ]
        return _page(request, upload, chosen, choices, said)
    return redirect("workspace:import_trial", pk=pk)


@require_POST
def discard(request: ViewerRequest, pk: int) -> HttpResponse:
    """Throw the file away."""
    imports.give_up(by=request.viewer, upload=upload_of(request, pk))
    return redirect("workspace:import")


def _page(
    request: ViewerRequest,
    upload: Upload,
    chosen: Importer,
    choices: imports.Choices,
    errors: list[str] | None = None,
) -> HttpResponse:
    read = imports.read_upload(upload, choices)
    context = {
        "upload": upload,
        "importer": chosen,
        "choices": choices,
        "errors": errors or [],
        "steps": steps(2, reverse("workspace:import_begin", args=[upload.kind])),
        "fields": _fields(chosen, read.table, choices),
        "options": [
            (one, choices.special.get(one.name, one.default))
            for one in chosen.option_fields
            if not one.ticks_rows
        ],
        "facts": _facts(read),
        "sheets": read.table.sheets,
        "encodings": ENCODINGS if read.table.encoding else (),
        "delimiters": [(code, _(DELIMITERS[sign])) for code, sign in imports.DELIMITERS.items()]
        if read.table.delimiter
        else [],
        "notes": [
            wording.note_sentence({"code": n.code, "value": n.value, "row": n.row})
            for n in read.table.notes[:20]
        ],
        "preview": _preview(read.table),
        "unmapped": unmapped(choices.plan, read.table),
        "mappings": queries.mappings(request.viewer, upload.kind),
        "row_count": len(read.table.rows),
    }
    return render(request, "workspace/imports/columns.html", context, status=422 if errors else 200)


def _fields(chosen: Importer, table: Table, choices: imports.Choices) -> list[dict[str, Any]]:
    """Each field with its column and what stands there in the first filled row."""
    examples = {column: _example(table, column) for column in table.columns}
    return [
        {
            "field": one,
            "column": choices.columns.get(one.name, ""),
            "example": examples.get(choices.columns.get(one.name, ""), ""),
            "columns": table.columns,
        }
        for one in chosen.fields
    ]


def _example(table: Table, column: str) -> str:
    found = (as_text(row.cells[column].value) for row in table.rows[:50] if not row.cells[column].is_empty)
    return next(found, "")[:80]


def _preview(table: Table) -> dict[str, Any]:
    """The first rows as they stand in the file."""
    rows = [
        (row.number, [as_text(row.cells[column].value)[:60] for column in table.columns])
        for row in table.rows[:PREVIEW]
    ]
    return {"columns": table.columns, "rows": rows}


def _facts(read: ReadList) -> list[tuple[str, str]]:
    """What was recognised, in words."""
    table = read.table
    found = (
        (_("Zeichensatz"), table.encoding.upper()),
        (_("Trennzeichen"), _(DELIMITERS.get(table.delimiter, table.delimiter))),
        (_("Blatt"), table.sheet),
        (_("Kopfzeile"), str(table.header_row or "")),
        (_("Zeilen"), str(len(table.rows))),
    )
    return [(label, value) for label, value in found if value]


def _chosen(request: ViewerRequest, chosen: Importer, before: imports.Choices) -> imports.Choices:
    """The choices as the form sends them; the trial before is no longer of this list."""
    posted = request.POST
    special = {
        one.name: _option(posted, one.name, one.is_flag) for one in chosen.option_fields if not one.ticks_rows
    }
    ticked = {
        one.name: before.special[one.name]
        for one in chosen.option_fields
        if one.name in before.special and one.ticks_rows
    }
    header_row = posted.get("header_row", "").strip()
    return replace(
        before,
        columns={
            one.name: column for one in chosen.fields if (column := posted.get(f"column-{one.name}", ""))
        },
        special={**{name: value for name, value in special.items() if value}, **ticked},
        numbers=posted.get("numbers", ""),
        days=posted.get("days", ""),
        sheet=posted.get("sheet", before.sheet),
        encoding=_one_of(posted.get("encoding", ""), ENCODINGS),
        delimiter=_one_of(posted.get("delimiter", ""), imports.DELIMITERS),
        header_row=int(header_row) if header_row.isdigit() else None,
        source=posted.get("source", "").strip()[:200] or before.source,
        trial=None,
    )


def _one_of(value: str, known: Collection[str]) -> str:
    return value if value in known else ""


def _option(posted: Mapping[str, Any], name: str, is_flag: bool) -> Any:
    value = str(posted.get(f"option-{name}", "")).strip()
    return bool(value) if is_flag else value


def _with_saved(request: ViewerRequest, upload: Upload, choices: imports.Choices) -> imports.Choices:
    name = request.POST.get("mapping", "")
    saved = next((one for one in queries.mappings(request.viewer, upload.kind) if one.name == name), None)
    return choices if saved is None else imports.use_mapping(upload=upload, choices=choices, mapping=saved)
