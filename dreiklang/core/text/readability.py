"""How easily a German text is read: length in pages, Flesch in Amstad's version, first Wiener Sachtextformel.

Formulas, their limits and a worked example: docs/rules/readability.md
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from dreiklang.core.values import Unknown

# A standard page (Normseite): 30 lines of 60 characters, spaces among them.
PAGE = 1800
# Below this the formulas say nothing.
FEWEST_WORDS = 30

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?…:])[\"“”»«)\]]*\s+(?=[\"„«»(\[]?[A-ZÄÖÜ0-9])|\n\s*\n|\n(?=\s*[-–•*])")
_SHORTENED = re.compile(
    r"\b(?:[A-Za-zÄÖÜäöü]|bzw|ca|evtl|ggf|inkl|Mio|Mrd|Nr|Str|St|Tel|usw|vgl|Abs|Art|Dr|Prof|rd)\.(?=\s)"
)
_NUMBERED = re.compile(r"(?<=\d)\.(?=\s)")
# Two vowels that are spoken as one; every other vowel is a syllable of its own.
_SYLLABLE = re.compile(r"aa|ee|oo|ie|ei|ai|ey|ay|au|äu|eu|ou|[aeiouyäöüáàâéèêíóú]", re.IGNORECASE)


class Ease(StrEnum):
    """How a text reads, by its Flesch-Amstad value."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"
    VERY_HARD = "very_hard"


@dataclass(frozen=True)
class Readability:
    """What can be said of a text.

    `flesch` grows with ease (0..100, may go beyond); `grade` is about the school year that understands the text.
    unknown: `too_short` for both, and for `ease`.
    """

    pages: float
    words: int
    sentences: int
    longest_sentence: int
    flesch: float | Unknown
    grade: float | Unknown
    ease: Ease | Unknown


def readability(text: str) -> Readability:
    """Length and ease of a German text. `longest_sentence` counts words."""
    sentences = [found for one in _sentences(text) if (found := _WORD.findall(one))]
    words = [word for one in sentences for word in one]
    flesch, grade = _formulas(words, len(sentences))
    return Readability(
        pages=len(" ".join(text.split())) / PAGE,
        words=len(words),
        sentences=len(sentences),
        longest_sentence=max(map(len, sentences), default=0),
        flesch=flesch,
        grade=grade,
        ease=flesch if isinstance(flesch, Unknown) else ease_of(flesch),
    )


def ease_of(flesch: float) -> Ease:
    """The step of a Flesch-Amstad value."""
    steps = ((70, Ease.EASY), (50, Ease.MEDIUM), (30, Ease.HARD))
    return next((ease for least, ease in steps if flesch >= least), Ease.VERY_HARD)


def syllables(word: str) -> int:
    """How many syllables a German word has, by its vowels; at least one."""
    return max(1, len(_SYLLABLE.findall(word)))


def _sentences(text: str) -> list[str]:
    # The dot of "z. B." or "3. Mai" ends no sentence.
    calm = _NUMBERED.sub("", _SHORTENED.sub(lambda match: match[0][:-1], text))
    return _SENTENCE_END.split(calm)


def _formulas(words: list[str], sentences: int) -> tuple[float | Unknown, float | Unknown]:
    if len(words) < FEWEST_WORDS or not sentences:
        return Unknown("too_short"), Unknown("too_short")
    counted = [syllables(word) for word in words]
    total = len(words)
    length = total / sentences
    flesch = 180 - length - 58.5 * sum(counted) / total
    many = 100 * sum(one >= 3 for one in counted) / total
    single = 100 * sum(one == 1 for one in counted) / total
    long = 100 * sum(len(word) > 6 for word in words) / total
    grade = 0.1935 * many + 0.1672 * length + 0.1297 * long - 0.0327 * single - 0.875
    return flesch, grade
