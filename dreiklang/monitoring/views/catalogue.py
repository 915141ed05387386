"""The data catalogue for everybody: list, one dataset, what is missing for the export, quantities without an indicator."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.core.tables.write import Column as Written
from dreiklang.core.values import Unknown
from dreiklang.monitoring.forms.catalogue import CatalogueFilterForm
from dreiklang.monitoring.models import Resource
from dreiklang.monitoring.permissions import CREATE, EDIT_CATALOGUE, RUN_CATALOGUE
from dreiklang.monitoring.queries import catalogue as queries
from dreiklang.monitoring.queries.catalogue_export import has_own_description
from dreiklang.monitoring.queries.catalogue_wording import PARTS, gap_sentence, sentence
from dreiklang.monitoring.queries.catalogue_words import ORIGIN_LABELS, entry_of, word_of, words_of
from dreiklang.monitoring.queries.dataset_page import DatasetPage, dataset_page, gaps_of_own
from dreiklang.monitoring.queries.free_quantities import free_quantities as quantity_lines
from dreiklang.monitoring.queries.free_quantities import free_quantity_count
from dreiklang.monitoring.rules.catalogue import CatalogueFilter
from dreiklang.monitoring.services.own_datasets import OWN_PROVIDER
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.downloads import MOST_EXPORTED, csv_file, xlsx_file
from dreiklang.ui.rules import PAGE_KEY, Cell, Column, Row, Sign, Table, Tone, table_query

PER_PAGE = 50
COLUMNS = (
    Column("titel", gettext_lazy("Datensatz"), is_sortable=True, is_optional=False),
    Column("herausgeber", gettext_lazy("Veröffentlicht von"), is_sortable=True),
    Column("formate", gettext_lazy("Formate")),
    Column("lizenz", gettext_lazy("Lizenz")),
    Column("geaendert", gettext_lazy("Zuletzt geändert"), is_sortable=True),
    Column("stand", gettext_lazy("Aktualität")),
)
MOST_FORMATS = 4


@require_safe
def datasets(request: ViewerRequest) -> HttpResponse:
    """One page of the datasets the filters leave."""
    today = timezone.localdate()
    form = _form(request)
    wanted = form.wanted()
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="titel")
    count = queries.dataset_count(request.viewer, wanted=wanted, today=today)
    page: Page[Any] = Paginator(range(count), PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    lines = queries.dataset_lines(
        request.viewer,
        wanted=wanted,
        today=today,
        sort=asked.sort,
        is_descending=asked.is_descending,
        start=(page.number - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    query = request.GET.urlencode()
    context = {
        "form": form,
        "count": count,
        "page": page,
        "is_filtered": wanted != CatalogueFilter(),
        "overdue": len(queries.overdue_ids(request.viewer, today=today)),
        "may_create": may(request.viewer, EDIT_CATALOGUE),
        "may_run": may(request.viewer, RUN_CATALOGUE),
        "goes_out": has_own_description(),
        "xlsx_href": f"{reverse('monitoring:catalogue-xlsx')}?{query}",
        "table": Table(
            id="datensaetze-tabelle",
            caption=_("Datensätze"),
            columns=COLUMNS,
            rows=[_row(line) for line in lines],
            query=asked,
            csv_href=f"{reverse('monitoring:catalogue-csv')}?{query}",
            empty_text=_("Kein Datensatz passt zu diesen Filtern."),
        ),
    }
    return render(request, "monitoring/catalogue/list.html", context)


@require_safe
def datasets_csv(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as CSV."""
    columns, rows = _export(request)
    return csv_file(columns, rows, name="datensaetze")


@require_safe
def datasets_xlsx(request: ViewerRequest) -> HttpResponse:
    """All that the filters leave, as a workbook."""
    columns, rows = _export(request)
    return xlsx_file(columns, rows, name="datensaetze", title=_("Datensätze"))


@require_safe
def dataset(request: ViewerRequest, pk: int) -> HttpResponse:
    """One dataset with its resources and who uses it."""
    try:
        page = dataset_page(request.viewer, dataset_id=pk, today=timezone.localdate())
    except NotFound as missing:
        raise Http404 from missing
    record = page.record
    may_edit = may(request.viewer, EDIT_CATALOGUE, record)
    context = {
        "page": page,
        "record": record,
        "origin": ORIGIN_LABELS[page.origin],
        "rhythm": word_of("rhythm", record.rhythm),
        "themes": words_of("themes", record.themes),
        "level": word_of("political_level", record.political_level),
        "access": word_of("access_rights", record.access_rights),
        "due": None if isinstance(page.due_on, Unknown) else page.due_on,
        "resources": [_resource(one) for one in page.resources],
        "gaps": _gap_lines(page.inside.gaps) if page.inside and record.is_own else [],
        "written": _as_written(page) if page.inside else [],
        "may_edit": may_edit,
        "may_describe": may_edit and page.catalogue_id is None,
        "may_publish": may_edit and page.catalogue_id is None and record.provider.key == OWN_PROVIDER,
        "may_create": may(request.viewer, CREATE),
        "may_run": may(request.viewer, RUN_CATALOGUE),
    }
    return render(request, "monitoring/catalogue/dataset.html", context)


@require_safe
def gaps(request: ViewerRequest) -> HttpResponse:
    """What is missing for DCAT-AP.de 3.0, dataset by dataset."""
    found = [(one, _gap_lines(lines)) for one, lines in gaps_of_own(request.viewer)]
    context = {
        "held_back": [pair for pair in found if not pair[0].is_complete],
        "partly": [pair for pair in found if pair[0].is_complete],
        "is_described": has_own_description(),
        "may_run": may(request.viewer, RUN_CATALOGUE),
    }
    return render(request, "monitoring/catalogue/gaps.html", context)


@require_safe
def free_quantities(request: ViewerRequest) -> HttpResponse:
    """What datasets count and no indicator uses yet."""
    require(request.viewer, CREATE)
    words = request.GET.get("q", "").strip()[:200]
    count = free_quantity_count(request.viewer, text=words)
    page: Page[Any] = Paginator(range(count), PER_PAGE).get_page(request.GET.get(PAGE_KEY))
    lines = quantity_lines(request.viewer, text=words, start=(page.number - 1) * PER_PAGE, limit=PER_PAGE)
    context = {"lines": lines, "count": count, "page": page, "q": words}
    return render(request, "monitoring/catalogue/quantities.html", context)


def state_sign(line: queries.DatasetLine) -> Sign:
    """How fresh a dataset is, in words."""
    if line.missing_since is not None:
        return Sign("missing", _("beim Herausgeber nicht mehr da"), Tone.NEUTRAL)
    if isinstance(line.due_on, Unknown):
        return Sign("no_day", _("ohne festen Tag"), Tone.NEUTRAL)
    day = text.day_short(line.due_on)
    if line.is_overdue:
        return Sign("overdue", _("überfällig"), Tone.WARN, _("seit %(day)s") % {"day": day})
    return Sign("fresh", _("aktuell"), Tone.GOOD, _("bis %(day)s") % {"day": day})


def _form(request: ViewerRequest) -> CatalogueFilterForm:
    return CatalogueFilterForm(request.GET, lists=queries.catalogue_lists(request.viewer))


def _row(line: queries.DatasetLine) -> Row:
    sign = state_sign(line)
    notes = [str(ORIGIN_LABELS[line.origin])]
    if line.catalogue:
        notes.append(line.catalogue)
    if not line.is_public:
        notes.append(_("intern"))
    formats = ", ".join(line.formats[:MOST_FORMATS]) + (" …" if len(line.formats) > MOST_FORMATS else "")
    href = reverse("monitoring:dataset", args=[line.id])
    return Row(
        href=href,
        is_muted=line.missing_since is not None,
        cells={
            "titel": Cell(line.title, href=href, note=" · ".join(notes)),
            "herausgeber": line.publisher or "–",
            "formate": formats or "–",
            "lizenz": line.licence or "–",
            "geaendert": text.day_short(line.modified_on) if line.modified_on else line.modified_words or "–",
            "stand": Cell(sign, note=sign.note),
        },
    )


def _resource(one: Resource) -> dict[str, Any]:
    """A resource with its codes in words."""
    licence = entry_of("licence", one.licence)
    return {
        "record": one,
        # Services stand in the EU's list as "WMS_SRVC".
        "format": one.format.removesuffix("_SRVC"),
        "format_words": word_of("format", one.format),
        "licence": licence.name if licence else one.licence_words,
        "licence_url": licence.url if licence else "",
        "is_open": licence is not None and licence.is_open,
        "availability": word_of("availability", one.availability),
        "status": word_of("status", one.status),
    }


def _gap_lines(gaps: Iterable[Any]) -> list[tuple[Any, str]]:
    """What is missing, each once, with the part it is missing in."""
    found = dict.fromkeys((kind, code) for code, kind, _iri in gaps)
    return [(PARTS.get(kind, kind), gap_sentence(code)) for kind, code in found]


def _as_written(page: DatasetPage) -> list[tuple[str, str]]:
    """The words of the source that read otherwise now, with the name of the field."""
    inside = page.inside
    if inside is None:
        return []
    found = dict.fromkeys((rule, predicate, words) for rule, predicate, words in inside.as_written)
    return [
        (predicate.replace("#", "/").rpartition("/")[2], sentence(rule, value=words))
        for rule, predicate, words in found
    ]


def _export(request: ViewerRequest) -> tuple[list[Written], Iterable[tuple[Any, ...]]]:
    today = timezone.localdate()
    asked = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="titel")
    lines = queries.dataset_lines(
        request.viewer,
        wanted=_form(request).wanted(),
        today=today,
        sort=asked.sort,
        is_descending=asked.is_descending,
        limit=MOST_EXPORTED,
    )
    heads = [
        _("Titel"), _("Veröffentlicht von"), _("Herkunft"), _("Datenkatalog"), _("Themen"), _("Formate"),
        _("Lizenz"), _("Rhythmus"), _("Zuletzt geändert"), _("Fällig"), _("Aktualität"), _("Adresse"),
    ]  # fmt: skip
    return [Written(head) for head in heads], (_exported(line) for line in lines)


def _exported(line: queries.DatasetLine) -> tuple[Any, ...]:
    return (
        line.title,
        line.publisher,
        str(ORIGIN_LABELS[line.origin]),
        line.catalogue,
        ", ".join(words_of("themes", line.themes)),
        ", ".join(line.formats),
        line.licence,
        word_of("rhythm", line.rhythm),
        line.modified_on or line.modified_words,
        None if isinstance(line.due_on, Unknown) else line.due_on,
        str(state_sign(line).label),
        reverse("monitoring:dataset", args=[line.id]),
    )
