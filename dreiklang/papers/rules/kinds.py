"""Values of council papers, their route, checks and resolutions: the closed lists."""

from enum import StrEnum


class PaperKind(StrEnum):
    """What a paper asks of the council. A source's own word is kept beside it."""

    PROPOSAL = "proposal"
    INFORMATION = "information"
    STATEMENT = "statement"
    MOTION = "motion"
    BUDGET_MOTION = "budget_motion"
    INQUIRY = "inquiry"
    OTHER = "other"


class FileRole(StrEnum):
    """What a file is to its paper or meeting."""

    MAIN = "main"
    ATTACHMENT = "attachment"
    INVITATION = "invitation"
    MINUTES = "minutes"


class TextState(StrEnum):
    """Whether a file's text could be read. A scan has no text: it is named, not guessed."""

    WAITING = "waiting"
    READ = "read"
    SCANNED = "scanned"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    WITHDRAWN = "withdrawn"


class MeetingState(StrEnum):
    """How far a meeting is."""

    PLANNED = "planned"
    INVITED = "invited"
    HELD = "held"
    CANCELLED = "cancelled"


class ConsultationRole(StrEnum):
    """What a committee does with a paper: it hears, advises, decides or takes note."""

    HEARING = "hearing"
    ADVICE = "advice"
    DECISION = "decision"
    NOTE = "note"
    UNKNOWN = "unknown"


class Result(StrEnum):
    """What became of a paper on one agenda. The minutes' own words are kept beside it."""

    ADOPTED = "adopted"
    ADOPTED_CHANGED = "adopted_changed"
    REJECTED = "rejected"
    NOTED = "noted"
    REFERRED = "referred"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    OTHER = "other"
    OPEN = "open"


class TrackedKind(StrEnum):
    """What is tracked until it is done: a resolution, a motion, an inquiry, a promise made in a meeting."""

    RESOLUTION = "resolution"
    MOTION = "motion"
    INQUIRY = "inquiry"
    PROMISE = "promise"


class ResolutionState(StrEnum):
    """What became of it. Overdue follows from the day it is due, and is no state of its own."""

    OPEN = "open"
    IN_WORK = "in_work"
    DONE = "done"
    DROPPED = "dropped"


class CheckState(StrEnum):
    """How far a check is on its way."""

    DRAFT = "draft"
    REVIEW = "review"
    CO_SIGNING = "co_signing"
    RETURNED = "returned"
    RELEASED = "released"
    GIVEN_UP = "given_up"


class ChecklistState(StrEnum):
    """A version of the checklist: written, published (in force from its day on), or no longer offered for new checks."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Standing(StrEnum):
    """Where a version of the checklist stands on a day. What is published comes into force on its day, by itself."""

    DRAFT = "draft"
    AHEAD = "ahead"
    IN_FORCE = "in_force"
    REPLACED = "replaced"


class TargetKind(StrEnum):
    """What a draft may touch."""

    GOAL = "goal"
    TASK = "task"
    CONCEPT = "concept"
    MEASURE = "measure"
    INDICATOR = "indicator"
    AREA = "area"
    DEPARTMENT = "department"


# People call these by their name; their key is for lists and addresses.
CALLED_BY_NAME = frozenset({TargetKind.AREA, TargetKind.INDICATOR})


class Verdict(StrEnum):
    """What a person said to a proposal."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class ProposalOrigin(StrEnum):
    """Who named the target: the software, or a person who missed it among the proposals."""

    PROPOSED = "proposed"
    BY_HAND = "by_hand"


class CoSignState(StrEnum):
    """An affected office's answer."""

    ASKED = "asked"
    SIGNED = "signed"
    OBJECTED = "objected"
    WAIVED = "waived"


class SourceState(StrEnum):
    """How the last run of a council system's data ended."""

    NEVER = "never"
    RUNNING = "running"
    DONE = "done"
    BROKEN_OFF = "broken_off"


class Searched(StrEnum):
    """Which list a saved search asks."""

    PAPERS = "papers"
    RESOLUTIONS = "resolutions"
