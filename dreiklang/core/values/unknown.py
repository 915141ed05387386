"""A result that could not be had, with the reason why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeGuard, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A result that is not known: the reason as a code, and the words of the source if it had any.

    It has no truth value: `if cost:` would treat "nobody knows" and "nothing" alike, so asking raises.
    Ask `known(cost)`, or `cost.is_unknown` in a template.
    """

    reason: str
    words: str = ""

    def __post_init__(self) -> None:
        if not self.reason:
            raise ValueError("an unknown value needs a reason")

    def __bool__(self) -> NoReturn:
        raise TypeError(f"unknown ({self.reason}) is neither true nor false: ask known() instead")

    @property
    def is_unknown(self) -> Literal[True]:
        """True. Other values lack the attribute, which a template reads as false."""
        return True


def known(value: T | Unknown | None) -> TypeGuard[T]:
    """Whether there is a value: neither Unknown nor None."""
    return value is not None and not isinstance(value, Unknown)


def first_known(values: Iterable[T | Unknown], *, reason: str = "none_known") -> T | Unknown:
    """The first value that is known.

    unknown: the first Unknown met (its reason says most), or `reason` when there was no value at all.
    """
    first: Unknown | None = None
    for value in values:
        if not isinstance(value, Unknown):
            return value
        first = first if first is not None else value
    return first if first is not None else Unknown(reason)
