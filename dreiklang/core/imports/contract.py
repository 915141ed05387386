"""What an importer of a subject is, and the values that pass between it and the engine.

outside file → Table → (mapping) → `MappedRow` → importer.parse → `Candidate` → compare → write
Parsing never touches tables, writing never touches source formats.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from dreiklang.core.enums import Weight


@dataclass(frozen=True)
class ListField:
    """One field of a list: the column of our template, and names under which it is recognised."""

    name: str
    label: str
    is_required: bool = False
    hint: str = ""
    example: str = ""
    aliases: tuple[str, ...] = ()
    is_multiple: bool = False


@dataclass(frozen=True)
class FoundProblem:
    """Something wrong with one cell; `row` is the number the user sees in the file."""

    code: str
    row: int | None = None
    field: str = ""
    value: str = ""
    weight: Weight = Weight.ERROR
    proposals: tuple[str, ...] = ()


@dataclass(frozen=True)
class MappedRow:
    """A row after mapping: our field names → the cells as read; `extra` holds unmapped columns by header."""

    number: int
    cells: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A row understood: `values` are JSON-able, one per field that the list gives (and only those).

    Related records are named by their keys (department key, goal numbers), never by database ids.
    `is_refused` rows are reported and left out.
    """

    row: int
    key: str
    label: str
    values: Mapping[str, Any]
    cells: Mapping[str, Any]
    problems: tuple[FoundProblem, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(problem.weight is Weight.ERROR for problem in self.problems)


@dataclass(frozen=True)
class Difference:
    """One field that a row changes."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ChangedRow:
    """A candidate with what it changes; only these fields are written."""

    candidate: Candidate
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Actor:
    """Who imports, stored as a value: `core` knows no accounts."""

    id: int | None
    name: str


class Importer(Protocol):
    """What a subject gives the engine for one kind of list."""

    kind: str
    title: str
    fields: Sequence[ListField]
    sort: int

    def parse(self, rows: Sequence[MappedRow], options: Mapping[str, Any]) -> Iterable[Candidate]:
        """Understand the rows; problems are collected in the candidates, nothing is written.

        May read lookups (departments, goals) once, not per row.
        """

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """The current values of those keys, in the same form as `Candidate.values`."""

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Write in bulk inside the engine's transaction. Nothing is ever deleted."""
