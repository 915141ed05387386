"""The words of this subject: kinds of candidates, whether they clash or help, and where a candidate stands."""

from enum import StrEnum


class Kind(StrEnum):
    """What two or more claims have in common."""

    PLACE_AND_TIME = "place_time"
    EFFECT = "effect"
    CONTENT = "content"
    ORDER = "order"
    MONEY = "money"
    PEOPLE = "people"


class Sense(StrEnum):
    """Whether they get in each other's way or could help each other. What cannot be told is a conflict to look at."""

    CONFLICT = "conflict"
    SYNERGY = "synergy"


class State(StrEnum):
    """Where a candidate stands."""

    NEW = "new"
    SEEN = "seen"
    IN_TALKS = "in_talks"
    WEIGHED = "weighed"
    NO_CONFLICT = "no_conflict"
    OUTDATED = "outdated"
