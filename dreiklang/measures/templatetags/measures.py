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
from django.utils.translation import gettext, gettext_lazy, ngettext

from dreiklang.core import text
from dreiklang.measures.rules import Distribution, Phase, Standing
from dreiklang.ui.rules import Part, Sign, Tone

register = template.Library()

STANDINGS = {
    Standing.IN_USE: Sign("in_use", gettext_lazy("in Nutzung"), Tone.DONE),
    Standing.ON_TRACK: Sign("on_track", gettext_lazy("im Plan"), Tone.GOOD),
    Standing.DELAYED: Sign("delayed", gettext_lazy("verzögert"), Tone.WARN),
    Standing.STOPPED: Sign("stopped", gettext_lazy("steht still"), Tone.BAD),
    Standing.UNREPORTED: Sign("unreported", gettext_lazy("ohne aktuellen Bericht"), Tone.UNKNOWN),
    Standing.ENDED: Sign("ended", gettext_lazy("aufgegeben"), Tone.NEUTRAL),
}
PHASES = {
    Phase.IDEA: Sign("idea", gettext_lazy("Idee"), Tone.NEUTRAL),
    Phase.PREPARATION: Sign("preparation", gettext_lazy("Vorbereitung"), Tone.ACCENT_SOFT),
    Phase.DECIDED: Sign("decided", gettext_lazy("Beschlossen"), Tone.ACCENT_SOFT),
    Phase.IMPLEMENTATION: Sign("implementation", gettext_lazy("Umsetzung"), Tone.ACCENT),
    Phase.IN_USE: Sign("in_use", gettext_lazy("In Nutzung"), Tone.DONE),
    Phase.DROPPED: Sign("dropped", gettext_lazy("aufgegeben"), Tone.NEUTRAL),
    None: Sign("unknown", gettext_lazy("Phase unbekannt"), Tone.UNKNOWN),
}


@register.filter
def standing_sign(standing: str) -> Sign:
    """The sign of a standing, for `status_badge`."""
    return STANDINGS[Standing(standing)]


@register.inclusion_tag("measures/parts/bar.html")
def standing_bar(
    distribution: Distribution, caption: str = "", scale: int = 0, legend: bool = True, **filters: Any
) -> dict[str, Any]:
    """The bar by timeliness, those without a report included; filters name the list behind each part."""
    parts = [
        Part(
            sign.code,
            str(sign.label),
            distribution.of(standing),
            sign.tone,
            _list_address("stand", standing, filters),
        )
        for standing, sign in STANDINGS.items()
    ]
    return {"parts": parts, "caption": caption, "scale": scale, "legend": legend}


@register.inclusion_tag("measures/parts/bar.html")
def phase_bar(
    distribution: Distribution, caption: str = "", scale: int = 0, legend: bool = True, **filters: Any
) -> dict[str, Any]:
    """The bar by phase, an unknown phase included."""
    counts = distribution.by_phase
    parts = [
        Part(
            sign.code,
            str(sign.label),
            counts[phase],
            sign.tone,
            _list_address("phase", phase or "unknown", filters),
        )
        for phase, sign in PHASES.items()
    ]
    return {"parts": parts, "caption": caption, "scale": scale, "legend": legend}


@register.simple_tag
def standing_legend() -> list[Sign]:
    """The signs of all standings, for one legend above several bars."""
    return list(STANDINGS.values())


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
        (gettext("%(n)s stehen still"), distribution.of(Standing.STOPPED)),
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
    return format_html_join(" ", "{}", ((mark_safe(one),) for one in sentences))  # noqa: S308


def _list_address(key: str, value: str, filters: dict[str, Any]) -> str:
    given = {name: str(one) for name, one in filters.items() if one}
    return f"{reverse('measures:list')}?{urlencode({**given, key: value})}"
