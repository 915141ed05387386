"""What the rules need to know of a check, gathered from its records."""

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet

from dreiklang.papers.models import Check, Checklist, Proposal
from dreiklang.papers.rules.checklist import ChecklistContent, Gap, Given, gaps, parse_checklist
from dreiklang.papers.rules.checks import CheckFacts, SignatureFact
from dreiklang.papers.rules.kinds import CheckState, CoSignState, TargetKind, Verdict


def content_of(checklist: Checklist) -> ChecklistContent:
    """The questions of a stored version.

    Raises: ValueError if it was changed past the services and no longer reads.
    """
    content, flaws = parse_checklist(checklist.content)
    if content is None:
        raise ValueError(f"checklist {checklist.pk} does not read: {flaws}")
    return content


def given_answers(check: Check) -> list[Given]:
    """All answers of a check, those to questions that are no longer asked among them."""
    rows = check.answers.order_by("pk")
    return [
        Given(
            question=one.question,
            target=one.target,
            value=one.value,
            text=one.text,
            reason=one.reason,
            amount_eur=one.amount_eur,
        )
        for one in rows
    ]


def confirmed_goals(check: Check) -> list[int]:
    """The goals somebody confirmed the draft touches, best proposal first."""
    found = check.proposals.filter(kind=TargetKind.GOAL, verdict=Verdict.CONFIRMED)
    return list(found.order_by("rank", "pk").values_list("target", flat=True))


def open_proposals(check: Check) -> QuerySet[Proposal]:
    """What the newest text seems to touch and nobody said yes or no to."""
    return check.proposals.filter(verdict=Verdict.OPEN, is_offered=True)


def gaps_of(check: Check, *, given: Sequence[Given], goals: Sequence[int]) -> tuple[Gap, ...]:
    """What the check still lacks."""
    return gaps(
        content_of(check.checklist),
        is_relevant=check.is_relevant,
        relevance_reason=check.relevance_reason,
        given=given,
        goals=goals,
    )


def facts_of(check: Check) -> CheckFacts:
    """What decides how the check may go on. Its checklist must be loaded; five statements."""
    given = given_answers(check)
    signatures = check.co_signatures.select_related("department").order_by("department__key", "pk")
    return CheckFacts(
        state=CheckState(check.state),
        gap_count=len(gaps_of(check, given=given, goals=confirmed_goals(check))),
        editor_id=check.editor_id,
        reader_id=check.reader_id,
        signatures=tuple(
            SignatureFact(one.department.name, CoSignState(one.state), one.due_on, one.is_treasury)
            for one in signatures
        ),
        open_proposal_count=open_proposals(check).count() if check.is_relevant else 0,
        open_comment_count=check.comments.filter(settled_at=None).count(),
        asks_for_money=any((one.amount_eur or Decimal(0)) > 0 for one in given),
    )
