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
    """A paper, or a draft without one, that works against a goal, and why somebody says so.

    `check`: the check that says it, where `source` is its paper.
    """

    goal: Ref
    effect: str
    reason: str
    on: date
    source: Ref
    check: Ref | None = None


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
    """A concept that went to the council without a citizens' summary. An empty reason says that nobody gave one.

    `has_one_now`: the summary came later.
    """

    concept: Ref
    status: ConceptStatus
    reason: str
    has_one_now: bool = False


def against_goals(viewer: Viewer, *, year: int, goal_id: int | None = None) -> tuple[Against, ...]:
    """Everything of a year that works against a goal (any, or the one named), the newest first.

    A paper and a goal stand once, whether a check says so or a link, and the check says why. The year is
    the paper's; where a check has no paper with a day, the one it began in. Given-up checks, earlier ones
    of a paper checked again, and withdrawn papers are left out.
    """
    if not may(viewer, SEE):
        return ()
    answers = _answers(year).filter(value__in=HARMS)
    links = _links(year).filter(sign=LinkSign.HINDERS, kind=TargetKind.GOAL)
    if goal_id is not None:
        answers, links = answers.filter(target=goal_id), links.filter(target=goal_id)
    said = sorted(answers[:LONGEST_LIST], key=lambda one: one.value != Effect.STRONG_HARM)
    linked = list(links[:LONGEST_LIST])
    goals = {one.target for one in said} | {one.target for one in linked}
    names = labels_of(viewer, targets={(TargetKind.GOAL, goal) for goal in goals})

    def named(goal: int) -> Ref:
        return names.get((TargetKind.GOAL, goal), Ref("", ""))

    found: dict[tuple[str, int], Against] = {}
    for answer in said:
        # The first is the strongest where several questions speak of one goal.
        found.setdefault((_place(answer), answer.target), _against(answer, named(answer.target)))
    for link in linked:
        found.setdefault((f"paper {link.paper_id}", link.target), _hindered(link, named(link.target)))
    return tuple(sorted(found.values(), key=lambda one: (one.on, one.source.key), reverse=True))


def _place(answer: Answer) -> str:
    of = answer.of
    return f"check {of.pk}" if of.paper_id is None else f"paper {of.paper_id}"


def _against(answer: Answer, goal: Ref) -> Against:
    effect, of = str(EFFECT_LABELS[Effect(answer.value)]), answer.of
    if of.paper is None:
        return Against(goal, effect, answer.reason, _on(answer), _check_ref(of))
    return Against(goal, effect, answer.reason, _on(answer), _paper_ref(of.paper), _check_ref(of))


def _hindered(link: PaperLink, goal: Ref) -> Against:
    on = link.paper.dated_on or date.min
    return Against(goal, str(EFFECT_LABELS[Effect.HARM]), link.reason, on, _paper_ref(link.paper))


def without_reason(viewer: Viewer, *, year: int) -> tuple[WithoutReason, ...]:
    """Everything of a year that was said without saying why: answers of checks, effects noted at papers."""
    if not may(viewer, SEE):
        return ()
    answers = _of_year(year).filter(reason="", text="").exclude(value="")
    links = _links(year).filter(reason="", kind=TargetKind.GOAL)
    targets = {(TargetKind.GOAL, one.target) for one in links}
    names = labels_of(viewer, targets=targets)
    found = [WithoutReason(_check_ref(one.of), one.question, _on(one)) for one in answers[:LONGEST_LIST]]
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
    """Concepts that went to the council without a citizens' summary, with the reason given.

    Those that got one later are among them, as far as a reason was noted then.
    """
    if not may(viewer, SEE):
        return ()
    lacking = Q(summary="") | ~Q(summary_waived_reason="")
    found = visible_concepts(viewer).filter(lacking, status__in=WITH_COUNCIL).order_by("number", "pk")
    rows = found.values_list("number", "title", "status", "summary_waived_reason", "summary")
    return tuple(
        WithoutSummary(
            Ref(number, title, concept_address(number)), ConceptStatus(status), reason, bool(summary.strip())
        )
        for number, title, status, reason, summary in rows[:LONGEST_LIST]
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
    """Answers about goals, as far as the goals are still confirmed and no later release replaced the check."""
    confirmed = Proposal.objects.filter(
        of=OuterRef("of"), kind=TargetKind.GOAL, target=OuterRef("target"), verdict=Verdict.CONFIRMED
    )
    newer = Check.objects.filter(
        paper=OuterRef("of__paper"), state=CheckState.RELEASED, pk__gt=OuterRef("of_id")
    )
    return _of_year(year).filter(Exists(confirmed), ~Exists(newer), of__is_relevant=True)


def _of_year(year: int) -> QuerySet[Answer]:
    """Answers of checks of that year's papers, or begun in it where the paper has no day; none given up."""
    drafted = Answer.objects.filter(of__steps__state=CheckState.DRAFT, of__paper__withdrawn_at=None)
    found = drafted.exclude(of__state=CheckState.GIVEN_UP).annotate(begun_at=F("of__steps__entered_at"))
    of_paper = Q(of__paper__dated_on__year=year)
    of_check = Q(of__paper__dated_on=None, of__steps__entered_at__year=year)
    near = found.filter(of_paper | of_check).select_related("of", "of__paper")
    return near.defer("of__text", "of__paper__search", "of__paper__text").order_by("-begun_at", "pk")


def _on(answer: Answer) -> date:
    """The day of the paper; without one, the day the check began."""
    begun_at: datetime = answer.begun_at  # type: ignore[attr-defined]  # annotated in _of_year
    dated_on = answer.of.paper.dated_on if answer.of.paper else None
    return dated_on or localdate(begun_at)


def _links(year: int) -> QuerySet[PaperLink]:
    """Links that people or lists made; what a check wrote, its answers say."""
    found = PaperLink.objects.filter(paper__dated_on__year=year, paper__withdrawn_at=None, from_check=None)
    papers = found.select_related("paper").defer("paper__search", "paper__text")
    return papers.order_by(F("paper__dated_on").desc(), "pk")


def _check_ref(check: Check) -> Ref:
    return Ref(check.number, check.title, reverse("papers:check", args=[check.number]))


def _paper_ref(paper: Paper) -> Ref:
    return Ref(paper.number, paper.title, reverse("papers:paper", args=[paper.key]))


def _name(ref: Ref | None) -> str:
    return f"{ref.key} {ref.title}".strip() if ref else ""
