"""All cases in the order of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from bench import (
    charts,
    choropleth,
    dcat,
    drafting,
    imports,
    indicator,
    measures_list,
    memory,
    observations,
    ogc,
    oparl,
    pages,
    papers,
    proposals,
    quality,
    radar,
    resolutions,
)
from bench import map as city_map
from bench.databases import Databases
from bench.harness import Line


def cases(databases: Databases, *, data_dir: Path) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of each case."""
    yield from measures_list.cases(databases)
    yield from ogc.cases(databases)
    yield from pages.cases(databases)
    yield from city_map.cases(databases)
    yield from papers.cases(databases)
    yield from resolutions.cases(databases)
    yield from imports.cases(databases)
    yield from observations.cases(databases)
    yield from indicator.cases(databases)
    yield from choropleth.cases(databases)
    yield from dcat.cases(databases)
    yield from charts.cases()
    yield from oparl.cases(databases)
    yield from memory.cases(databases, data_dir=data_dir)
    yield from proposals.cases(databases)
    yield from radar.cases(databases)
    yield from drafting.cases(databases)
    yield from quality.cases()
