"""Distributions of measures as bars and as the sentence a hurried reader needs.

Any page may use them: `{% load measures %}{% standing_bar distribution %}`. The link of a part leads to
the list of exactly these measures, with the filter of the page kept.
"""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from dreiklang.core import text
from dreiklang.measures.queries import STANDING_SIGNS, phase_parts, standing_parts, standing_sign
from dreiklang.measures.rules import ORDER, Distribution, Standing
from dreiklang.ui.rules import Sign

register = template.Library()


@register.filter(name="standing_sign")
def sign_of(standing: str) -> Sign:
    """The sign of a standing, for `status_badge`."""
    return standing_sign(Standing(standing))


@register.inclusion_tag("measures/parts/bar.html")
def standing_bar(
    distribution: Distribution, caption: str = "", scale: int = 0, legend: bool = True, **filters: Any
) -> dict[str, Any]:
    """The bar by timeliness, those without a report included; filters name the list behind each part."""
    parts = standing_parts(distribution, href=lambda standing: _list_address("stand", standing, filters))
    return {"parts": parts, "caption": caption, "scale": scale, "legend": legend}


@register.inclusion_tag("measures/parts/bar.html")
def phase_bar(
    distribution: Distribution, caption: str = "", scale: int = 0, legend: bool = True, **filters: Any
) -> dict[str, Any]:
    """The bar by phase, an unknown phase included."""
    parts = phase_parts(distribution, href=lambda phase: _list_address("phase", phase, filters))
    return {"parts": parts, "caption": caption, "scale": scale, "legend": legend}


@register.simple_tag
def standing_legend() -> list[Sign]:
    """The signs of all standings in drawing order, for one legend above several bars."""
    return [STANDING_SIGNS[standing] for standing in ORDER]


@register.simple_tag
def distribution_sentence(distribution: Distribution) -> SafeString:
    """The sentence of a page: how many there are, how they stand, and of how many nothing is known."""
    total = distribution.total
    if not total:
        return SafeString(gettext("Noch ist keine Maßnahme zugeordnet."))
    whole = ngettext("Eine Maßnahme", "%(n)s Maßnahmen", total) % {"n": text.number(total)}
    known = [
        (gettext("<strong>%(n)s im Plan</strong>"), distribution.of(Standing.ON_TRACK)),
        (gettext("%(n)s verzögert"), distribution.of(Standing.DELAYED)),
        (
            ngettext("%(n)s steht still", "%(n)s stehen still", distribution.of(Standing.STOPPED)),
            distribution.of(Standing.STOPPED),
        ),
        (gettext("%(n)s in Nutzung"), distribution.of(Standing.IN_USE)),
        (gettext("%(n)s aufgegeben"), distribution.of(Standing.ENDED)),
    ]
    listed = text.listing([words % {"n": text.number(count)} for words, count in known if count])
    silent = distribution.of(Standing.UNREPORTED)
    sentences = [
        f"<strong>{conditional_escape(whole)}</strong>: {listed}." if listed else f"<strong>{whole}</strong>."
    ]
    if silent:
        lacking = ngettext(
            "Zu <strong>einer fehlt ein aktueller Bericht</strong>.",
            "Zu <strong>%(n)s fehlt ein aktueller Bericht</strong>.",
            silent,
        )
        sentences.append(lacking % {"n": text.number(silent)})
    # All parts are our own words and numbers.
    return format_html_join(" ", "{}", ((mark_safe(one),) for one in sentences))  # noqa: S308 - our own sentences, numbers in them


def _list_address(key: str, value: str, filters: dict[str, Any]) -> str:
    given = {name: str(one) for name, one in filters.items() if one}
    return f"{reverse('measures:list')}?{urlencode({**given, key: value})}"
