"""A text as it came out of a file or a form → blocks a person can read: paragraphs and lists.

The lines of a PDF end where the margin was; shown as they stand they look like a poem.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from .passages import mended, paragraphs

_BULLET = re.compile(r"^\s*[•▪■●◦‣►➢\uf0b7*–-]\s+(?=\S)")
# No margin breaks lines later than this: a longer one was written by somebody who ends lines where paragraphs end.
LONGEST_LINE = 200


class BlockKind(StrEnum):
    """How a block is shown."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph, or the points of a list; each in one line, never empty."""

    kind: BlockKind
    lines: tuple[str, ...]


def text_blocks(text: str) -> tuple[TextBlock, ...]:
    """The blocks of a text in its order; nothing of its words is lost but the marks before points."""
    found: list[tuple[BlockKind, list[str]]] = []
    for paragraph in _paragraphs(text):
        words = _BULLET.sub("", paragraph)
        kind = BlockKind.PARAGRAPH if words == paragraph else BlockKind.BULLETS
        if kind is BlockKind.BULLETS and found and found[-1][0] is kind:
            found[-1][1].append(words)
        else:
            found.append((kind, [words]))
    return tuple(TextBlock(kind, tuple(lines)) for kind, lines in found)


def _paragraphs(text: str) -> tuple[str, ...]:
    if any(len(line) > LONGEST_LINE for line in text.splitlines()):
        lines = (" ".join(line.split()) for line in mended(text).replace("\f", "\n").split("\n"))
        return tuple(line for line in lines if line)
    return paragraphs(text)
