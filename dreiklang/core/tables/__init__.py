"""Lists from outside: a file becomes a Table, or is refused with the reason.

Writing lists is in `core.tables.write`.
"""

from .json_list import load_json, read_json
from .read import read_table
from .table import CannotRead, Cell, Limits, Note, Row, Table

__all__ = ["CannotRead", "Cell", "Limits", "Note", "Row", "Table", "load_json", "read_json", "read_table"]
