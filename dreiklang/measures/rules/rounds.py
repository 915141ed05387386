"""Deadlines of a reporting round from the bottom up, and which letter is due. docs/rules/reporting-deadlines.md"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from dreiklang.measures.rules.values import ReminderKind

AddWorkdays = Callable[[date, int], date]


@dataclass(frozen=True)
class ReminderTerms:
    """How many working days before and after a deadline the letters go out."""

    first_workdays: int = 5
    escalation_workdays: int = 5


class CircleOfParts(ValueError):
    """A measure is, over some steps, a part of itself."""


def heights(parents: Mapping[int, int | None]) -> dict[int, int]:
    """Levels of parts below each measure: 0 without parts, else one more than its highest part.

    `parents` maps a measure to the one it is part of. Raises: CircleOfParts.
    """
    found: dict[int, int] = dict.fromkeys(parents, 0)
    for start in parents:
        seen, height, above = {start}, 0, parents[start]
        while above is not None:
            if above in seen:
                raise CircleOfParts(start)
            seen.add(above)
            height += 1
            found[above] = max(found.get(above, 0), height)
            above = parents.get(above)
    return found


def deadlines(
    parents: Mapping[int, int | None], *, due_on: date, level_workdays: int, add_workdays: AddWorkdays
) -> dict[int, date]:
    """The day each measure's report is due: parts first, each level `level_workdays` later."""
    levels = heights(parents)
    by_height = {height: add_workdays(due_on, height * level_workdays) for height in set(levels.values())}
    return {measure: by_height[height] for measure, height in levels.items()}


def reminder_days(
    deadline: date, *, terms: ReminderTerms, add_workdays: AddWorkdays
) -> dict[ReminderKind, date]:
    """When each letter goes out: before the deadline, the working day after it, then up the line."""
    return {
        ReminderKind.FIRST: add_workdays(deadline, -terms.first_workdays),
        ReminderKind.OVERDUE: add_workdays(deadline, 1),
        ReminderKind.ESCALATION_HEAD: add_workdays(deadline, terms.escalation_workdays),
        ReminderKind.ESCALATION_COMMAND: add_workdays(deadline, 2 * terms.escalation_workdays),
    }


def letter_due(
    days: Mapping[ReminderKind, date], *, today: date, sent: Collection[ReminderKind]
) -> ReminderKind | None:
    """The one letter due today, or None.

    When days were missed (the worker stood still), only the latest letter goes out, not all at once;
    one that was overtaken by a later one never goes out any more.
    """
    reached = [kind for kind in ReminderKind if days[kind] <= today]
    if not reached or any(kind in sent for kind in _from(reached[-1])):
        return None
    return reached[-1]


def _from(kind: ReminderKind) -> list[ReminderKind]:
    every = list(ReminderKind)
    return every[every.index(kind) :]
