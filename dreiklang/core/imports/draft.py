"""What importers build candidates with: read a field of a row, note what is wrong, go on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Candidate, FoundProblem, MappedRow, Options
from dreiklang.core.imports.lookup import PROPOSALS, Lookup, plain
from dreiklang.core.imports.mapping import as_json, as_text, parts
from dreiklang.core.nearest import nearest
from dreiklang.core.reading import Order, Refused, read_cost, read_date
from dreiklang.core.values import Unknown

__all__ = ["SLASHES", "Draft", "Lookup", "refused"]

# How a day with slashes is written, by the option.
SLASHES = {"dmy": Order.DAY_FIRST, "mdy": Order.MONTH_FIRST}
_YES = frozenset({"ja", "j", "x", "yes", "y", "wahr", "true", "1"})
_NO = frozenset({"nein", "n", "no", "falsch", "false", "0"})


@dataclass
class Draft:
    """A row on its way to a candidate. Each reader sets the field's value, or notes a problem and leaves it.

    A field that the list does not have is not touched by any reader.
    """

    row: MappedRow
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[FoundProblem] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether the list has a column for the field."""
        return name in self.row.cells

    def cell(self, name: str) -> str:
        """The cell as text; empty if there is none."""
        return as_text(self.row.cells.get(name))

    def set(self, name: str, value: Any) -> None:
        """Give the field a value (JSON-able)."""
        self.values[name] = value

    def note(
        self,
        code: str,
        name: str = "",
        value: str | None = None,
        *,
        weight: Weight = Weight.ERROR,
        proposals: tuple[str, ...] = (),
    ) -> None:
        """Note a problem; an ERROR refuses the row, a WARNING leaves the field as it was."""
        shown = self.cell(name) if value is None else value
        self.problems.append(FoundProblem(code, self.row.number, name, shown, weight, proposals))

    def text(self, name: str, *, longest: int | None = None) -> str:
        """The cell as text. What is longer than the field allows refuses the row."""
        if not self.has(name):
            return ""
        value = self.cell(name)
        if longest is not None and len(value) > longest:
            self.note("too_long", name, f"{value[:60]}… ({len(value)} > {longest})")
            return value
        self.set(name, value)
        return value

    def choice(self, name: str, words: Mapping[str, str], *, empty: Any = "") -> str | None:
        """One of a closed list: `words` are the recognised words → the value."""
        text = self.cell(name)
        if not self.has(name):
            return None
        if not text:
            self.set(name, empty)
            return None
        known = {plain(word): value for word, value in words.items()}
        value = known.get(plain(text))
        if value is None:
            self.unknown_word(name, text, words)
            return None
        self.set(name, value)
        return value

    def unknown_word(self, name: str, text: str, words: Iterable[str]) -> None:
        """Note that a word is none of a closed list, with the nearest of it."""
        self.note("unknown_word", name, text, proposals=tuple(nearest(text, list(words), limit=PROPOSALS)))

    def flag(self, name: str) -> bool | None:
        """Yes or no; an empty cell is no."""
        if not self.has(name):
            return None
        text = self.cell(name).casefold()
        if text and text not in _YES | _NO:
            self.note("unknown_word", name, proposals=("ja", "nein"))
            return None
        self.set(name, text in _YES)
        return text in _YES

    def day(self, name: str, options: Options) -> date | None:
        """A day; "31.02.2025" refuses the row, an empty cell and "k. A." clear the field."""
        if not self.has(name):
            return None
        found = read_date(self.row.cells[name], slashes=SLASHES.get(options.days))
        if isinstance(found, Refused):
            self.note(found.code, name)
            return None
        day = None if isinstance(found, Unknown) else found
        self.set(name, day.isoformat() if day else None)
        return day

    def cost(self, name: str, *, words: str, longest: int = 300) -> bool:
        """An amount in euros, or its words where it cannot be said yet; both fields are set.

        True if the amount is only approximate. What cannot be read without guessing refuses the row.
        """
        if not self.has(name):
            return False
        found = read_cost(self.row.cells[name])
        if isinstance(found, Refused):
            self.note(found.code, name)
            return False
        self.set(words, found.words[:longest])
        if isinstance(found, Unknown):
            self.set(name, None)
            return False
        self.set(name, str(found.amount.amount))
        return found.approximate

    def reference(self, name: str, known: Lookup, *, code: str, weight: Weight = Weight.ERROR) -> str | None:
        """The key of the record that the cell names; unknown ones are never created."""
        if not self.has(name):
            return None
        if not self.cell(name):
            self.set(name, None)
            return None
        key = known.find(self.cell(name))
        if key is None:
            self.note(code, name, weight=weight, proposals=known.proposals(self.cell(name)))
            return None
        self.set(name, key)
        return key

    def references(self, name: str, known: Lookup, *, code: str, weight: Weight = Weight.ERROR) -> list[str]:
        """The keys of all records that the cell names, sorted. With a WARNING the known ones are kept."""
        if not self.has(name):
            return []
        found: set[str] = set()
        unknown = 0
        whole = known.find(self.cell(name)) if self.cell(name) else None
        for part in () if whole else parts(self.row.cells[name]):
            for one in _one_or_listed(part, known):
                key = known.find(one)
                if key is None:
                    unknown += 1
                    self.note(code, name, one, weight=weight, proposals=known.proposals(one))
                else:
                    found.add(key)
        if whole:
            found.add(whole)
        if found or not unknown:
            self.set(name, sorted(found))
        return sorted(found)

    def names(self, name: str) -> None:
        """A list of names that are nobody's keys, each once, in alphabetical order."""
        if self.has(name):
            self.set(name, sorted(set(parts(self.row.cells[name]))))

    def keep_rest(self, name: str) -> None:
        """Columns that mean none of our fields, as lines of the note field: nothing is lost."""
        if self.row.extra:
            lines = [f"{header}: {as_text(value)}" for header, value in self.row.extra.items()]
            own = self.values.get(name) or self.cell(name)
            self.set(name, "\n".join([own, *lines] if own else lines))

    def candidate(
        self,
        *,
        key: str,
        label: str = "",
        foreign_key: str = "",
        needs: Iterable[str | None] = (),
        wishes: Iterable[tuple[str, str | None]] = (),
    ) -> Candidate:
        """The row as understood. Empty `needs` and `wishes` are left out."""
        cells = {name: as_json(value) for name, value in self.row.cells.items()}
        return Candidate(
            row=self.row.number,
            key=key,
            label=label or key,
            values=self.values,
            cells={**cells, **{f"+{name}": value for name, value in self.row.extra.items()}},
            problems=(*self.row.problems, *self.problems),
            foreign_key=foreign_key,
            needs=tuple(one for one in needs if one),
            wishes=tuple((name, one) for name, one in wishes if one),
        )


def refused(candidate: Candidate, *problems: FoundProblem) -> Candidate:
    """The candidate with further problems, found when all rows were known (cycles and the like)."""
    return replace(candidate, problems=(*candidate.problems, *problems))


def _one_or_listed(part: str, known: Lookup) -> list[str]:
    """A part that names nothing as a whole may be a list with commas."""
    if known.find(part) is not None or "," not in part:
        return [part]
    return [one.strip() for one in part.split(",") if one.strip()]
