"""What a cell of a list says, where it is more than a number or a sign: a share with its sign, a formula."""

from dreiklang.core.tables import Value

from .marks import Legend, ReadValue, ValueCache, read_cell
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


def read_share(cell: Value, *, legend: Legend) -> ReadValue | Refused | None:
    """The value of a number of a workbook that is shown in per cent: people see 12.5 % and the cell holds 0.125."""
    read = read_cell(cell, legend=legend)
    if not isinstance(read, ReadValue) or read.value is None:
        return read
    seen = read.value.scaleb(2)
    return read._replace(value=seen, words=f"{seen.normalize():f} {PERCENT}".replace(".", ","))


def unit_said(read: ReadValue) -> str:
    """The unit that stands in a cell beside its number; empty without one."""
    return PERCENT if read.words.rstrip().endswith(PERCENT) else ""
