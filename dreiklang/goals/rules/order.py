"""The order in which people read numbers such as 1.10 and B 12/3."""

import re


def natural(number: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key: 1.2 stands before 1.10, figures before letters, letters without regard to case."""
    parts = re.findall(r"\d+|[^\W\d_]+", number)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in parts)
