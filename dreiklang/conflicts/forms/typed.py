"""What people type or an address says, read without refusing anybody."""

from collections.abc import Mapping
from typing import Any

# Longer numbers name no record, and the database would refuse them.
LONGEST_ID = 11


def typed_text(said: Mapping[str, Any], name: str) -> str:
    """What was typed in that field, without blanks around it and without NUL, which no database keeps."""
    return str(said.get(name) or "").replace("\x00", "").strip()


def typed_id(given: str | None) -> int | None:
    """The id that was given in digits; None for anything else."""
    text = given or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID else None
