"""What an importer of a subject is, and the values that pass between it and the engine.

outside file → Table → (mapping) → `MappedRow` → importer.parse → `Candidate` → compare → write
Parsing never touches tables, writing never touches source formats.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

from dreiklang.core.enums import Weight
from dreiklang.core.tables import Limits, Table, read_table

TABLE_ENDINGS = (".xlsx", ".csv", ".json")


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
    is_key: bool = False


@dataclass(frozen=True)
class OptionField:
    """Something the user may say about a list of this kind, beyond the columns (CRS, level …)."""

    name: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str | Promise], ...] = ()
    is_flag: bool = False
    # The page offers the rows of the list with a tick each; the value is the list of ticked labels.
    ticks_rows: bool = False
    default: str = ""
    # Asked together with the file: without it some files cannot be read at all.
    asked_first: bool = False


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
    """A row after mapping: our field names → the cells as read; `extra` holds unmapped columns by header.

    A field whose column the list does not have is absent from `cells`; an emptied cell is there as None.
    """

    number: int
    cells: Mapping[str, Any]
    extra: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[FoundProblem, ...] = ()


@dataclass(frozen=True)
class Options:
    """What is known about the list besides its rows.

    `numbers` is "de", "en" or "" (each number by itself); `days` is "dmy", "mdy" or "" likewise.
    `special` holds the importer's own `OptionField`s; `facts` what its `read` found in the file;
    `known` the objects that rows of this source became earlier: the row's key → the object's key.
    """

    source: str = ""
    numbers: str = ""
    days: str = ""
    special: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A row understood: `values` are JSON-able, one per field that the list gives (and only those).

    Related records are named by their keys (department key, goal numbers), never by database ids.
    `is_refused` rows are reported and left out. `key` is the object's key; `foreign_key` the row's key
    in the source where that is another one (an id of a foreign system). `needs` are keys of objects of
    the same kind that must be there (a parent): if one is refused, so is this row. `wishes` are fields with
    such a key that can wait (a deputy): if it is refused, the field is left out with a warning.
    """

    row: int
    key: str
    label: str
    values: Mapping[str, Any]
    cells: Mapping[str, Any]
    problems: tuple[FoundProblem, ...] = ()
    foreign_key: str = ""
    needs: tuple[str, ...] = ()
    wishes: tuple[tuple[str, str], ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(problem.weight is Weight.ERROR for problem in self.problems)

    @property
    def row_key(self) -> str:
        """The key under which the source knows the row."""
        return self.foreign_key or self.key


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

    @property
    def after(self) -> dict[str, Any]:
        """The new values of exactly these fields."""
        return {one.field: one.after for one in self.differences}


@dataclass(frozen=True)
class Actor:
    """Who imports, stored as a value: `core` knows no accounts."""

    id: int | None
    name: str


class Importer(ABC):
    """What a subject gives the engine for one kind of list. See README.md in this folder."""

    kind: str
    title: str
    fields: Sequence[ListField]
    sort: int
    intro: str = ""
    # What the number of a problem counts: rows as in Excel, or the features of a GeoJSON file.
    row_word: str = "Zeile"
    endings: tuple[str, ...] = TABLE_ENDINGS
    option_fields: Sequence[OptionField] = ()
    # Whether the list may also come from a WFS or an OGC API by its address.
    reads_services: bool = False
    # Sentences for codes of its own; the rest stands in wording.py.
    sentences: Mapping[str, str] = {}

    def read(
        self, source: bytes | Path, *, file_name: str, options: Options, limits: Limits, **place: Any
    ) -> tuple[Table, Mapping[str, Any]]:
        """The list in the file, and facts about it for `Options.facts`.

        `place` may hold `sheet`, `header_row`, `encoding` and `delimiter`. Raises: CannotRead.
        """
        return read_table(source, filename=file_name, limits=limits, **place), {}

    @abstractmethod
    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Understand the rows; problems are collected in the candidates, nothing is written.

        May read lookups (departments, goals) once, not per row.
        """

    @abstractmethod
    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """The current values of those keys, in the same form as `Candidate.values`."""

    @abstractmethod
    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Write in bulk inside the engine's transaction. Nothing is ever deleted."""

    def shown(self, name: str, value: Any) -> Any:
        """A value as the report keeps it: JSON for people. For values too long to show (geometry)."""
        return value
