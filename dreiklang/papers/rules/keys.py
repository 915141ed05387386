"""Addresses of papers and meetings, made from what people call them."""

import re
from collections.abc import Container

# Words that stand in addresses where a key stands.
RESERVED = frozenset({"neu", "regeln", "suchen", "export-csv", "export-xlsx", "vorlage"})
LONGEST = 70
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def key_of(text: str) -> str:
    """The words of an address: "2024/0512 Radweg" → "2024-0512-radweg". Never empty, never reserved."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.casefold().translate(_UMLAUTS)).strip("-")[:LONGEST].strip("-")
    return f"{plain}-1" if plain in RESERVED else plain or "ohne-nummer"


def free_key(text: str, *, taken: Container[str]) -> str:
    """The key of the text that nobody has yet: with -2, -3 … where a number occurs more than once."""
    wanted = key_of(text)
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
