"""The city's accent colour, corrected until people can read it. WCAG 2.2, success criteria 1.4.3 and 1.4.11."""

import colorsys
import re
from dataclasses import dataclass

DEFAULT_ACCENT = "#0b5563"
PAPER_LIGHT = "#fcfbf8"
PAPER_DARK = "#14191b"
TEXT_CONTRAST = 4.5
_STEPS = 50
_HEX = re.compile(r"#?([0-9a-fA-F]{6})\Z")


class NotAColour(ValueError):
    """The text is not a colour of the form #rrggbb."""


@dataclass(frozen=True)
class Accent:
    """Accent for light and dark pages with the text colour that stands on it."""

    light: str
    on_light: str
    dark: str
    on_dark: str
    is_adjusted: bool


def colour(text: str) -> str:
    """The colour as #rrggbb in small letters.

    Raises: NotAColour if the text has another form.
    """
    found = _HEX.match(text.strip())
    if not found:
        raise NotAColour(text)
    return f"#{found[1].lower()}"


def _channels(hexed: str) -> tuple[float, float, float]:
    digits = colour(hexed)[1:]
    return tuple(int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))  # type: ignore[return-value]  # three parts, always


def luminance(hexed: str) -> float:
    """Relative luminance 0..1 of a colour, as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(hexed)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1..21 of two colours, the same in both orders."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _moved(hexed: str, towards: float, share: float) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(hexed))
    red, green, blue = colorsys.hls_to_rgb(hue, light + (towards - light) * share, saturation)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def readable(hexed: str, *, on: str, at_least: float = TEXT_CONTRAST) -> str:
    """The nearest colour of the same hue that can be read on the given paper.

    It is darkened on light paper and lightened on dark paper; unchanged when already readable.
    """
    towards = 0.0 if luminance(on) > 0.18 else 1.0
    for step in range(_STEPS):
        moved = _moved(hexed, towards, step / _STEPS) if step else colour(hexed)
        if contrast(moved, on) >= at_least:
            return moved
    return "#000000" if towards == 0.0 else "#ffffff"


def accent(hexed: str) -> Accent:
    """The accent for both modes, each readable as a link on paper and under its own text.

    Raises: NotAColour if the text is not #rrggbb.
    """
    wanted = colour(hexed)
    light = readable(wanted, on=PAPER_LIGHT)
    dark = readable(wanted, on=PAPER_DARK, at_least=6.0)
    return Accent(
        light=light,
        on_light=PAPER_LIGHT,
        dark=dark,
        on_dark=PAPER_DARK,
        is_adjusted=light != wanted,
    )
