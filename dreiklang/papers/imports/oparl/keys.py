"""Addresses for papers and meetings that come from outside: their own number or name and day, and unique."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone

from dreiklang.papers.models import Meeting
from dreiklang.papers.rules.keys import free_key, key_of

TRIED_AT_ONCE = 6


class _Taken:
    """The keys that somebody has: those that may be wanted are asked for at once, the rest one by one."""

    def __init__(self, model: type[Model], wanted: Sequence[str]) -> None:
        self.model = model
        tried = [key if n == 1 else f"{key}-{n}" for key in wanted for n in range(1, TRIED_AT_ONCE)]
        rows = model._default_manager.filter(key__in=tried)
        self.asked = set(tried)
        self.keys: set[str] = set(rows.values_list("key", flat=True))

    def __contains__(self, key: object) -> bool:
        if key not in self.asked and self.model._default_manager.filter(key=key).exists():
            self.keys.add(str(key))
        return key in self.keys


def give_keys(model: type[Model], rows: Sequence[Any]) -> list[tuple[str, Any]]:
    """Give each row its key; (number, row) of papers whose number another paper has already."""
    words = [_words(model, row) for row in rows]
    taken = _Taken(model, [key_of(each) for each in words])
    twice = []
    for row, each in zip(rows, words, strict=True):
        row.key = free_key(each, taken=taken)
        taken.keys.add(row.key)
        taken.asked.add(row.key)
        if model is not Meeting and row.key != key_of(each):
            twice.append((row.number, row))
    return twice


def _words(model: type[Model], row: Any) -> str:
    if model is not Meeting:
        return str(row.number)
    day = timezone.localdate(row.starts_at).isoformat() if row.starts_at else ""
    # The brackets only say what is public: "Gemeinderat (öffentlich/nicht öffentlich)".
    return f"{day} {row.name.split('(')[0] or row.name}"
