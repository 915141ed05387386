"""What the coordinator asks later: against which goals, without reasons, without a check, without a summary."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from dreiklang.concepts.queries.lines import address as concept_address
from dreiklang.concepts.queries.lines import visible as visible_concepts
from dreiklang.concepts.rules import ConceptStatus
from dreiklang.core.records import Ref
from dreiklang.goals.rules import LinkSign
from dreiklang.papers.models import Answer, Check, CheckStep, Paper, PaperLink, Proposal
from dreiklang.papers.models.answer_labels import EFFECT_LABELS
from dreiklang.papers.permissions.checks import SEE
from dreiklang.papers.queries.papers.rulings import rulings
from dreiklang.papers.queries.papers.touched import labels_of
from dreiklang.papers.rules.checklist import HARMS, Effect
from dreiklang.papers.rules.kinds import CheckState, TargetKind, Verdict
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

LONGEST_LIST = 500
# From here on a concept is with the council.
WITH_COUNCIL = (
    ConceptStatus.SUBMITTED,
    ConceptStatus.ADOPTED,
    ConceptStatus.REVISION,
    ConceptStatus.SUPERSEDED,
)


@dataclass(frozen=True)
class Against:
    """A draft or a paper that works against a goal, and why somebody says so."""

    goal: Ref
    effect: str
    reason: str
    on: date
    source: Ref


@dataclass(frozen=True)
class WithoutReason:
    """Something was said and not why."""

    source: Ref
    said: str
    on: date


@dataclass(frozen=True)
class Unchecked:
    """A strategic paper that no check accompanied."""

    paper: Ref
    kind: str
    on: date | None
    department: str


@dataclass(frozen=True)
class WithoutSummary:
    """A concept that went to the council without a citizens' summary. An empty reason says that nobody gave one."""

    concept: Ref
    status: ConceptStatus
    reason: str


def against_goals(viewer: Viewer, *, year: int, goal_id: int | None = None) -> tuple[Against, ...]:
    """Everything of a year that works against a goal (any, or the one named), the newest first.

    Answers of checks begun that year about goals still confirmed, given-up checks left out; and links of
    papers of that year marked as hindering.
    """
    if not may(viewer, SEE):
        return ()
    answers, links = _answers(year), _links(year).filter(sign=LinkSign.HINDERS, kind=TargetKind.GOAL)
    if goal_id is not None:
        answers, links = answers.filter(target=goal_id), links.filter(target=goal_id)
    said = list(answers.filter(value__in=HARMS)[:LONGEST_LIST])
    linked = list(links[:LONGEST_LIST])
    targets = {(TargetKind.GOAL, one.target) for one in said}
    targets |= {(TargetKind.GOAL, one.target) for one in linked}
    names = labels_of(viewer, targets=targets)
    found = [
        Against(
            names.get((TargetKind.GOAL, one.target), Ref("", "")),
            str(EFFECT_LABELS[Effect(one.value)]),
            one.reason,
            _begun_on(one),
            _check_ref(one.of),
        )
        for one in said
    ]
    found += [
        Against(
            names.get((TargetKind.GOAL, one.target), Ref("", "")),
            str(EFFECT_LABELS[Effect.HARM]),
            one.reason,
            one.paper.dated_on or date.min,
            _paper_ref(one.paper),
        )
        for one in linked
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.source.key), reverse=True))


def without_reason(viewer: Viewer, *, year: int) -> tuple[WithoutReason, ...]:
    """Everything of a year that was said without saying why: answers of checks, effects noted at papers."""
    if not may(viewer, SEE):
        return ()
    answers = _begun_in(year).filter(reason="", text="").exclude(value="")
    links = _links(year).filter(reason="", kind=TargetKind.GOAL)
    targets = {(TargetKind.GOAL, one.target) for one in links}
    names = labels_of(viewer, targets=targets)
    found = [
        WithoutReason(_check_ref(one.of), one.question, _begun_on(one)) for one in answers[:LONGEST_LIST]
    ]
    found += [
        WithoutReason(
            _paper_ref(one.paper),
            _name(names.get((TargetKind.GOAL, one.target))),
            one.paper.dated_on or date.min,
        )
        for one in links[:LONGEST_LIST]
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.source.key), reverse=True))


def strategic_without_check(viewer: Viewer, *, year: int) -> tuple[Unchecked, ...]:
    """Strategic papers of a year that no check accompanied; which kinds are strategic the city rules."""
    if not may(viewer, SEE):
        return ()
    checked = Check.objects.filter(paper=OuterRef("pk")).exclude(state=CheckState.GIVEN_UP)
    strategic = Q(is_strategic=True) | Q(is_strategic=None, kind__in=rulings().strategic_kinds)
    found = Paper.objects.filter(strategic, ~Exists(checked), dated_on__year=year, withdrawn_at=None)
    rows = found.select_related("lead_department").only(
        "key", "number", "title", "kind", "dated_on", "lead_words", "lead_department__name"
    )
    return tuple(
        Unchecked(
            _paper_ref(one),
            one.get_kind_display(),
            one.dated_on,
            one.lead_department.name if one.lead_department else one.lead_words,
        )
        for one in rows.order_by("-dated_on", "-pk")[:LONGEST_LIST]
    )


def concepts_without_summary(viewer: Viewer) -> tuple[WithoutSummary, ...]:
    """Concepts that are with the council, or were, without a citizens' summary, with the reason given."""
    if not may(viewer, SEE):
        return ()
    found = visible_concepts(viewer).filter(summary="", status__in=WITH_COUNCIL).order_by("number", "pk")
    rows = found.values_list("number", "title", "status", "summary_waived_reason")
    return tuple(
        WithoutSummary(Ref(number, title, concept_address(number)), ConceptStatus(status), reason)
        for number, title, status, reason in rows[:LONGEST_LIST]
    )


def years_asked(viewer: Viewer) -> Sequence[int]:
    """The years there are checks or papers of, the newest first."""
    if not may(viewer, SEE):
        return ()
    begun = CheckStep.objects.filter(state=CheckState.DRAFT).order_by()
    checks = begun.values_list("entered_at__year", flat=True).distinct()
    papers = (
        Paper.objects.exclude(dated_on=None).order_by().values_list("dated_on__year", flat=True).distinct()
    )
    return sorted({*checks, *papers}, reverse=True)


def _answers(year: int) -> QuerySet[Answer]:
    """Answers about goals in checks begun that year, as far as the goals are still confirmed."""
    confirmed = Proposal.objects.filter(
        of=OuterRef("of"), kind=TargetKind.GOAL, target=OuterRef("target"), verdict=Verdict.CONFIRMED
    )
    return _begun_in(year).filter(Exists(confirmed), of__is_relevant=True)


def _begun_in(year: int) -> QuerySet[Answer]:
    """Answers in checks begun that year and not given up; a check has one draft step, its first."""
    begun = Answer.objects.filter(of__steps__state=CheckState.DRAFT, of__steps__entered_at__year=year)
    found = begun.exclude(of__state=CheckState.GIVEN_UP).annotate(begun_at=F("of__steps__entered_at"))
    return found.select_related("of").order_by("-begun_at", "pk")


def _begun_on(answer: Answer) -> date:
    begun_at: datetime = answer.begun_at  # type: ignore[attr-defined]  # annotated in _begun_in
    return localdate(begun_at)


def _links(year: int) -> QuerySet[PaperLink]:
    found = PaperLink.objects.filter(paper__dated_on__year=year, paper__withdrawn_at=None)
    papers = found.select_related("paper").defer("paper__search", "paper__text")
    return papers.order_by(F("paper__dated_on").desc(), "pk")


def _check_ref(check: Check) -> Ref:
    return Ref(check.number, check.title, reverse("papers:check", args=[check.number]))


def _paper_ref(paper: Paper) -> Ref:
    return Ref(paper.number, paper.title, reverse("papers:paper", args=[paper.key]))


def _name(ref: Ref | None) -> str:
    return f"{ref.key} {ref.title}".strip() if ref else ""
