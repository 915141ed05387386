"""Lists: table, pages, filters. Order, columns and filters stand in the address bar."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.template import Context

from dreiklang.core.values import Unknown
from dreiklang.ui.filters import active_chips
from dreiklang.ui.rules import (
    COLUMN_KEY,
    PAGE_KEY,
    SORT_KEY,
    Cell,
    Column,
    Row,
    Sign,
    Table,
    aria_sort,
    next_sort,
)

register = template.Library()


def _params(context: Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def _address(params: QueryDict, **changed: str) -> str:
    """The query string with some values set, and without the page number."""
    params = params.copy()
    params.pop(PAGE_KEY, None)
    for name, value in changed.items():
        params[name] = value
    return f"?{params.urlencode()}"


def _head(column: Column, table: Table, params: QueryDict) -> dict[str, Any]:
    return {
        "column": column,
        "aria_sort": aria_sort(column, table.query),
        "href": _address(params, **{SORT_KEY: next_sort(column, table.query)}) if column.is_sortable else "",
    }


def _cell(column: Column, row: Row, is_first: bool) -> dict[str, Any]:
    value = row.cells.get(column.key, "")
    cell = value if isinstance(value, Cell) else Cell(text=value, href=row.href if is_first else "")
    return {
        "column": column,
        "is_head": is_first,
        "is_row_link": is_first and bool(row.href),
        "text": cell.text,
        "sign": cell.text if isinstance(cell.text, Sign) else None,
        "is_unknown": isinstance(cell.text, Unknown),
        "href": cell.href or (row.href if is_first else ""),
        "note": cell.note,
    }


@register.inclusion_tag("ui/components/data_table.html", takes_context=True)
def data_table(context: Context, table: Table, xlsx_href: str = "") -> dict[str, Any]:
    """A table with sorting links, sticky head, column choice, downloads and row links."""
    params = _params(context)
    asked = set(table.query.columns)
    visible = [c for c in table.columns if not asked or c.key in asked]
    kept = [
        (name, v) for name, values in params.lists() for v in values if name not in {COLUMN_KEY, PAGE_KEY}
    ]
    return {
        "table": table,
        "xlsx_href": xlsx_href,
        "heads": [_head(c, table, params) for c in visible],
        "rows": [(r, [_cell(c, r, c is visible[0]) for c in visible]) for r in table.rows],
        "choices": [(c, c in visible) for c in table.columns if c.is_optional],
        "kept": kept,
        "column_key": COLUMN_KEY,
    }


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a Django Page, with "31–60 von 160"."""
    params = _params(context)
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(n, _address(params, **{PAGE_KEY: str(n)}) if isinstance(n, int) else "") for n in numbers]
    return {
        "page": page,
        "links": links,
        "previous": _address(params, **{PAGE_KEY: str(page.number - 1)}) if page.has_previous() else "",
        "next": _address(params, **{PAGE_KEY: str(page.number + 1)}) if page.has_next() else "",
    }


@register.inclusion_tag("ui/components/filter_bar.html", takes_context=True)
def filter_bar(
    context: Context,
    form: BaseForm,
    found: int | None = None,
    total: int | None = None,
    target: str = "inhalt",
) -> dict[str, Any]:
    """Filters in the address bar, the active ones as chips that can be taken off, and what is left of how many."""
    request = context.get("request")
    chips = active_chips(form, _params(context))
    sort = _params(context).get(SORT_KEY, "")
    return {
        "form": form,
        "chips": chips,
        "found": found,
        "total": total,
        "target": target,
        "path": request.path if request is not None else "",
        "sort_key": SORT_KEY,
        "sort": sort,
    }
