"""Active filters in words, each with the address of the page without it."""

from django.forms import BaseForm
from django.http import QueryDict

from dreiklang.ui.rules import PAGE_KEY, Chip


def active_chips(form: BaseForm, params: QueryDict) -> list[Chip]:
    """The chips of all filters that are set, in the order of the form's fields."""
    chips = []
    for bound in form:
        for value in params.getlist(bound.html_name):
            if value:
                label = f"{bound.label}: {_words(bound.field, value)}"
                chips.append(Chip(label=label, remove_href=_without(params, bound.html_name, value)))
    return chips


def _words(field: object, value: str) -> str:
    """The choice's label for a value, or the value itself."""
    for key, label in getattr(field, "choices", ()):
        options = label if isinstance(label, list | tuple) else [(key, label)]
        for option, words in options:
            if str(option) == value:
                return str(words)
    return value


def _without(params: QueryDict, name: str, value: str) -> str:
    left = params.copy()
    left.pop(PAGE_KEY, None)
    left.setlist(name, [v for v in left.getlist(name) if v != value])
    return f"?{left.urlencode()}"
