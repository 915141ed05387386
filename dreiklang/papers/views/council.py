"""The yearly council report: on the web, as PDF, as DOCX, as CSV."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.core.documents import as_docx, as_pdf
from dreiklang.core.tables.write import Column as Written
from dreiklang.core.tables.write import write_csv
from dreiklang.papers.queries import resolutions as queries
from dreiklang.papers.queries.resolutions import CouncilReport
from dreiklang.papers.rules.resolutions import Group, ResolutionLine
from dreiklang.papers.views.council_document import council_document, group_cells, group_heads
from dreiklang.papers.views.fates import fate_sentence, money_words, unfunded_sentence
from dreiklang.papers.views.resolutions import exported, heads
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import PUBLIC, Viewer
from dreiklang.places.queries import municipality
from dreiklang.ui.downloads import as_file

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# The word in the address that asks for the report as everybody may read it.
VERSION, AS_PUBLIC = "fassung", "oeffentlich"


@require_safe
def latest(request: ViewerRequest) -> HttpResponse:
    """The report of this year."""
    return redirect("papers:council_report", year=timezone.localdate().year)


@require_safe
def council_report(request: ViewerRequest, year: int) -> HttpResponse:
    """The report on the web; the administration may also read it as everybody does."""
    reader = _reader(request)
    report = _report(reader, year)
    context = {
        "report": report,
        "is_internal": reader.is_internal,
        "version": "" if reader == request.viewer else f"?{VERSION}={AS_PUBLIC}",
        "years": queries.report_years(reader, today=report.on),
        "sentence": fate_sentence(report.counts),
        "unfunded": unfunded_sentence(report.counts),
        "parts": queries.fate_parts(report.counts),
        "heads": group_heads(),
        "tables": [
            (_("Nach Gremien"), _("Gremium"), _rows(report.committees)),
            (_("Nach Ämtern"), _("Amt"), _rows(report.departments)),
        ],
        "lists": [
            (
                title,
                why,
                [
                    (line, queries.fate_sign(line.fate), money_words(line), report.notes.get(line.id))
                    for line in lines
                ],
            )
            for title, why, lines in parts_of(report)
            if lines
        ],
        "stand": report.on,
        "forms": ("pdf", "docx", "csv"),
    }
    return render(request, "papers/resolutions/council.html", context)


@require_safe
def council_file(request: ViewerRequest, year: int, form: str) -> HttpResponse:
    """The report as a file; what stands in it is what stands on the page it was taken from."""
    reader = _reader(request)
    report = _report(reader, year)
    # The name goes with the file wherever it is sent.
    name = (
        f"beschlussbericht-{year}-intern.{form}" if reader.is_internal else f"beschlussbericht-{year}.{form}"
    )
    if form == "csv":
        return as_file(_csv(report), name, "text/csv; charset=utf-8")
    if form not in {"pdf", "docx"}:
        raise Http404
    document = council_document(
        report,
        parts=parts_of(report),
        city=municipality().name,
        language=(get_language() or "de")[:2],
        is_internal=reader.is_internal,
    )
    if form == "pdf":
        return as_file(as_pdf(document), name, "application/pdf")
    return as_file(as_docx(document), name, _DOCX)


def parts_of(report: CouncilReport) -> list[tuple[str, str, tuple[ResolutionLine, ...]]]:
    """The lists of the report: title, what they hold, lines."""
    return [
        (_("Beschlüsse %(year)s") % {"year": report.year}, "", report.lines),
        (
            _("Aus früheren Jahren noch offen"),
            _("Diese zählen in der Übersicht nicht mit."),
            report.earlier,
        ),
        (
            _("Noch ohne Beschluss"),
            _("Anträge, Anfragen und Zusagen, über die noch nicht entschieden ist."),
            report.undated,
        ),
    ]


def _rows(groups: Sequence[Group]) -> list[tuple[Group, list[tuple[str, str]]]]:
    heads = group_heads()
    return [(one, list(zip(heads, group_cells(one), strict=True))) for one in groups]


def _csv(report: CouncilReport) -> bytes:
    columns = [*heads(), Written(_("Was daraus wurde")), Written(_("Teil des Berichts"))]
    rows = (
        (*exported(line), report.notes.get(line.id, (None, ""))[1], title)
        for title, _why, lines in parts_of(report)
        for line in lines
    )
    return write_csv(columns=columns, rows=rows)


def _reader(request: ViewerRequest) -> Viewer:
    """Who the report is for: the public where the address says so, else whoever asks."""
    return PUBLIC if request.GET.get(VERSION) == AS_PUBLIC else request.viewer


def _report(reader: Viewer, year: int) -> CouncilReport:
    today = timezone.localdate()
    if not 1950 <= year <= today.year:
        raise Http404
    return queries.council_report(reader, year=year, today=today)
