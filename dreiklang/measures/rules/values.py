"""Values of measures: phase and timeliness are two things, and unreported is a third."""

from enum import StrEnum


class Phase(StrEnum):
    """How far a measure is; the last three are endings other than use."""

    IDEA = "idea"
    PREPARATION = "preparation"
    DECIDED = "decided"
    IMPLEMENTATION = "implementation"
    IN_USE = "in_use"
    MERGED = "merged"
    REPLACED = "replaced"
    DROPPED = "dropped"


class Timeliness(StrEnum):
    """What a report says about time. Being without a current report is derived, never reported."""

    ON_TRACK = "on_track"
    DELAYED = "delayed"
    STOPPED = "stopped"


class Standing(StrEnum):
    """What is shown about a measure's time, derived from its current report and the day."""

    ON_TRACK = "on_track"
    DELAYED = "delayed"
    STOPPED = "stopped"
    UNREPORTED = "unreported"
    IN_USE = "in_use"
    ENDED = "ended"


class TaskType(StrEnum):
    """Mandatory or voluntary task of the municipality."""

    MANDATORY = "mandatory"
    VOLUNTARY = "voluntary"
    UNKNOWN = "unknown"


class Duration(StrEnum):
    """Dated projects and continuous tasks are told apart."""

    DATED = "dated"
    CONTINUOUS = "continuous"


class InvolvedRole(StrEnum):
    """How a department takes part."""

    INVOLVED = "involved"
    CONSULTED = "consulted"
    CO_SIGNS = "co_signs"
    INFORMED = "informed"


class ReminderKind(StrEnum):
    """The letters of a round, mildest first; each goes out at most once per measure and round."""

    FIRST = "first"
    OVERDUE = "overdue"
    ESCALATION_HEAD = "escalation_head"
    ESCALATION_COMMAND = "escalation_command"


# From idea to use, in order: the phase line.
WAY = (Phase.IDEA, Phase.PREPARATION, Phase.DECIDED, Phase.IMPLEMENTATION, Phase.IN_USE)
ENDINGS = frozenset({Phase.MERGED, Phase.REPLACED, Phase.DROPPED})
# A measure that went on in another one is not counted: its successor is.
UNCOUNTED = frozenset({Phase.MERGED, Phase.REPLACED})
