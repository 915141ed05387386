"""A large printed sheet: one picture true to scale, what belongs beside it, and the list of what it shows."""

import base64
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

import orjson

from dreiklang.core.documents.process import run_child

_PRESS = "dreiklang.core.documents.sheet_press"
_SECONDS = 90


@dataclass(frozen=True)
class LegendLine:
    """A sign of the legend: a small SVG picture, what it means, and how many there are (as words)."""

    picture: str
    words: str
    number: str = ""


@dataclass(frozen=True)
class SheetTable:
    """A list behind the picture. `widths` are shares of the page, one a column."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[float, ...]
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A3, lying. `picture` is SVG of `width_mm` × `height_mm`; `bar_mm` is the length of the scale bar."""

    title: str
    lines: tuple[str, ...]
    picture: str
    picture_words: str
    width_mm: float
    height_mm: float
    scale_words: str
    bar_mm: float
    bar_words: str
    north_words: str
    legend_title: str
    legend: tuple[LegendLine, ...]
    facts: tuple[tuple[str, str], ...]
    foot: str
    language: str
    dated_on: date
    tables: tuple[SheetTable, ...] = ()


def as_sheet(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA, written in a child process. Raises: ChildStopped."""
    said = asdict(sheet) | {"dated_on": sheet.dated_on.isoformat()}
    said["picture"] = base64.b64encode(sheet.picture.encode()).decode()
    return run_child(_PRESS, content=orjson.dumps(said), seconds=_SECONDS)
