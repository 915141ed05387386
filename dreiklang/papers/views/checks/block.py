"""The block "Bezug zum INSEK": copied as text or HTML, taken away as DOCX or PDF; the printed header likewise."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from dreiklang.core.documents import Document, as_docx, as_html, as_pdf, as_text
from dreiklang.papers.queries.block import check_header, reference_block
from dreiklang.papers.queries.checks import CheckPage
from dreiklang.papers.queries.internal_block import internal_block
from dreiklang.papers.views.checks.found import around, found_page
from dreiklang.people.requests import ViewerRequest

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS: dict[str, tuple[str, Callable[[Document], Any]]] = {
    "txt": ("text/plain; charset=utf-8", as_text),
    "html": ("text/html; charset=utf-8", as_html),
    "docx": (_DOCX, as_docx),
    "pdf": ("application/pdf", as_pdf),
}
_DOCUMENTS: dict[str, Callable[..., Document]] = {
    "bezug-zum-insek": reference_block,
    "bezug-intern": internal_block,
    "pruefkopf": check_header,
}


@login_required
def block(request: ViewerRequest, number: str) -> HttpResponse:
    """The block as it will stand in the paper, with the four ways to take it away."""
    page = found_page(request, number)
    made = _made(page, reference_block)
    context = around(request, page, "block") | {
        "shown": mark_safe(as_html(made)),  # noqa: S308 (as_html escapes everything)
        "as_text": as_text(made),
        "as_html": as_html(made, is_ruled=True),
        "header": mark_safe(as_html(_made(page, check_header))),  # noqa: S308 (as above)
    }
    return render(request, "papers/checks/block.html", context)


@login_required
def download(request: ViewerRequest, number: str, name: str, form: str) -> HttpResponse:
    """The block or the header as a file."""
    page = found_page(request, number)
    if name not in _DOCUMENTS or form not in _FORMS:
        raise Http404
    kind, write = _FORMS[form]
    response = HttpResponse(write(_made(page, _DOCUMENTS[name])), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}-{page.record.number.lower()}.{form}"'
    return response


def _made(page: CheckPage, make: Callable[..., Document]) -> Document:
    return make(page, today=timezone.localdate())
