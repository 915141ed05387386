"""A picture the first time somebody looks: our whole way against the bare drawing engine in a warm process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import vl_convert

from bench.harness import Line, in_turn
from dreiklang.ui.charts import PALETTE, Chart, ChartTable, chart
from dreiklang.ui.charts.worker import FONTS

MOST = 1.5
YEARS = range(1996, 2026)
# No two pictures are the same, so that none was kept.
_numbers = count(1)


def cases() -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case."""
    yield "charts", _lines


def _lines() -> list[Line]:
    vl_convert.register_font_directory(str(Path(FONTS)))
    first = in_turn(_ours, _bare)
    kept = _picture()
    assert kept.svg_for_page, "nothing was drawn"
    again = in_turn(lambda: _again(kept), _bare)
    name = f"chart of {len(YEARS)} years with its target"
    return [
        first.line(f"{name}: the first time", reference="vl-convert", bound=MOST),
        again.line(f"{name}: from then on", reference="vl-convert"),
    ]


def _ours() -> None:
    assert _picture().svg_for_page


def _again(kept: Chart) -> None:
    """As another request asks for it: the specification is the same, the rest is made anew."""
    assert chart(kept.spec, title=kept.title, description=kept.description, table=kept.table).svg_for_page


def _bare() -> str:
    return str(
        vl_convert.vegalite_to_svg(
            _picture().spec,
            allowed_base_urls=["https://nowhere.invalid/"],
            format_locale="de-DE",
            time_format_locale="de-DE",
        )
    )


def _picture() -> Chart:
    number = next(_numbers)
    rows = [{"on": year, "value": 40 + (year * 7 + number) % 13 + number / 1000} for year in YEARS]
    way: list[dict[str, Any]] = [{"on": YEARS[0], "value": rows[0]["value"]}, {"on": 2035, "value": 60}]
    spec = {
        "height": 300,
        "layer": [_layer(rows, stroke="accent"), _layer(way, stroke="ink-soft", dash=[2, 4])],
    }
    table = ChartTable(["Jahr", "Wert"], [[str(row["on"]), str(row["value"])] for row in rows])
    return chart(spec, title="Radverkehr", description="Linie von 1996 bis 2025.", table=table)


def _layer(rows: list[dict[str, Any]], *, stroke: str, dash: list[int] | None = None) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {
            "type": "line",
            "point": dash is None,
            "stroke": PALETTE[stroke],
            "strokeWidth": 2.5,
            "strokeDash": dash or [1, 0],
        },
        "encoding": {
            "x": {
                "field": "on",
                "type": "quantitative",
                "title": None,
                "scale": {"zero": False},
                "axis": {"format": "d"},
            },
            "y": {"field": "value", "type": "quantitative", "title": "Prozent"},
        },
    }
