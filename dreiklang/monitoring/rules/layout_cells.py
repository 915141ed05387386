"""What a cell of a list says, where it is more than a number or a sign: a share with its sign, a formula."""

from dreiklang.core.tables import Value

from .marks import ReadValue, ValueCache, read_cell
from .values import Refused

PERCENT = "%"


def read_of(cell: Value, *, known: ValueCache) -> ReadValue | Refused | None:
    """The value of a cell. "12,5 %" is 12.5, and its words keep the sign: `unit_said` finds it again."""
    if not isinstance(cell, str):
        return read_cell(cell, legend=known.legend)
    number, sign, rest = cell.partition(PERCENT)
    if sign and not rest.strip():
        read = known[number.strip()]
        if isinstance(read, ReadValue) and read.value is not None:
            return read._replace(words=cell)
    return known[cell]


def unit_said(read: ReadValue) -> str:
    """The unit that stands in a cell beside its number; empty without one."""
    return PERCENT if read.words.rstrip().endswith(PERCENT) else ""
