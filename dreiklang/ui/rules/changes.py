"""Differences between two states of a record, and inside two texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\S+\s*")


class ChangeKind(StrEnum):
    """What happened to a field or to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A piece of text that stayed, came or went."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True)
class ChangedField:
    """One field before and after, cut into pieces for display."""

    label: str
    kind: ChangeKind
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def changed_fields(
    before: Mapping[str, str], after: Mapping[str, str], *, with_same: bool = False
) -> tuple[ChangedField, ...]:
    """The fields that differ, in the order of `before`, new ones last. Label → text in both."""
    labels = list(before) + [label for label in after if label not in before]
    fields = tuple(_field(label, before.get(label, ""), after.get(label, "")) for label in labels)
    return tuple(f for f in fields if with_same or f.kind is not ChangeKind.SAME)


def _field(label: str, before: str, after: str) -> ChangedField:
    old, new = pieces(str(before), str(after))
    if before == after:
        kind = ChangeKind.SAME
    elif not before:
        kind = ChangeKind.ADDED
    else:
        kind = ChangeKind.CHANGED if after else ChangeKind.REMOVED
    return ChangedField(label=label, kind=kind, before=old, after=new)


def pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut by words into same and differing pieces; joined they give the texts again."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    left, right = [], []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        same = tag == "equal"
        if a2 > a1:
            kind = ChangeKind.SAME if same else ChangeKind.REMOVED
            left.append(Piece(kind, "".join(old[a1:a2])))
        if b2 > b1:
            kind = ChangeKind.SAME if same else ChangeKind.ADDED
            right.append(Piece(kind, "".join(new[b1:b2])))
    return tuple(left), tuple(right)
