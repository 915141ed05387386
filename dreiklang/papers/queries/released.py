"""What may be shown of released checks beside their papers: relevance, effects on goals, money. Nothing else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from dreiklang.core.records import Ref
from dreiklang.core.values import Money
from dreiklang.papers.models import Answer, Check, Proposal
from dreiklang.papers.models.answer_labels import EFFECT_LABELS, EFFECT_SIGNS
from dreiklang.papers.queries.checks.facts import content_of
from dreiklang.papers.queries.papers.touched import Target, labels_of
from dreiklang.papers.queries.visibility import visible_papers
from dreiklang.papers.rules.checklist import (
    ChecklistContent,
    Given,
    GoalFindings,
    asked_questions,
    findings,
)
from dreiklang.papers.rules.kinds import CheckState, TargetKind, Verdict
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class GoalEffect:
    """How a released draft acts on one goal, for a page of the paper."""

    goal: Ref
    sign: str
    label: str
    reason: str
    is_harm: bool


@dataclass(frozen=True)
class Cost:
    """An amount of the released check, under the question it answers."""

    question: str
    amount: Money
    reason: str


@dataclass(frozen=True)
class ReleasedReference:
    """What a released check says. Conflicts show side by side, with no sum.

    `costs`: only of questions that are asked after what was answered.
    """

    number: str
    released_on: date
    is_relevant: bool
    reason: str
    effects: tuple[GoalEffect, ...]
    is_conflict: bool
    costs: tuple[Cost, ...]


def released_reference(viewer: Viewer, *, paper_id: int) -> ReleasedReference | None:
    """What a released check says of a paper the viewer may see; None without one."""
    return released_references(viewer, ids=(paper_id,)).get(paper_id)


def released_references(viewer: Viewer, *, ids: Collection[int]) -> dict[int, ReleasedReference]:
    """Paper → what its released check says, as far as the viewer may see the paper. Four statements.

    The newest release counts. Nothing else of the check travels along: no persons, no remarks.
    """
    seen = visible_papers(viewer).filter(pk__in=ids, withdrawn_at=None)
    found = Check.objects.filter(paper__in=seen, state=CheckState.RELEASED).select_related("checklist")
    newest = {one.paper_id: one for one in found.defer("text").order_by("released_at", "pk")}
    given, goals = _given([one.pk for one in newest.values()]), _goals([one.pk for one in newest.values()])
    targets = {(TargetKind.GOAL, goal) for ones in goals.values() for goal in ones}
    names = labels_of(viewer, targets=targets) if targets else {}
    return {
        paper: _reference(one, given.get(one.pk, []), goals.get(one.pk, []), names)
        for paper, one in newest.items()
        if paper is not None
    }


def _reference(
    check: Check, given: Sequence[Given], goals: Sequence[int], names: Mapping[Target, Ref]
) -> ReleasedReference:
    content = content_of(check.checklist)
    # Goals outside the viewer's sight stay out, and with them a conflict that only they make.
    seen = [goal for goal in goals if (TargetKind.GOAL, goal) in names]
    said = findings(content, is_relevant=check.is_relevant, given=given, goals=seen)
    return ReleasedReference(
        number=check.number,
        # A check without its instant does not come this far: released_check_has_its_day.
        released_on=localdate(check.released_at),
        is_relevant=bool(check.is_relevant),
        reason=check.relevance_reason,
        effects=_effects(said, names),
        is_conflict=said.is_conflict,
        costs=_costs(content, check, given),
    )


def _effects(said: GoalFindings, names: Mapping[Target, Ref]) -> tuple[GoalEffect, ...]:
    return tuple(
        GoalEffect(
            names[(TargetKind.GOAL, one.goal)],
            EFFECT_SIGNS[one.effect],
            str(EFFECT_LABELS[one.effect]),
            one.reason,
            one in said.harms,
        )
        for one in (*said.gains, *said.harms, *said.neutral, *said.unknown)
    )


def _costs(content: ChecklistContent, check: Check, given: Sequence[Given]) -> tuple[Cost, ...]:
    asked = {one.id: one.text for one in asked_questions(content, is_relevant=check.is_relevant, given=given)}
    return tuple(
        Cost(asked[one.question], Money(one.amount_eur), one.reason)
        for one in given
        if one.amount_eur is not None and one.question in asked
    )


def _given(checks: Collection[int]) -> dict[int, list[Given]]:
    rows = Answer.objects.filter(of__in=checks).order_by("pk")
    found: dict[int, list[Given]] = {}
    for one in rows:
        answer = Given(one.question, one.target, one.value, one.text, one.reason, one.amount_eur)
        found.setdefault(one.of_id, []).append(answer)
    return found


def _goals(checks: Collection[int]) -> dict[int, list[int]]:
    """Check → the goals somebody confirmed, best proposal first."""
    confirmed = Proposal.objects.filter(of__in=checks, kind=TargetKind.GOAL, verdict=Verdict.CONFIRMED)
    found: dict[int, list[int]] = {}
    for check, goal in confirmed.order_by("rank", "pk").values_list("of_id", "target"):
        found.setdefault(check, []).append(goal)
    return found
