"""Closed lists that several subjects share."""

from enum import StrEnum


class RunState(StrEnum):
    """How far an import is."""

    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class Weight(StrEnum):
    """Whether a problem keeps the row out or only asks for a look."""

    ERROR = "error"
    WARNING = "warning"


class Outcome(StrEnum):
    """What happened to a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    MISSING = "missing"


class Visibility(StrEnum):
    """Who may see a record. Internal is the default: nothing becomes public by accident."""

    INTERNAL = "internal"
    PUBLIC = "public"
