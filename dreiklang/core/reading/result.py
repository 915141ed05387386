"""What reading ends in when there is no value: refused, or stated to be unknown."""

import re
from dataclasses import dataclass

from dreiklang.core.values import Unknown

# Signs and words that stand for "nothing entered here".
_NOT_STATED = re.compile(
    r"[-–—−./?…x*]+|k\.? ?a\.?|keine angaben?|ohne angaben?|n\.? ?/? ?a\.?|n\.? ?n\.?|none|null|unbekannt|unknown",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that cannot be read without guessing: why, as a code, and what was written.

    Codes: not_a_number, ambiguous_number, not_a_share, unit_missing, not_a_day, no_such_day, number_as_date,
    other_notation, ambiguous_period, ends_before_start, other_currency, more_than_cents, negative_cost,
    error_value.
    """

    code: str
    value: str


def tidy(value: str) -> str:
    """Text with single ordinary spaces and plain hyphens for reading; what is kept is always the original."""
    return " ".join(value.replace("\u2212", "-").split())


def not_stated(value: object) -> Unknown | None:
    """Unknown when the cell is empty or says that nothing is stated."""
    if value is None:
        return Unknown("not_stated")
    if not isinstance(value, str):
        return None
    words = tidy(value)
    if not words:
        return Unknown("not_stated")
    return Unknown("not_stated", value.strip()) if _NOT_STATED.fullmatch(words) else None
