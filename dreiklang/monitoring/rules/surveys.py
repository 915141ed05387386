"""Surveys: which results stay hidden, and how the answers to one question go on over the years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dreiklang.core.values import Unknown

from .suppression import Cell, Line, suppress
from .values import ReleaseState


class SurveyKind(StrEnum):
    """People were asked, or something was looked into by other means."""

    SURVEY = "survey"
    STUDY = "study"


class SurveyMode(StrEnum):
    """How people were asked."""

    PAPER = "paper"
    ONLINE = "online"
    MIXED = "mixed"
    PHONE = "phone"
    FACE = "face"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Asked:
    """How many people of one place and one group answered a question.

    place   of the city, or "" for all who were asked
    group   "Alter: 18 bis 29", or "" for everybody; what stands before the colon says what groups belong together
    """

    place: str
    group: str
    count: int | Unknown


def hidden_groups(asked: Iterable[Asked], *, below: int) -> frozenset[tuple[str, str]]:
    """The (place, group) whose results may not be shown: too few answered, or they would give such a group away.

    Groups of one kind add up to everybody, places to the whole: so one hidden alone could be reckoned from the others.
    Raises: ValueError for a threshold below 2; CannotSuppress where a group stands twice.
    """
    every = list(asked)
    cells = [Cell(_key(one.place, one.group), _value(one.count)) for one in every]
    states = suppress(cells, _lines(every), below=below)
    hidden = {key for key, state in states.items() if state is not ReleaseState.RELEASED}
    return frozenset((one.place, one.group) for one in every if _key(one.place, one.group) in hidden)


def kind_of_group(group: str) -> str:
    """What a group belongs to: "Alter: 18 bis 29" to "Alter"; without a colon it stands for itself."""
    return group.partition(":")[0].strip() if ":" in group else ""


def _lines(every: Iterable[Asked]) -> Iterator[Line]:
    """Groups of one kind add up to all of their place; places of one group to the whole city."""
    of_kind: dict[tuple[str, str], list[str]] = {}
    of_group: dict[str, list[str]] = {}
    keys = set()
    for one in every:
        key = _key(one.place, one.group)
        keys.add(key)
        if one.group:
            of_kind.setdefault((one.place, kind_of_group(one.group)), []).append(key)
        if one.place:
            of_group.setdefault(one.group, []).append(key)
    for (place, kind), parts in of_kind.items():
        yield _line(f"g|{place}|{kind}", parts, _key(place, ""), keys)
    for group, parts in of_group.items():
        yield _line(f"p|{group}", parts, _key("", group), keys)


def _line(name: str, parts: list[str], total: str, keys: set[str]) -> Line:
    return Line(name, tuple(parts), total if total in keys else None)


def _key(place: str, group: str) -> str:
    return f"{place}\x1f{group}"


def _value(count: int | Unknown) -> Decimal | Unknown:
    return count if isinstance(count, Unknown) else Decimal(count)
