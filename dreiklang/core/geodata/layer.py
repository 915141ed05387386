"""What a reader of geometries finds in a file: rows of plain values, the geometry as text."""

from dataclasses import dataclass, field
from typing import Any

GEOMETRY = "geometry"


@dataclass
class Layer:
    """One layer: its columns, its rows (the geometry in column `geometry`), and what else there is.

    `srid` is 0 where each geometry names its own or none is named; `notes` are (code, value).
    """

    columns: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    name: str = ""
    names: list[str] = field(default_factory=list)
    srid: int = 0
    format: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)


def with_columns(layer: Layer) -> Layer:
    """The layer with all columns its rows have, in order of appearance, the geometry last."""
    found = dict.fromkeys(name for row in layer.rows for name in row if name != GEOMETRY)
    layer.columns = [*found, GEOMETRY]
    return layer
