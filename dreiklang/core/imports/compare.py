"""What a list would do to what is there: row by row, with three sides. Pure.

The three sides of a field: the list now, the list at its last import, and the record as people have
meanwhile changed it. A cell that did not change since then never overwrites anybody's work.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from dreiklang.core.enums import Outcome, Weight
from dreiklang.core.imports.contract import Candidate, ChangedRow, Difference, FoundProblem, ListField

LONGEST_KEPT = 400
_ABSENT = object()

LIST, OURS = "list", "ours"


@dataclass(frozen=True)
class Remembered:
    """A row at its last import: the object it became, and what its fields held then."""

    object_key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Compared:
    """One row with its outcome. `kept` are fields whose new state is not remembered: still open."""

    row: int | None
    row_key: str
    label: str
    outcome: Outcome
    candidate: Candidate | None = None
    differences: tuple[Difference, ...] = ()
    problems: tuple[FoundProblem, ...] = ()
    open_fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Comparison:
    """All rows in order of the file, the missing ones last."""

    rows: tuple[Compared, ...]

    def of(self, outcome: Outcome) -> list[Compared]:
        """The rows with that outcome."""
        return [row for row in self.rows if row.outcome is outcome]

    def count(self, outcome: Outcome) -> int:
        """How many rows have that outcome."""
        return sum(1 for row in self.rows if row.outcome is outcome)

    @property
    def new(self) -> list[Candidate]:
        return [row.candidate for row in self.of(Outcome.NEW) if row.candidate]

    @property
    def changed(self) -> list[ChangedRow]:
        return [
            ChangedRow(row.candidate, row.differences) for row in self.of(Outcome.CHANGED) if row.candidate
        ]


@dataclass(frozen=True)
class Sides:
    """What the list is compared with. `decisions`: row key → field → LIST or OURS, where both changed."""

    existing: Mapping[str, Mapping[str, Any]]
    remembered: Mapping[str, Remembered] = field(default_factory=dict)
    decisions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def compared(candidates: Iterable[Candidate], sides: Sides, fields: Sequence[ListField]) -> Comparison:
    """The outcome of each row, and of each row of earlier imports that the list no longer has."""
    checked = _without_doubles(candidates)
    required = [one.name for one in fields if one.is_required]
    accepted = _with_needs([_with_required(one, required, sides.existing) for one in checked], sides.existing)
    rows = [_compared(candidate, sides) for candidate in accepted]
    seen = {candidate.row_key for candidate in checked}
    missing = [
        Compared(None, key, known.object_key, Outcome.MISSING)
        for key, known in sorted(sides.remembered.items())
        if key not in seen
    ]
    return Comparison((*rows, *missing))


def kept_form(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are remembered: long ones only as their fingerprint."""
    return {name: _short(value) for name, value in values.items()}


def remembered_values(row: Compared, before: Remembered | None) -> dict[str, Any]:
    """What to remember of a row after its import: fields still open keep what was remembered before."""
    assert row.candidate is not None  # noqa: S101 (only rows that were read are remembered)
    old = dict(before.values) if before else {}
    new = kept_form({n: v for n, v in row.candidate.values.items() if n not in row.open_fields})
    return {**old, **new}


def _without_doubles(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The second row of a key is refused, and the first one says so too."""
    found: list[Candidate] = []
    first_at: dict[str, int] = {}
    for candidate in candidates:
        at = first_at.setdefault(candidate.row_key, len(found)) if candidate.row_key else len(found)
        if at < len(found):
            first = found[at]
            found[at] = _with(first, "key_again", str(candidate.row), Weight.WARNING)
            found.append(_with(candidate, "duplicate_key", str(first.row), Weight.ERROR))
        else:
            found.append(candidate)
    return found


def _with(candidate: Candidate, code: str, value: str, weight: Weight) -> Candidate:
    problem = FoundProblem(code, candidate.row, value=value, weight=weight)
    return replace(candidate, problems=(*candidate.problems, problem))


def _with_needs(candidates: list[Candidate], existing: Mapping[str, Any]) -> list[Candidate]:
    """Refuses rows that need a refused one, and rows that need those, until nothing changes."""
    related = any(one.needs or one.wishes for one in candidates)
    while related:
        there = existing.keys() | {one.key for one in candidates if not one.is_refused}
        checked = [_with_need(one, there) for one in candidates]
        related = any(new is not old for new, old in zip(checked, candidates, strict=True))
        candidates = checked
    return candidates


def _with_need(candidate: Candidate, there: Set[str]) -> Candidate:
    absent = [key for key in candidate.needs if key not in there]
    if absent and not candidate.is_refused:
        return _with(candidate, "needs_refused", ", ".join(absent), Weight.ERROR)
    vain = [(name, key) for name, key in candidate.wishes if key not in there]
    if not vain:
        return candidate
    problems = [FoundProblem("needs_refused", candidate.row, name, key, Weight.WARNING) for name, key in vain]
    return replace(
        candidate,
        values={name: value for name, value in candidate.values.items() if name not in dict(vain)},
        wishes=tuple(wish for wish in candidate.wishes if wish not in vain),
        problems=(*candidate.problems, *problems),
    )


def _compared(candidate: Candidate, sides: Sides) -> Compared:
    current = sides.existing.get(candidate.key)
    if candidate.is_refused:
        return _row(candidate, Outcome.REFUSED)
    if current is None:
        return _row(candidate, Outcome.NEW)
    before = sides.remembered.get(candidate.row_key)
    base = before.values if before else {}
    decided = sides.decisions.get(candidate.row_key, {})
    differences: list[Difference] = []
    open_fields: list[str] = []
    problems: list[FoundProblem] = []
    for name, value in candidate.values.items():
        now = current.get(name)
        if value == now or _short(value) == base.get(name, _ABSENT):
            continue
        if name in base and _short(now) != base[name] and decided.get(name) != LIST:
            if decided.get(name) != OURS:
                open_fields.append(name)
                problems.append(_both_changed(candidate, name, value, now))
            continue
        differences.append(Difference(name, now, value))
    outcome = Outcome.CHANGED if differences else Outcome.UNCHANGED
    candidate = replace(candidate, problems=(*candidate.problems, *problems))
    return replace(
        _row(candidate, outcome), differences=tuple(differences), open_fields=frozenset(open_fields)
    )


def _with_required(candidate: Candidate, required: Sequence[str], existing: Mapping[str, Any]) -> Candidate:
    """A new record needs all required fields; an existing one must not lose any."""
    is_new = candidate.key not in existing
    noted = {problem.field for problem in candidate.problems if problem.weight is Weight.ERROR}
    absent = [
        name
        for name in required
        if name not in noted and (_is_empty(candidate.values[name]) if name in candidate.values else is_new)
    ]
    problems = tuple(FoundProblem("required_empty", candidate.row, name) for name in absent)
    return replace(candidate, problems=(*candidate.problems, *problems)) if problems else candidate


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def _both_changed(candidate: Candidate, name: str, theirs: Any, ours: Any) -> FoundProblem:
    shown = json.dumps({"list": _short(theirs), "ours": _short(ours)}, ensure_ascii=False, default=str)
    return FoundProblem("changed_on_both_sides", candidate.row, name, shown, Weight.WARNING)


def _row(candidate: Candidate, outcome: Outcome) -> Compared:
    return Compared(
        candidate.row,
        candidate.row_key,
        candidate.label,
        outcome,
        candidate=candidate,
        problems=candidate.problems,
    )


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) <= LONGEST_KEPT:
        return value
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(text) <= LONGEST_KEPT:
        return value
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
