"""Links of many records at once: exactly what a list says, and nothing touched that stays."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

Pairs = Mapping[tuple[int, int], Mapping[str, Any]]


def link_exactly(
    model: type[models.Model], *, owner: str, other: str, owners: Collection[int], wanted: Pairs
) -> None:
    """Makes the links of `owners` exactly `wanted`: (owner id, other id) → facts of the link.

    Links that stay as they are are not written, so that the history tells only what changed. Three
    statements, however many links. Links that change are removed and made anew, removed first: a
    constraint such as one main goal holds at every moment.
    """
    own, theirs = f"{owner}_id", f"{other}_id"
    stored = {
        (getattr(one, own), getattr(one, theirs)): one
        for one in model._default_manager.filter(**{f"{own}__in": owners})
    }
    staying = {pair for pair, one in stored.items() if pair in wanted and not _differs(one, wanted[pair])}
    gone = [one.pk for pair, one in stored.items() if pair not in staying]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(
        model(**{own: pair[0], theirs: pair[1]}, **facts)
        for pair, facts in wanted.items()
        if pair not in staying
    )


def _differs(link: models.Model, facts: Mapping[str, Any]) -> bool:
    return any(getattr(link, name) != value for name, value in facts.items())
