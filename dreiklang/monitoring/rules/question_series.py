"""A question over the years: pieces that can be compared with each other, from one change of the question to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class AskedOnce(Generic[Said]):
    """One time the question was asked. `is_changed`: otherwise than the time before; `why` says how."""

    on: date
    said: Said
    is_changed: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Piece(Generic[Said]):
    """Times that can be compared, oldest first. `why`: what changed before the first of them; empty for the first piece."""

    times: tuple[AskedOnce[Said], ...]
    why: str = ""
    is_after_break: bool = False


def pieces(times: Sequence[AskedOnce[Said]]) -> tuple[Piece[Said], ...]:
    """The course of a series, broken where the question was asked otherwise. The very first time breaks nothing."""
    found: list[list[AskedOnce[Said]]] = []
    for one in sorted(times, key=lambda time: time.on):
        if not found or one.is_changed:
            found.append([one])
        else:
            found[-1].append(one)
    return tuple(
        Piece(tuple(part), part[0].why if number else "", number > 0) for number, part in enumerate(found)
    )
