"""The checklist as data, and an answer to it.

Stage 1 is the same in every version: does it matter for the INSEK, and why. A no with its reason ends
the check early. The later stages are questions; some are asked only after certain answers ("depth").
There is no total score, on purpose. Shape and example: docs/rules/checklist.md.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

FORMAT = 1
LAST_STAGE = 3


class QuestionKind(StrEnum):
    """What an answer looks like."""

    GOALS = "goals"
    EFFECT = "effect"
    YES_NO = "yes_no"
    CHOICE = "choice"
    AMOUNT = "amount"
    TEXT = "text"


class Effect(StrEnum):
    """How something acts, with its sign: ++ + o − −−, or not known."""

    STRONG_GAIN = "strong_gain"
    GAIN = "gain"
    NONE = "none"
    HARM = "harm"
    STRONG_HARM = "strong_harm"
    UNKNOWN = "unknown"


GAINS = frozenset({Effect.STRONG_GAIN, Effect.GAIN})
HARMS = frozenset({Effect.HARM, Effect.STRONG_HARM})
YES, NO, UNKNOWN = "yes", "no", "unknown"
STATED = "stated"  # an amount was given
# Stage 1 where a question is named by its id; no question of a checklist can have it.
RELEVANCE = "_relevance"


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True)
class Condition:
    """The question is asked if one of these values was given to an earlier one (for any goal)."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question. Without conditions it is always asked in its stage; several must all hold."""

    id: str
    kind: QuestionKind
    text: str
    stage: int
    help: str = ""
    reason_label: str = ""
    options: tuple[Option, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The closed list of values an answer may have; empty for a text."""
        return {
            QuestionKind.GOALS: tuple(Effect),
            QuestionKind.EFFECT: tuple(Effect),
            QuestionKind.YES_NO: (YES, NO, UNKNOWN),
            QuestionKind.CHOICE: tuple(one.value for one in self.options),
            QuestionKind.AMOUNT: (STATED, UNKNOWN),
            QuestionKind.TEXT: (),
        }[self.kind]


@dataclass(frozen=True)
class Stage:
    """A step after the first: its title and its questions, in the order they are asked."""

    number: int
    title: str
    intro: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Relevance:
    """The wording of stage 1."""

    text: str
    help: str = ""
    reason_label: str = ""


@dataclass(frozen=True)
class ChecklistContent:
    """One version of the checklist, read and found sound."""

    name: str
    label: str
    relevance: Relevance
    stages: tuple[Stage, ...]
    valid_from: date | None = None
    is_example: bool = False
    note: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of all stages, in order."""
        return tuple(one for stage in self.stages for one in stage.questions)

    def question(self, question_id: str) -> Question | None:
        """The question of that id, or None."""
        return next((one for one in self.questions if one.id == question_id), None)

    def wording(self, question_id: str) -> str:
        """What the question of that id asks, RELEVANCE included; empty if there is none."""
        if question_id == RELEVANCE:
            return self.relevance.text
        found = self.question(question_id)
        return found.text if found else ""


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a checklist file: where (a path as in the file), what, and the value met."""

    path: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Given:
    """An answer as somebody gave it. `target` 0: to the question as such, else about that goal."""

    question: str
    target: int = 0
    value: str = ""
    text: str = ""
    reason: str = ""
    amount_eur: Decimal | None = None


class GapCode(StrEnum):
    """What a check still lacks."""

    RELEVANCE = "relevance"
    NO_GOAL = "no_goal"
    ANSWER = "answer"
    REASON = "reason"


@dataclass(frozen=True)
class Gap:
    """One thing that is still missing: the question, and the goal where it is about one."""

    code: GapCode
    question: str = ""
    target: int = 0
