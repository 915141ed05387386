"""Values of the framework: versions, signs of a link, causes of a priority change."""

from enum import StrEnum


class FrameworkStatus(StrEnum):
    """A framework is drafted, then valid, then superseded; it stays readable."""

    DRAFT = "draft"
    VALID = "valid"
    SUPERSEDED = "superseded"


class LinkSign(StrEnum):
    """Whether something supports a goal or hinders it."""

    SUPPORTS = "supports"
    HINDERS = "hinders"


class ChangeCause(StrEnum):
    """Where a change of priority comes from."""

    LOCAL = "local"
    GLOBAL = "global"


class Continuation(StrEnum):
    """What becomes of a goal in the next version."""

    SAME = "same"
    CHANGED = "changed"
    MERGED = "merged"
    SPLIT = "split"
    DROPPED = "dropped"
