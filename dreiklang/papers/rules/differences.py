"""What differs between two versions of a paper's text, paragraph by paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Word by word only where two paragraphs are still the same one in other words.
ALIKE_SHARE = 0.4
# Beyond this the comparison inside a paragraph costs more than it tells.
MOST_WORDS = 600
# So many new paragraphs on, another one is no longer the same in other words; a text all new stays quick.
FARTHEST = 60


class Fate(StrEnum):
    """What became of a paragraph or of words in it."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Words:
    """Some words of a paragraph, and whether they stayed, came or went."""

    fate: Fate
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the comparison in reading order; `words` joined give both versions' text."""

    fate: Fate
    words: tuple[Words, ...]


@dataclass(frozen=True)
class Difference:
    """Two versions compared. Unchanged paragraphs far from any change are left out: `skipped` counts them."""

    paragraphs: tuple[Paragraph | int, ...]
    added: int
    removed: int
    changed: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def difference(before: str, after: str, *, context: int = 1) -> Difference:
    """The paragraphs that differ, with `context` unchanged ones around; runs between them are counted.

    Paragraphs are lines; empty ones and spaces at their ends say nothing.
    """
    found = list(_compared(_paragraphs(before), _paragraphs(after)))
    count = {fate: sum(one.fate is fate for one in found) for fate in Fate}
    return Difference(_shortened(found, context), count[Fate.ADDED], count[Fate.REMOVED], count[Fate.CHANGED])


def _paragraphs(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := " ".join(raw.split()))]


def _compared(old: Sequence[str], new: Sequence[str]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole(Fate.SAME, text) for text in old[a1:a2]]
        else:
            found += _replaced(old[a1:a2], new[b1:b2])
    return found


def _replaced(old: Sequence[str], new: Sequence[str]) -> list[Paragraph]:
    """Paragraphs that went and came: alike ones in their order become changed ones."""
    found: list[Paragraph] = []
    words = [set(text.split()) for text in new]
    start = 0
    for text in old:
        near = range(start, min(start + FARTHEST, len(new)))
        partner = next((i for i in near if _alike(set(text.split()), words[i])), None)
        if partner is None:
            found.append(_whole(Fate.REMOVED, text))
        else:
            found += [_whole(Fate.ADDED, one) for one in new[start:partner]]
            found.append(_changed(text, new[partner]))
            start = partner + 1
    return found + [_whole(Fate.ADDED, one) for one in new[start:]]


def _alike(left: set[str], right: set[str]) -> bool:
    return len(left & right) >= ALIKE_SHARE * max(len(left), len(right))


def _changed(old: str, new: str) -> Paragraph:
    left, right = old.split(), new.split()
    if len(left) + len(right) > MOST_WORDS:
        return Paragraph(Fate.CHANGED, (Words(Fate.REMOVED, old), Words(Fate.ADDED, new)))
    words: list[Words] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if tag == "equal":
            words.append(Words(Fate.SAME, " ".join(left[a1:a2])))
            continue
        if a2 > a1:
            words.append(Words(Fate.REMOVED, " ".join(left[a1:a2])))
        if b2 > b1:
            words.append(Words(Fate.ADDED, " ".join(right[b1:b2])))
    return Paragraph(Fate.CHANGED, tuple(words))


def _whole(fate: Fate, text: str) -> Paragraph:
    return Paragraph(fate, (Words(fate, text),))


def _shortened(found: Sequence[Paragraph], context: int) -> tuple[Paragraph | int, ...]:
    """The paragraphs near a change; a number stands for so many unchanged ones left out."""
    near = {
        index
        for place, one in enumerate(found)
        if one.fate is not Fate.SAME
        for index in range(place - context, place + context + 1)
    }
    shown: list[Paragraph | int] = []
    for index, one in enumerate(found):
        if index in near:
            shown.append(one)
        elif shown and isinstance(shown[-1], int):
            shown[-1] += 1
        else:
            shown.append(1)
    return tuple(shown)
