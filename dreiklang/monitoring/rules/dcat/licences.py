"""Which licence somebody means: by address, by code, or by the words catalogues use."""

from collections import defaultdict
from collections.abc import Mapping

from dreiklang.core.values import Unknown

from .vocabulary import Entry, Vocabulary, plain


def licence_of(words: str, *, known: Vocabulary) -> Entry | Unknown:
    """The licence by its address, its code, its title, the address of its text, or a word known to be used for it.

    Old entries lead to the one that took their place. Several entries with the same text address are none.
    unknown: `licence_unknown` with the words of the source.
    """
    found = known.find(words) or _by_text(known).get(plain(words).removesuffix("/deed.de"))
    if found is None:
        return Unknown("licence_unknown", words)
    return known.find(known.base + found.instead) or found if found.instead else found


def _by_text(known: Vocabulary) -> Mapping[str, Entry]:
    shared: dict[str, set[Entry]] = defaultdict(set)
    for entry in known.entries:
        if entry.url and entry.is_active:
            shared[plain(entry.url)].add(entry)
    return {url: next(iter(entries)) for url, entries in shared.items() if len(entries) == 1}
