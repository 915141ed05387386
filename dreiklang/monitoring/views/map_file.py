"""A map of values as a picture to take away: title, what is filtered, legend, source and date inside, colours too."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from django.http import QueryDict
from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.monitoring.queries.indicator_data import source_words
from dreiklang.monitoring.rules.shading import Shade
from dreiklang.monitoring.views.map_drawing import MapDrawing
from dreiklang.monitoring.views.map_words import chips, legend_lines, legend_unit, line_words, sentence
from dreiklang.places.rules import SmallMap
from dreiklang.ui.charts import PALETTE

# How much of the full colour each shade has, in percent, as in static/monitoring/map.css.
_GAINS = (6, 13, 20, 27, 35, 43, 51, 60, 68, 76, 84, 92, 100)
_LOSSES = (10, 17, 24, 31, 39, 47, 55, 64, 72, 80, 88, 96, 100)
_GAIN, _LOSS, _PAPER = PALETTE["accent"], "#7d5200", "#ffffff"
_INK, _SOFT, _EDGE = PALETTE["ink"], PALETTE["ink-soft"], "#858f93"
_SIGNS = {Shade.UNKNOWN: "#e4e2dc", Shade.HIDDEN: "url(#hidden)"}
_HIDDEN = (
    '<defs><pattern id="hidden" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#ffffff"/><rect width="2" height="6" fill="#a9b2b5"/></pattern></defs>'
)
_MARGIN, _LINE, _LETTERS = 20, 20, 84


def map_svg(drawn: MapDrawing, picture: SmallMap, params: QueryDict, *, today: date) -> bytes:
    """The map as it is asked for, alone on a sheet; a balance or a filter is named above it."""
    head = list(_head(drawn, params))
    top = _MARGIN + 8 + _LINE * len(head)
    below = top + picture.full_height + _LINE
    foot, height = _foot(drawn, params, below, today)
    width = picture.width + 2 * _MARGIN
    title, said = escape(_title(drawn)), escape(sentence(drawn))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}"'
        f' role="img" aria-labelledby="t d" font-family="Fira Sans, sans-serif" font-size="14" fill="{_INK}">'
        f'<title id="t">{title}</title><desc id="d">{said}</desc>{_HIDDEN}'
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>{"".join(_written(head))}'
        f'<g transform="translate({_MARGIN} {top:g})">{"".join(_areas(drawn, picture))}'
        f'<path d="{picture.ruler}" fill="none" stroke="{_INK}" stroke-width="1.2"/></g>{"".join(foot)}</svg>'
    ).encode()


def _title(drawn: MapDrawing) -> str:
    unit = legend_unit(drawn)
    return f"{drawn.shown.indicator.name} ({unit})" if unit else drawn.shown.indicator.name


def _head(drawn: MapDrawing, params: QueryDict) -> Iterator[tuple[str, str]]:
    """Lines of text with how they are set."""
    yield from ((one, 'font-size="18" font-weight="600"') for one in textwrap.wrap(_title(drawn), 64))
    for one in chips(drawn, params):
        yield str(one.label), f'font-weight="600" fill="{_LOSS}"'
    yield from ((one, "") for one in textwrap.wrap(sentence(drawn), _LETTERS))


def _written(lines: Sequence[tuple[str, str]], top: float = _MARGIN) -> Iterator[str]:
    for at, (words, how) in enumerate(lines, start=1):
        yield f'<text x="{_MARGIN}" y="{top + at * _LINE - 4:g}" {how}>{escape(words)}</text>'


def _areas(drawn: MapDrawing, picture: SmallMap) -> Iterator[str]:
    shapes = {one.shape.key: one for one in picture.shapes}
    for line in drawn.lines:
        if shape := shapes.get(str(line.area.pk)):
            fill = _PAPER if line.is_faded else _fill(line.shade)
            yield (
                f'<path d="{shape.path}" fill="{fill}" stroke="{_EDGE}" fill-rule="evenodd">'
                f"<title>{escape(line_words(drawn, line))}</title></path>"
            )


def _foot(drawn: MapDrawing, params: QueryDict, top: float, today: date) -> tuple[list[str], float]:
    """The legend, source and day, and where they end."""
    parts = []
    legend = legend_lines(drawn, params)
    for at, one in enumerate(legend):
        y = top + at * _LINE
        parts += [
            f'<rect x="{_MARGIN}" y="{y:g}" width="34" height="14" fill="{_fill(one.shade)}" stroke="{_EDGE}"/>',
            f'<text x="{_MARGIN + 44}" y="{y + 12:g}">{escape(one.words)} ({one.count})</text>',
        ]
    indicator = drawn.shown.indicator
    said = [
        _("Quelle: %(words)s") % {"words": source_words(indicator) or _("nicht angegeben")},
        " · ".join(filter(None, (indicator.licence, _("Stand %(on)s") % {"on": text.day(today)}))),
    ]
    lines = [(one, f'fill="{_SOFT}"') for words in said for one in textwrap.wrap(words, _LETTERS)]
    below = top + len(legend) * _LINE + 8
    return [*parts, *_written(lines, below)], below + len(lines) * _LINE + _MARGIN


def _fill(shade: str) -> str:
    if shade in _SIGNS:
        return _SIGNS[Shade(shade)]
    is_loss = shade.startswith("d")
    share = (_LOSSES if is_loss else _GAINS)[int(shade.removeprefix("d")) - 1]
    return _mixed(_LOSS if is_loss else _GAIN, share)


def _mixed(colour: str, share: int) -> str:
    """So much of a colour on white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{255 + (one - 255) * share // 100:02x}" for one in parts)
