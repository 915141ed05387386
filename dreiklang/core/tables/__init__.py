"""Lists from outside: a file becomes a Table, or is refused with the reason.

Writing lists is in `core.tables.write`.
"""

from .grid import Grid
from .json_list import load_json, read_json
from .read import read_grid, read_table
from .table import CannotRead, Cell, Limits, Note, Row, Table, Value

__all__ = [
    "CannotRead",
    "Cell",
    "Grid",
    "Limits",
    "Note",
    "Row",
    "Table",
    "Value",
    "load_json",
    "read_grid",
    "read_json",
    "read_table",
]
