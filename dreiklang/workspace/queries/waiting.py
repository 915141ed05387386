"""What may wait for one person, asked at once: most people have most kinds of things never."""

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, QuerySet, Value


def kinds_waiting(sources: Mapping[str, QuerySet[Any]]) -> frozenset[str]:
    """The names of the sources that have any row. One statement, whatever their number."""
    if not sources:
        return frozenset()
    first, *more = [
        rows.order_by().annotate(waiting=Value(name, CharField())).values_list("waiting")[:1]
        for name, rows in sources.items()
    ]
    return frozenset(name for (name,) in first.union(*more, all=True))
