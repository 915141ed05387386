"""The names most like one that is not known: proposals for a person, never a decision."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_ABBREVIATIONS = {
    "f": "fur",
    "u": "und",
    "abt": "abteilung",
    "ref": "referat",
    "dez": "dezernat",
    "fb": "fachbereich",
    "fd": "fachdienst",
    "sg": "sachgebiet",
    "str": "strasse",
    "pl": "platz",
    "massn": "massnahme",
    "verw": "verwaltung",
}
_LITTLE = frozenset(
    {"fur", "und", "der", "die", "das", "des", "den", "dem", "von", "zur", "zum", "am", "im", "in", "an"}
)
# Words that many names share and that tell little.
_WEAK = _LITTLE | {"amt", "stadt", "fachbereich", "fachdienst"}
_LEAST_SCORE = 0.45
_SAME_WORD = 0.75
_ACRONYM_SCORE = 0.9


def nearest(name: str, candidates: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """The candidates most like the name, best first, at most `limit`; empty if none is like it.

    Forgives case, umlauts (ä, ae, a), abbreviations ("Amt f. Umwelt"), word order, "…amt" at the end, initials and
    typos. The same input always gives the same order: equal ones by name.
    """
    scored = ((likeness(name, candidate), candidate) for candidate in set(candidates))
    likely = sorted((-score, candidate) for score, candidate in scored if score >= _LEAST_SCORE)
    return tuple(candidate for _, candidate in likely[:limit])


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    score = max(_shared_words(a, b), _shared_trigrams(a, b))
    if _is_acronym(one, b) or _is_acronym(other, a):
        score = max(score, _ACRONYM_SCORE)
    return min(score, 0.99)


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name, folded so that different spellings fall together."""
    folded = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("&", " und "))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign))
    plain = re.sub("([aou])e(?![aeiou])", r"\1", plain)
    return tuple(_ABBREVIATIONS.get(word, word) for word in re.findall("[a-z0-9]+", plain))


def _strong(words: tuple[str, ...]) -> list[str]:
    """The words that tell names apart; an office at the end of a word is left out (Umweltamt, Amt für Umwelt)."""
    telling = [word for word in words if word not in _WEAK]
    return [re.sub("(?<=.{4})s?amt$", "", word) for word in telling or words]


def _shared_words(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    first, second = _strong(a), _strong(b)
    there = sum(max(_word_likeness(word, other) for other in second) for word in first) / len(first)
    back = sum(max(_word_likeness(word, other) for other in first) for word in second) / len(second)
    return 0.65 * max(there, back) + 0.35 * min(there, back)


@lru_cache(maxsize=65_536)
def _word_likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    if len(short) >= 3 and long.startswith(short):
        return 0.85
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return ratio if ratio >= _SAME_WORD else 0.0


def _shared_trigrams(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    first, second = _trigrams(_strong(a)), _trigrams(_strong(b))
    return 2 * len(first & second) / (len(first) + len(second))


def _trigrams(words: list[str]) -> set[str]:
    padded = "  ".join(["", *words, ""])
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def _is_acronym(short: str, words: tuple[str, ...]) -> bool:
    letters = short.strip().casefold()
    initials = {
        "".join(word[0] for word in words if word not in left_out) for left_out in ((), _LITTLE, _WEAK)
    }
    return len(letters) >= 2 and letters.isalpha() and letters in initials
