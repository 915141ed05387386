"""Licences as they are called, whatever a list wrote for them."""

from django import template
from django.utils.html import format_html

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.dcat.licences import licence_of
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies

register = template.Library()


@register.filter
def licence_link(words: str) -> str:
    """The name of the licence, leading to its text; what no list of licences has stays as it is."""
    found = licence_of(words, known=shipped_vocabularies()["licence"])
    if isinstance(found, Unknown):
        return words
    if not found.url:
        return found.name
    return format_html('<a href="{}" rel="license noopener">{}</a>', found.url, found.name)
