"""Counts, lists and the unknown in words."""

from collections.abc import Iterable, Mapping

from dreiklang.core.values import Unknown

from .language import wording


def count(n: int, one: str, many: str) -> str:
    """A number with its noun: 1 Maßnahme, 3 Maßnahmen, 0 Maßnahmen."""
    return f"{n:,}".replace(",", wording().group) + " " + (one if n == 1 else many)


def listing(items: Iterable[object]) -> str:
    """Things in a row: a, b und c."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {wording().last} {words[-1]}"


def quantity_word(n: int) -> str:
    """A small number as a word, null to zwölf; larger ones in figures."""
    words = wording().quantities
    if 0 <= n < len(words):
        return words[n]
    return f"{n:,}".replace(",", wording().group)


def unknown(value: Unknown, reasons: Mapping[str, object] | None = None) -> str:
    """What is said where a value is missing: the words of the source, else the reason, else just "unbekannt".

    A subject gives the wording of its own reason codes in `reasons`; those of core are known here.
    """
    if value.words:
        return value.words
    said = (reasons or {}).get(value.reason) or wording().reasons.get(value.reason)
    return f"{wording().unknown} ({said})" if said else wording().unknown
