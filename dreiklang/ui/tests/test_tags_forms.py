"""Fields and the summary of errors as templates draw them."""

import re

from django import forms
from django.http import QueryDict
from django.template import Context, Template


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").strip()


class Report(forms.Form):
    title = forms.CharField(label="Titel", help_text="Ein Satz.")
    state = forms.ChoiceField(
        label="Stand", widget=forms.RadioSelect, choices=[("a", "im Plan"), ("b", "steht")]
    )
    places = forms.MultipleChoiceField(
        label="Orte", required=False, widget=forms.CheckboxSelectMultiple, choices=[("1", "Au")]
    )
    note = forms.CharField(label="Notiz", required=False, widget=forms.Textarea)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_joins_label_hint_and_error():
    html = render("{% field f.title %}", f=Report(QueryDict("state=a")))

    assert 'for="id_title"' in html
    assert 'aria-describedby="id_title-hinweis id_title-fehler"' in html
    assert 'id="id_title-hinweis"' in html
    assert 'id="id_title-fehler"' in html
    assert 'aria-invalid="true"' in html


def test_several_choices_are_boxes_and_one_choice_is_a_radio():
    html = render("{% form_fields f %}", f=Report(initial={"state": "b"}))

    assert re.search(r'type="radio" name="state"[^>]*value="b" checked', html)
    assert 'type="checkbox" name="places"' in html
    assert html.count("(freiwillig)") == 2
    assert 'type="hidden" name="secret"' in html


def test_the_optional_word_can_be_left_out():
    assert "(freiwillig)" in render("{% field f.note %}", f=Report())
    assert "(freiwillig)" not in render("{% field f.note marks_optional=False %}", f=Report())


def test_a_placeholder_does_not_repeat_the_label():
    form = Report()
    form.fields["title"].widget.attrs["placeholder"] = form.fields["title"].label

    assert "placeholder" not in render("{% field f.title %}", f=form)


def test_the_error_summary_leads_to_each_field():
    html = render("{% error_summary f %}", f=Report(QueryDict("")))

    assert 'href="#id_title"' in html
    assert 'href="#id_state"' in html


def test_a_form_without_errors_has_no_summary():
    assert words(render("{% error_summary f %}", f=Report())) == ""
