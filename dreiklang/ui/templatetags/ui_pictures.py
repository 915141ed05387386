"""Pictures the server draws, each with its words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import template

from dreiklang.ui.rules import Part, PhaseStep, Sign, Span, Tone, phase_picture, segments, time_picture

register = template.Library()

_FILLS = {
    Tone.WARN: "url(#u-dots)",
    Tone.BAD: "url(#u-cross)",
    Tone.UNKNOWN: "url(#u-hatch)",
}


@register.filter
def fill(tone: str) -> str:
    """The pattern of a tone as an SVG fill; plain tones get their colour by class."""
    return _FILLS.get(Tone(tone), "")


@register.filter
def percent(value: float) -> str:
    """A number for an SVG attribute, with a point in every language."""
    return f"{value:g}"


@register.inclusion_tag("ui/components/distribution_bar.html")
def distribution_bar(
    parts: Sequence[Part], caption: str = "", scale: float = 0, legend: bool = True
) -> dict[str, Any]:
    """Counted parts side by side. `scale` is the longest bar's count where several stand in a list."""
    return {
        "segments": segments(parts, scale=scale or 0),
        "parts": parts,
        "caption": caption,
        "legend": legend,
        "is_empty": not any(p.count for p in parts),
    }


@register.inclusion_tag("ui/components/legend.html")
def legend(parts: Sequence[Part | Sign]) -> dict[str, Any]:
    """What the colours and patterns mean, once for a list of bars."""
    return {"parts": parts}


@register.inclusion_tag("ui/components/phase_line.html")
def phase_line(steps: Sequence[PhaseStep], today: date, ended: str = "") -> dict[str, Any]:
    """From idea to use: what is reached, what is planned against first planned, where today stands.

    `ended` says how the way ended early; what was not reached is then no longer planned.
    """
    if ended:
        steps = [
            one if one.reached_on else replace(one, planned_on=None, first_planned_on=None) for one in steps
        ]
    return {"picture": phase_picture(steps, today=today), "today": today, "ended": ended}


@register.inclusion_tag("ui/components/time_bar.html")
def time_bar(spans: Sequence[Span], today: date, caption: str = "") -> dict[str, Any]:
    """Periods over years; where they overlap is drawn and said."""
    return {"picture": time_picture(spans, today=today), "caption": caption, "today": today}
