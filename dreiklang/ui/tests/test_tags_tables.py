"""Tables, their pages and filters as templates draw them."""

import re

from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from dreiklang.core.values import Unknown
from dreiklang.ui.rules import (
    Cell,
    Column,
    Row,
    Table,
    TableQuery,
    table_query,
)


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").strip()


def table(**changed):
    columns = (
        Column("name", "Maßnahme", is_sortable=True, is_optional=False),
        Column("cost", "Kosten", is_numeric=True),
    )
    rows = [
        Row({"name": "<Radweg>", "cost": Unknown("not_stated")}, href="/m/1"),
        Row({"name": Cell("B", "/b")}),
    ]
    return Table("Alle", columns, rows, **changed)


def request(**params):
    return RequestFactory().get("/liste/", params)


def test_a_table_escapes_text_links_its_rows_and_says_unknown():
    html = render("{% data_table t %}", t=table(), request=request())

    assert "&lt;Radweg&gt;" in html
    assert 'href="/m/1"' in html
    assert "unbekannt" in html
    assert "Unknown(" not in html


def test_sorting_keeps_the_filters_and_leaves_the_page_number():
    query = TableQuery(sort="name")

    html = render("{% data_table t %}", t=table(query=query), request=request(amt="66", seite="3"))

    assert 'href="?amt=66&amp;sortierung=-name"' in html
    assert 'aria-sort="ascending"' in html


def test_columns_the_reader_left_out_are_not_drawn():
    query = table_query({"spalte": ["none"]}, columns=table().columns)
    only_name = TableQuery(columns=("name",))

    assert query.columns == ("name", "cost")
    head = render("{% data_table t %}", t=table(query=only_name), request=request()).split("</thead>")[0]
    assert "Kosten" not in head


def test_pages_keep_the_filters():
    page = Paginator(range(160), 20).page(3)

    html = render("{% pagination p %}", p=page, request=request(amt="66"))

    assert "41–60 von 160" in words(html)
    assert 'href="?amt=66&amp;seite=4"' in html


class Filters(forms.Form):
    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "alle"), ("a", "im Plan")])
    amt = forms.MultipleChoiceField(
        label="Amt", required=False, choices=[("66", "Tiefbau"), ("36", "Umwelt")]
    )


def test_active_filters_are_chips_that_take_off_only_themselves():
    asked = RequestFactory().get("/liste/?stand=a&amt=66&amt=36&seite=2")

    html = render("{% filter_bar f 3 160 %}", f=Filters(asked.GET), request=asked)

    assert "3 von 160" in words(html)
    assert "Stand: im Plan" in html
    assert 'href="?stand=a&amp;amt=36"' in html
