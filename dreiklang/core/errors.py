"""Refusals that every subject knows. A refusal with a rule of its own stands beside that rule."""

from typing import Any


class Refused(Exception):
    """Something was not possible. `code` says why; pages word it, `facts` fill the wording."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class ChangedMeanwhile(Refused):
    """Somebody saved the record after it was opened for editing; nothing of either is lost.

    `theirs` is the record as it stands now; `version` is its version, with which the form is
    offered again beside theirs.
    """

    def __init__(self, theirs: Any, *, version: int) -> None:
        super().__init__("changed_meanwhile")
        self.theirs = theirs
        self.version = version


class NotFound(Refused):
    """There is no such record, or this viewer may not know of it: both look the same from outside."""
