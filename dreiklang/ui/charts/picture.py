"""A chart with its words and its table: drawn when somebody looks, kept by content."""

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from dreiklang.ui.charts.drawn import drawn, keep_drawn
from dreiklang.ui.charts.palette import house_style
from dreiklang.ui.charts.process import DRAWER, NotDrawn
from dreiklang.ui.charts.svg import for_document, for_page

logger = logging.getLogger(__name__)
_VERSION = "1"  # counts up when the drawing changes, so that old pictures are not shown


@dataclass(frozen=True)
class ChartTable:
    """The same numbers as a table; cells are ready text, the first column names the row."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Chart:
    """A picture, its words, its table. Both pictures are empty text when drawing is not possible."""

    spec: dict[str, Any]
    title: str
    description: str
    table: ChartTable

    @cached_property
    def key(self) -> str:
        """Fingerprint of the specification; also the prefix of all ids in the picture."""
        text = json.dumps([_VERSION, self.spec], sort_keys=True, ensure_ascii=False)
        return "c" + hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def _raw(self) -> str:
        if self._kept:
            return self._kept
        try:
            new = DRAWER.svg(self.spec)
        except (NotDrawn, OSError) as problem:
            logger.warning("chart %r is shown as a table only: %s", self.title, problem)
            return ""
        keep_drawn(self.key, new)
        return new

    @cached_property
    def _kept(self) -> str:
        return drawn(self.key)

    @property
    def svg_for_page(self) -> SafeString:
        """The picture for an HTML page; colours follow light and dark."""
        if not self._raw:
            return SafeString("")
        words = {"title": self.title, "description": self.description, "prefix": self.key}
        return mark_safe(for_page(self._raw, **words))  # noqa: S308 built from a parsed tree, texts escaped there

    @property
    def kept_svg_for_page(self) -> SafeString:
        """The picture if it was drawn before, else empty text: nothing is drawn, so no page waits for it."""
        return self.svg_for_page if "_raw" in self.__dict__ or self._kept else SafeString("")

    @property
    def svg_for_document(self) -> str:
        """The picture for PDF and DOCX, colours and patterns inside."""
        if not self._raw:
            return ""
        return for_document(self._raw, title=self.title, description=self.description, prefix=self.key)


def chart(spec: dict[str, Any], *, title: str, description: str, table: ChartTable) -> Chart:
    """A chart from a Vega-Lite specification with data inside it; colours from PALETTE and pattern().

    The house style is laid under the specification's own `config`. Nothing is drawn before a picture is asked for.
    """
    styled = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "width": 640,
        "height": 280,
        **spec,
        "config": {**house_style(), **spec.get("config", {})},
    }
    return Chart(spec=styled, title=title, description=description, table=table)
