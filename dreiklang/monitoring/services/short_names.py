"""Short names of records that people give only a title: part of an address, and free."""

from collections.abc import Callable

from django.utils.text import slugify

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue", "ß": "ss"})
LONGEST = 60


def free_name(title: str, *, is_taken: Callable[[str], bool], otherwise: str) -> str:
    """A short name made of the title: small letters, digits, hyphens; with a number where it is taken already."""
    base = slugify(title.translate(_LETTERS))[:LONGEST].strip("-").replace("_", "-") or otherwise
    name, number = base, 1
    while is_taken(name):
        number += 1
        name = f"{base}-{number}"
    return name
