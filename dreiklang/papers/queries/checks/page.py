"""One check as its pages show it: how far it is, whose turn, why not yet, what was found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dreiklang.core.errors import NotFound
from dreiklang.core.records import Ref
from dreiklang.papers.models import Check, Comment, CoSignature
from dreiklang.papers.models.labels import CHECK_STATE_LABELS
from dreiklang.papers.permissions.checks import ANSWER, CO_SIGN, COMMENT, READ, RELEASE, SEE
from dreiklang.papers.queries.checks.facts import (
    confirmed_goals,
    content_of,
    facts_of,
    gaps_of,
    given_answers,
)
from dreiklang.papers.queries.checks.words import answer_words
from dreiklang.papers.queries.papers.touched import labels_of
from dreiklang.papers.queries.terms import release_wanted_on
from dreiklang.papers.rules.checklist import (
    ChecklistContent,
    Gap,
    GapCode,
    Given,
    GoalFindings,
    Question,
    Stage,
    asked_questions,
    findings,
    targets_of,
)
from dreiklang.papers.rules.checks import (
    EDITABLE,
    RUNNING,
    CheckFacts,
    Duty,
    Hindrance,
    Pressure,
    Step,
    hindrances,
    possible_steps,
    pressure,
    whose_turn,
)
from dreiklang.papers.rules.kinds import CheckState, TargetKind, Verdict
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

Target = tuple[TargetKind, int]


@dataclass(frozen=True)
class StepChoice:
    """Something the viewer may do with the whole check now, and what stands against it."""

    step: Step
    hindrances: tuple[Hindrance, ...]

    @property
    def is_possible(self) -> bool:
        """Whether only soft hindrances stand against it, if any."""
        return all(one.is_soft for one in self.hindrances)


@dataclass(frozen=True)
class AskedAbout:
    """One question about one goal (or as such, with no goal): the answer given, what it lacks, remarks."""

    question: Question
    target: int
    goal: Ref | None
    given: Given | None
    gap: GapCode | None
    comments: tuple[Comment, ...] = ()

    @property
    def name(self) -> str:
        """The name of its form."""
        return f"{self.question.id}.{self.target}"

    @property
    def said(self) -> str:
        """The answer as people read it; empty while there is none."""
        return answer_words(self.question, self.given) if self.given and self.given.value else ""


@dataclass(frozen=True)
class CheckPage:
    """A check with all that is derived from it. `record` is the check itself, for the administration only."""

    record: Check
    content: ChecklistContent
    facts: CheckFacts
    gaps: tuple[Gap, ...]
    given: tuple[Given, ...]
    goals: Mapping[int, Ref]
    touched: Mapping[TargetKind, tuple[Ref, ...]]
    findings: GoalFindings
    open_proposal_count: int
    signatures: tuple[CoSignature, ...]
    comments: tuple[Comment, ...]
    steps: tuple[StepChoice, ...]
    duty: Duty
    pressure: Pressure
    wanted_on: date | None
    may_answer: bool
    may_comment: bool
    may_settle: frozenset[int]
    signs_for: frozenset[int]

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(CHECK_STATE_LABELS[CheckState(self.record.state)])

    @property
    def is_editable(self) -> bool:
        """Whether this viewer may change answers now."""
        return self.may_answer and self.record.state in EDITABLE

    def choice(self, step: Step) -> StepChoice | None:
        """What stands for or against the step, or None where it is not the viewer's to do."""
        return next((one for one in self.steps if one.step is step), None)

    def asked(self, stage: Stage) -> tuple[AskedAbout, ...]:
        """The questions of a stage that are asked now, each with its answer."""
        now = asked_questions(self.content, is_relevant=self.record.is_relevant, given=self.given)
        return self.about([question for question in now if question.stage == stage.number])

    def opened(self, stage: Stage, typed: Iterable[Given] = ()) -> tuple[AskedAbout, ...]:
        """What is asked from this stage on beyond `asked(stage)`, once the answers typed count, too."""
        said = {(one.question, one.target): one for one in (*self.given, *typed)}
        now = asked_questions(self.content, is_relevant=self.record.is_relevant, given=said.values())
        here = {one.question.id for one in self.asked(stage)}
        return self.about([one for one in now if one.stage >= stage.number and one.id not in here])

    def remarks(self, question: str) -> tuple[Comment, ...]:
        """What was remarked on this question, in order; RELEVANCE is the one of stage 1."""
        return tuple(one for one in self.comments if one.question == question)

    def about(self, questions: Iterable[Question]) -> tuple[AskedAbout, ...]:
        """These questions, about each goal where they are about goals, with answer, gap and remarks."""
        answers = {(one.question, one.target): one for one in self.given}
        lacking = {(one.question, one.target): one.code for one in self.gaps}
        return tuple(
            AskedAbout(
                question=question,
                target=target,
                goal=self.goals.get(target),
                given=answers.get((question.id, target)),
                gap=lacking.get((question.id, target)),
                comments=self.remarks(question.id),
            )
            for question in questions
            for target in targets_of(question, list(self.goals))
        )


def check_of(viewer: Viewer, *, number: str) -> Check:
    """The check of that number. Raises: NotFound, also for everybody outside the administration."""
    found = Check.objects.filter(number=number) if may(viewer, SEE) else Check.objects.none()
    near = ("checklist", "department", "editor", "reader", "paper", "concept", "meeting__committee")
    check = found.select_related(*near).defer("paper__search", "paper__text", "concept__search").first()
    if check is None:
        raise NotFound("check", key=number)
    return check


def check_page(viewer: Viewer, *, number: str, today: date) -> CheckPage:
    """The check with all that is derived from it, as of today. Raises: NotFound."""
    check = check_of(viewer, number=number)
    content, given, goal_ids = content_of(check.checklist), given_answers(check), confirmed_goals(check)
    facts = facts_of(check)
    confirmed, open_count = _proposals(check)
    names = labels_of(viewer, targets=confirmed)
    wanted_on = release_wanted_on(check.committee_on)
    comments = tuple(check.comments.order_by("recorded_at", "pk"))
    may_answer = may(viewer, ANSWER, check)
    signatures = tuple(check.co_signatures.select_related("department").order_by("department__key", "pk"))
    return CheckPage(
        record=check,
        content=content,
        facts=facts,
        gaps=gaps_of(check, given=given, goals=goal_ids),
        given=tuple(given),
        goals=_goal_refs(names, goal_ids),
        touched=_by_kind(names, confirmed),
        findings=findings(content, is_relevant=check.is_relevant, given=given, goals=goal_ids),
        open_proposal_count=open_count,
        signatures=signatures,
        comments=comments,
        steps=_steps(viewer, check, facts, today),
        duty=whose_turn(facts, today=today),
        pressure=pressure(
            committee_on=check.committee_on,
            wanted_on=wanted_on,
            today=today,
            is_over=check.state not in RUNNING,
        ),
        wanted_on=wanted_on,
        may_answer=may_answer,
        may_comment=may(viewer, COMMENT, check) and check.state in RUNNING,
        # Whoever wrote it, or whoever answers the check.
        may_settle=frozenset(
            one.pk
            for one in comments
            if one.settled_at is None
            and (may_answer or (viewer.account_id is not None and one.by_id == viewer.account_id))
        ),
        signs_for=frozenset(one.pk for one in signatures if may(viewer, CO_SIGN, one)),
    )


def _proposals(check: Check) -> tuple[list[Target], int]:
    """What was confirmed, in the order of rank, and how many proposals nobody decided."""
    rows = check.proposals.order_by("rank", "pk").values_list("kind", "target", "verdict", "is_offered")
    confirmed, open_count = [], 0
    for kind, target, verdict, is_offered in rows:
        if verdict == Verdict.CONFIRMED:
            confirmed.append((TargetKind(kind), target))
        open_count += verdict == Verdict.OPEN and is_offered
    return confirmed, open_count


def _goal_refs(names: Mapping[Target, Ref], ids: Sequence[int]) -> dict[int, Ref]:
    """A goal that is gone keeps its place, so that its answer is not lost from sight."""
    return {pk: names.get((TargetKind.GOAL, pk), Ref(f"#{pk}", "")) for pk in ids}


def _by_kind(names: Mapping[Target, Ref], confirmed: Collection[Target]) -> dict[TargetKind, tuple[Ref, ...]]:
    return {
        kind: found
        for kind in TargetKind
        if (found := tuple(names[one] for one in confirmed if one[0] is kind and one in names))
    }


def _steps(viewer: Viewer, check: Check, facts: CheckFacts, today: date) -> tuple[StepChoice, ...]:
    """What this viewer may do now; nobody reads, returns or releases her own check."""
    is_own = viewer.account_id is not None and check.editor_id == viewer.account_id
    reads = may(viewer, READ, check) and not is_own
    releases = may(viewer, RELEASE, check)
    answers = may(viewer, ANSWER, check)
    allowed = {
        Step.HAND_IN: answers,
        Step.FORWARD: reads,
        Step.RETURN: reads or (releases and not is_own),
        Step.RELEASE: releases and not is_own,
        Step.TAKE_BACK: releases,
        Step.GIVE_UP: answers,
    }
    return tuple(
        StepChoice(step, hindrances(step, facts, today=today))
        for step in possible_steps(CheckState(check.state))
        if allowed[step]
    )
