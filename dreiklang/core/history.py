"""History of every change, written by the database: who, when, what before, why.

Triggers write the rows, so no path around them exists (raw SQL and COPY included). Who and
why come from the context of the transaction: `acting` sets them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pghistory
import pghistory.models
import pgtrigger
from django.db import models, transaction

ModelClass = TypeVar("ModelClass", bound=type[models.Model])


class HistoryEvent(pghistory.models.Event):
    """One row of history. Ids are 64 bits: a city keeps its history for decades."""

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[ModelClass], ModelClass]:
    """Keep every insert, update and delete of the model; `exclude` generated columns."""
    decorate: Callable[[ModelClass], ModelClass] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        base_model=HistoryEvent,
        exclude=list(exclude),
    )
    return decorate


def tracked_in_bulk() -> Callable[[ModelClass], ModelClass]:
    """Keep every row of the model as it was before an update or delete, one statement for all rows it touched.

    For rows that come by thousands and name on each what brought them (their delivery): that is the history of
    their arrival, so an insert costs nothing more. What a row was lies in the events, what it is in the table.
    """
    decorate: Callable[[ModelClass], ModelClass] = pghistory.track(
        pghistory.UpdateEvent(row=pghistory.Old, level=pgtrigger.Statement),
        pghistory.DeleteEvent(level=pgtrigger.Statement),
        base_model=HistoryEvent,
    )
    return decorate


@contextmanager
def acting(*, by_id: int | None, by_name: str, reason: str) -> Iterator[None]:
    """One transaction whose history rows carry who acted and why.

    The name is stored as a value, so that the history stays readable when the account is gone.
    The reason is stored in German (gettext_noop) and translated where it is read.
    """
    with transaction.atomic(), pghistory.context(user=by_id, name=by_name, reason=reason):
        yield
