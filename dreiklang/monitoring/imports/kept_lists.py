"""What the small lists of monitoring have in common: plain fields, days, and references by key.

A record is found by its key, gets what the list gives, and is saved with its history; nothing else is touched.
"""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models

from dreiklang.core.enums import Visibility
from dreiklang.core.imports.contract import Actor, Candidate, ChangedRow, Importer, Options
from dreiklang.core.imports.draft import Draft
from dreiklang.monitoring.imports import cells

Ids = Callable[[Collection[str]], Mapping[str, int]]
Found = Mapping[str, Mapping[str, int]]
# What the fields of the tables hold: a few numbers in order, and people.
MOST_IN_ORDER, MOST_COUNTED = 32_767, 2_147_483_647


class KeptList(Importer):
    """A list whose rows become records of one table.

    plain       fields taken as they are
    days        fields with a day
    references  field → (attribute of the related record that is its key, function from keys to ids)
    """

    plain: Sequence[str] = ()
    days: Sequence[str] = ()
    references: Mapping[str, tuple[Callable[[Any], str], Ids]] = {}

    @abstractmethod
    def stored(self, keys: Sequence[str]) -> Mapping[str, Any]:
        """The records of these keys."""

    @abstractmethod
    def fresh(self, key: str, values: Mapping[str, Any]) -> models.Model:
        """A record that is not there yet, with what makes its key."""

    def values_of(self, record: Any) -> dict[str, Any]:
        """What stands in a record, in the form of `Candidate.values`."""
        return {
            **{name: getattr(record, name) for name in self.plain},
            **{name: day.isoformat() if (day := getattr(record, name)) else None for name in self.days},
            **{
                name: key_of(other) if (other := getattr(record, name)) else None
                for name, (key_of, _ids) in self.references.items()
            },
        }

    def link(self, record: Any, values: Mapping[str, Any]) -> None:
        """What hangs on the record, after it was saved."""

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        return {key: self.values_of(record) for key, record in self.stored(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Each record with what the list gives of it."""
        given = {one.key: dict(one.values) for one in new} | {row.candidate.key: row.after for row in changed}
        if not given:
            return
        there, found = self.stored(list(given)), self._found(given.values())
        for key, values in given.items():
            record = there.get(key) or self.fresh(key, values)
            self._fill(record, values, found)
            if record.pk and hasattr(record, "version"):
                record.version += 1
            record.save()
            self.link(record, values)

    def _found(self, given: Iterable[Mapping[str, Any]]) -> Found:
        rows = list(given)
        return {
            name: ids({row[name] for row in rows if row.get(name)})
            for name, (_key_of, ids) in self.references.items()
        }

    def _fill(self, record: Any, values: Mapping[str, Any], found: Found) -> None:
        for name in self.plain:
            if name in values:
                setattr(record, name, values[name])
        for name in self.days:
            if name in values:
                setattr(record, name, date.fromisoformat(values[name]) if values[name] else None)
        for name in self.references:
            if name in values:
                setattr(record, f"{name}_id", found[name].get(values[name]) if values[name] else None)


def read_visibility(draft: Draft, name: str) -> None:
    """Yes makes it public; the field becomes the word of the closed list."""
    flag = draft.flag(name)
    if flag is not None:
        draft.set(name, Visibility.PUBLIC.value if flag else Visibility.INTERNAL.value)


def read_count(
    draft: Draft, name: str, options: Options, *, least: int = 0, most: int = MOST_COUNTED
) -> int | None:
    """A whole number between two ends; what is none refuses the row, an empty cell clears the field."""
    number = cells.number(draft, name, options)
    if number is None:
        return None
    if number != number.to_integral_value() or not least <= number <= most:
        draft.note("not_a_whole_number", name)
        draft.values.pop(name, None)
        return None
    draft.set(name, int(number))
    return int(number)
