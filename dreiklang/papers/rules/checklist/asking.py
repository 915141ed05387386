"""Which questions are asked after what was answered, what is still missing, what the answers say of goals."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dreiklang.papers.rules.checklist.values import (
    GAINS,
    HARMS,
    ChecklistContent,
    Effect,
    Gap,
    GapCode,
    Given,
    Question,
    QuestionKind,
)


@dataclass(frozen=True)
class GoalFinding:
    """How the draft acts on one goal, and why somebody says so. Several questions may speak of one goal."""

    goal: int
    effect: Effect
    reason: str
    question: str


@dataclass(frozen=True)
class GoalFindings:
    """Effects on goals side by side: nothing is added up or set off against each other."""

    gains: tuple[GoalFinding, ...] = ()
    harms: tuple[GoalFinding, ...] = ()
    neutral: tuple[GoalFinding, ...] = ()
    unknown: tuple[GoalFinding, ...] = ()

    @property
    def is_conflict(self) -> bool:
        """Whether the draft serves one goal and works against another (or the same)."""
        return bool(self.gains and self.harms)


def asked_questions(
    content: ChecklistContent, *, is_relevant: bool | None, given: Iterable[Given]
) -> tuple[Question, ...]:
    """The questions that are to be answered now, in order; none unless the draft matters for the INSEK.

    A condition looks only at questions that are asked themselves, so that an answer left over from
    before does not call up depth.
    """
    if not is_relevant:
        return ()
    said = _values(given)
    asked: dict[str, Question] = {}
    for question in content.questions:
        holds = all(
            one.question in asked and said.get(one.question, frozenset()) & set(one.values)
            for one in question.conditions
        )
        if holds:
            asked[question.id] = question
    return tuple(asked.values())


def gaps(
    content: ChecklistContent,
    *,
    is_relevant: bool | None,
    relevance_reason: str,
    given: Sequence[Given],
    goals: Collection[int],
) -> tuple[Gap, ...]:
    """Everything the check still lacks, in the order of the questions; empty when it is complete.

    `goals`: the confirmed ones, each of which a question about goals asks for.
    """
    if is_relevant is None or not relevance_reason.strip():
        return (Gap(GapCode.RELEVANCE),)
    found: list[Gap] = []
    answers = {(one.question, one.target): one for one in given}
    for question in asked_questions(content, is_relevant=is_relevant, given=given):
        if question.kind is QuestionKind.GOALS and not goals:
            found.append(Gap(GapCode.NO_GOAL, question.id))
        for target in targets_of(question, goals):
            gap = _gap(question, target, answers.get((question.id, target)))
            if gap is not None:
                found.append(gap)
    return tuple(found)


def targets_of(question: Question, goals: Collection[int]) -> tuple[int, ...]:
    """What the question is asked about: each goal, or once as such (0)."""
    return tuple(goals) if question.kind is QuestionKind.GOALS else (0,)


def _gap(question: Question, target: int, answer: Given | None) -> Gap | None:
    if question.kind is QuestionKind.TEXT:
        # A text is its own reason.
        is_said = answer is not None and bool(answer.text.strip())
        return None if is_said else Gap(GapCode.ANSWER, question.id, target)
    if answer is None or answer.value not in question.values:
        return Gap(GapCode.ANSWER, question.id, target)
    return None if answer.reason.strip() else Gap(GapCode.REASON, question.id, target)


def findings(
    content: ChecklistContent, *, is_relevant: bool | None, given: Sequence[Given], goals: Sequence[int]
) -> GoalFindings:
    """What was said about each of the goals, in their order, grouped by sign."""
    answers = {(one.question, one.target): one for one in given}
    found: list[GoalFinding] = []
    for question in asked_questions(content, is_relevant=is_relevant, given=given):
        if question.kind is not QuestionKind.GOALS:
            continue
        for goal in goals:
            answer = answers.get((question.id, goal))
            if answer is not None and answer.value in set(Effect):
                found.append(GoalFinding(goal, Effect(answer.value), answer.reason, question.id))
    return GoalFindings(
        # The strong ones first; the order of goals stays within.
        gains=tuple(
            sorted((f for f in found if f.effect in GAINS), key=lambda f: f.effect != Effect.STRONG_GAIN)
        ),
        harms=tuple(
            sorted((f for f in found if f.effect in HARMS), key=lambda f: f.effect != Effect.STRONG_HARM)
        ),
        neutral=tuple(f for f in found if f.effect is Effect.NONE),
        unknown=tuple(f for f in found if f.effect is Effect.UNKNOWN),
    )


def _values(given: Iterable[Given]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for one in given:
        found.setdefault(one.question, set()).add(one.value)
    return {name: frozenset(values) for name, values in found.items()}
