"""Finding the record that a cell names."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dreiklang.core.nearest import nearest

PROPOSALS = 3


@dataclass(frozen=True)
class Lookup:
    """Records that a cell may name, by key or by name; wrong names get the nearest as proposals.

    Lists name the same few records again and again: each answer is worked out once.
    """

    keys: Mapping[str, str]
    names: Mapping[str, str]
    shown: Mapping[str, str]
    _wholes: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    _found: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)
    _near: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, entries: Iterable[tuple[str, str]]) -> "Lookup":
        """From (key, name). A name that two records share finds neither: only their keys do."""
        keys: dict[str, str] = {}
        names: dict[str, str] = {}
        shown: dict[str, str] = {}
        doubled: set[str] = set()
        for key, name in entries:
            keys[plain(key)] = key
            shown[key] = f"{key} {name}".strip() if name != key else key
            if names.setdefault(plain(name), key) != key:
                doubled.add(plain(name))
        single = {name: key for name, key in names.items() if name not in doubled}
        return cls(keys, single, shown, {plain(words): key for key, words in shown.items()})

    def find(self, text: str) -> str | None:
        """The key of the record that the text names; also "61 Stadtplanungsamt" and "61 – Stadtplanungsamt"."""
        if text not in self._found:
            self._found[text] = self._searched(text)
        return self._found[text]

    def proposals(self, text: str) -> tuple[str, ...]:
        """The nearest records, best first, written so that `find` understands them."""
        if text not in self._near:
            by_text = {words: key for key, words in self.shown.items()} | dict(self.names)
            found = nearest(text, by_text, limit=PROPOSALS * 2)
            self._near[text] = tuple(dict.fromkeys(self.shown[by_text[one]] for one in found))[:PROPOSALS]
        return self._near[text]

    def _searched(self, text: str) -> str | None:
        words = plain(text)
        found = self.keys.get(words) or self.names.get(words) or self._wholes.get(words)
        return found or self._split(text)

    def _split(self, text: str) -> str | None:
        head, sign, rest = re.sub(r"\s*[–—:]\s*|\s+-\s+", " ", text).partition(" ")
        found = self.keys.get(plain(head)) if sign else None
        return found if found and plain(f"{found} {rest}") == plain(self.shown[found]) else None


def plain(text: str) -> str:
    """Text as names are compared: single spaces, no case."""
    return " ".join(text.split()).casefold()
