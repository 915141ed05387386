"""Names that stand in a text: districts, offices, concepts and measures called by their name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{6,}")
# A shorter title may stand in any text by chance.
_LEAST_TITLE = 10
_SHARED = 4
_STEM = 7
_GENERAL = frozenset(
    [
        "maßnahme",
        "maßnahmen",
        "konzept",
        "stärkung",
        "förderung",
        "entwicklung",
        "ausbau",
        "verbesserung",
        "unterstützung",
        "umsetzung",
        "erhalt",
        "sicherung",
        "schaffung",
        "weiterentwicklung",
        "gestaltung",
        "attraktive",
        "attraktiven",
    ]
)


@dataclass(frozen=True)
class Wording:
    """A text made ready for looking up many names in it."""

    text: str
    lowered: str
    stems: frozenset[str]


def wording(text: str) -> Wording:
    """The text ready for `named_in` and `shared_words`."""
    stems = frozenset(word.lower()[:_STEM] for word in _WORD.findall(text))
    return Wording(text, text.lower(), stems)


def named_in(wording: Wording, *, names: Sequence[str], is_title: bool = False) -> str:
    """The first of the names that stands in the text, or nothing.

    A name counts only whole and as it is written, so that "Mitte" is not found in "Mittel"; a genitive s may follow.
    A title (`is_title`) counts from ten letters on, in any case.
    """
    for name in names:
        # Most names are not in the text at all, and a plain look is a hundred times faster than a pattern.
        if len(name) < (_LEAST_TITLE if is_title else 3) or name.lower() not in wording.lowered:
            continue
        flags = re.IGNORECASE if is_title else re.NOFLAG
        if re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", wording.text, flags):
            return name
    return ""


def shared_words(title: str, *, wording: Wording) -> tuple[str, ...]:
    """Long words of the title whose beginning stands in the text, in the title's order; at most four."""
    found = [
        word
        for word in dict.fromkeys(_WORD.findall(title))
        if word.lower() not in _GENERAL and word.lower()[:_STEM] in wording.stems
    ]
    return tuple(found[:_SHARED])
