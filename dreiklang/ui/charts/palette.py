"""The colours a specification may use. Each is a different text, so that it can be exchanged afterwards:
for a CSS variable on the page (dark mode), or left as it is in documents."""

from typing import Any

from dreiklang.ui.rules import Tone

# Name → colour on paper. The name is also the CSS variable in tokens.css.
PALETTE = {
    "ink": "#1b2426",
    "ink-soft": "#536067",
    "hair": "#dcdbd5",
    "rule": "#1b2427",
    "accent": "#0b5563",
    "accent-soft": "#7fa6ab",
    "good": "#2b7a56",
    "warn": "#e6b252",
    "bad": "#b32d2e",
    "paper": "#fcfbf8",
}
# Stand-ins in a specification for areas that are drawn with a pattern.
_PATTERNS = {
    Tone.WARN: ("#e6b253", "u-dots"),
    Tone.BAD: ("#b32d2f", "u-cross"),
    Tone.UNKNOWN: ("#a9b2b6", "u-hatch"),
}
STAND_INS = dict(_PATTERNS.values())
VARIABLES = {colour: f"var(--{name})" for name, colour in PALETTE.items()}


def pattern(tone: Tone) -> str:
    """The fill to write into a specification for an area of this tone; plain for tones without a pattern."""
    if tone in _PATTERNS:
        return _PATTERNS[tone][0]
    return PALETTE.get(tone.value, PALETTE["accent"])


# The same patterns as on the page, in the colours of paper, for documents.
PATTERN_SHAPES = {
    "u-dots": (
        {"width": "6", "height": "6"},
        [("rect", {"width": "6", "height": "6", "fill": "#e6b252"}), ("circle", {"cx": "3", "cy": "3", "r": "1.05", "fill": "#7d5200"})],
    ),
    "u-cross": (
        {"width": "5", "height": "5", "patternTransform": "rotate(-45)"},
        [("rect", {"width": "5", "height": "5", "fill": "#b32d2e"}), ("rect", {"width": "1.3", "height": "5", "fill": "#fdf1ef"})],
    ),
    "u-hatch": (
        {"width": "6", "height": "6", "patternTransform": "rotate(45)"},
        [("rect", {"width": "6", "height": "6", "fill": "#ffffff"}), ("rect", {"width": "2", "height": "6", "fill": "#a9b2b5"})],
    ),
}  # fmt: skip

_TEXT = {"labelFont": "Fira Sans", "labelFontSize": 14, "labelColor": PALETTE["ink-soft"]}
_TITLE = {"titleFont": "Fira Sans", "titleFontSize": 14, "titleFontWeight": 600, "titleColor": PALETTE["ink"]}


def house_style() -> dict[str, Any]:
    """The Vega-Lite configuration of every chart: hairlines, Fira Sans, no frame, no background."""
    axis = {"domainColor": PALETTE["rule"], "gridColor": PALETTE["hair"], "tickColor": PALETTE["hair"]}
    return {
        "background": None,
        "font": "Fira Sans",
        "view": {"stroke": None},
        "axis": {**_TEXT, **_TITLE, **axis, "labelPadding": 6, "titlePadding": 10},
        "axisX": {"grid": False, "labelFlush": False, "tickCount": 6},
        "axisY": {"domain": False, "ticks": False},
        "legend": {**_TEXT, **_TITLE, "orient": "top", "symbolType": "square"},
        "text": {"font": "Fira Sans", "fontSize": 14, "fill": PALETTE["ink"]},
        "bar": {"fill": PALETTE["accent"]},
        "line": {"stroke": PALETTE["accent"], "strokeWidth": 2.5},
        "point": {"fill": PALETTE["accent"], "filled": True, "size": 50},
        "rule": {"stroke": PALETTE["rule"]},
    }
