"""What the draft of a check touches, as the page shows it: why, where the text says so, and what runs there already."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from dreiklang.core.models import TextVector
from dreiklang.core.records import Ref
from dreiklang.goals.queries import goal_names, task_choices
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.queries import measures_running
from dreiklang.papers.models import Check, Proposal
from dreiklang.papers.permissions.checks import ANSWER, SEE
from dreiklang.papers.queries.papers import labels_of
from dreiklang.papers.queries.targets import TEXTUAL, touchable_count
from dreiklang.papers.rules.checks import EDITABLE
from dreiklang.papers.rules.kinds import CALLED_BY_NAME, ProposalOrigin, TargetKind, Verdict
from dreiklang.papers.rules.proposals import TargetKey
from dreiklang.people.queries import accounts_in, departments_by_id, may
from dreiklang.people.rules import Role, Viewer

ORDER = tuple(TargetKind)
RUNNING_SHOWN = 3


@dataclass(frozen=True)
class GroundLine:
    """Why, as a code of rules.proposals with the words or the checks it rests on."""

    code: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposalLine:
    """One proposal with its verdict. `running`: measures already under way there, `running_count` how many in all."""

    id: int
    kind: TargetKind
    ref: Ref
    rank: int
    passage: str
    grounds: tuple[GroundLine, ...]
    verdict: Verdict
    sign: LinkSign | None
    reason: str
    decided_by: str
    is_by_hand: bool
    is_offered: bool
    running: tuple[Ref, ...] = ()
    running_count: int = 0
    people: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """What people call it by before its title; empty where they use the title alone."""
        return "" if self.kind in CALLED_BY_NAME else self.ref.key


@dataclass(frozen=True)
class ProposalGroup:
    """The proposals of one kind, best first."""

    kind: TargetKind
    lines: tuple[ProposalLine, ...]

    @property
    def open_count(self) -> int:
        return sum(line.verdict is Verdict.OPEN for line in self.lines)


@dataclass(frozen=True)
class Progress:
    """How many of the texts a draft is compared with have been read."""

    done: int
    total: int


@dataclass(frozen=True)
class ProposalsPage:
    """Everything about the proposals of one check. `problem`: no_text, too_slow, broken, or empty."""

    number: str
    title: str
    is_waiting: bool
    has_text: bool
    proposed_at: datetime | None
    problem: str
    may_decide: bool
    is_editable: bool
    groups: tuple[ProposalGroup, ...]
    progress: Progress | None = field(default=None)

    @property
    def lines(self) -> tuple[ProposalLine, ...]:
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def open_count(self) -> int:
        return sum(group.open_count for group in self.groups)

    @property
    def confirmed_count(self) -> int:
        return sum(line.verdict is Verdict.CONFIRMED for line in self.lines)

    @property
    def rejected_count(self) -> int:
        return sum(line.verdict is Verdict.REJECTED for line in self.lines)


def proposals_of(viewer: Viewer, *, number: str) -> ProposalsPage | None:
    """The proposals of that check by kind, best first; None if there is none for this viewer."""
    check = Check.objects.filter(number=number).select_related("department").first()
    if check is None or not may(viewer, SEE, check):
        return None
    lines = _lines(viewer, check)
    return ProposalsPage(
        number=check.number,
        title=check.title,
        is_waiting=bool(check.text.strip()) and check.proposed_at is None,
        has_text=bool(check.text.strip()),
        proposed_at=check.proposed_at,
        problem=check.proposal_problem,
        may_decide=may(viewer, ANSWER, check),
        is_editable=check.state in EDITABLE,
        groups=tuple(
            ProposalGroup(kind, tuple(line for line in lines if line.kind is kind))
            for kind in ORDER
            if any(line.kind is kind for line in lines)
        ),
        progress=_progress(viewer),
    )


def target_choices(viewer: Viewer, *, kind: TargetKind) -> list[tuple[int, str]]:
    """What can be named by hand: goals and tasks of the valid version, for a form."""
    if kind is TargetKind.TASK:
        return task_choices(viewer)
    return [(goal.pk, f"{goal.number} {goal.title}") for goal in goal_names(viewer)]


def _lines(viewer: Viewer, check: Check) -> list[ProposalLine]:
    kept = list(check.proposals.order_by("-is_offered", "rank", "pk"))
    names = labels_of(viewer, targets={(TargetKind(p.kind), p.target) for p in kept})
    people = _people({p.target for p in kept if p.kind == TargetKind.DEPARTMENT})
    running = _running(viewer, kept)
    found = []
    for one in kept:
        ref = names.get((TargetKind(one.kind), one.target))
        if ref is None:
            continue  # gone since, or not for this viewer
        mine = people.get(one.target, ()) if one.kind == TargetKind.DEPARTMENT else ()
        found.append(_line(one, ref, running.get((TargetKind(one.kind), one.target), ()), mine))
    return found


def _line(one: Proposal, ref: Ref, running: tuple[Ref, ...], people: tuple[str, ...]) -> ProposalLine:
    return ProposalLine(
        id=one.pk,
        kind=TargetKind(one.kind),
        ref=ref,
        rank=one.rank,
        passage=one.passage,
        grounds=tuple(_grounds(one.grounds)),
        verdict=Verdict(one.verdict),
        sign=LinkSign(one.sign) if one.sign else None,
        reason=one.reason,
        decided_by=one.decided_by_name,
        is_by_hand=one.origin == ProposalOrigin.BY_HAND,
        is_offered=one.is_offered or one.origin == ProposalOrigin.BY_HAND,
        running=running[:RUNNING_SHOWN],
        running_count=len(running),
        people=people,
    )


def _grounds(kept: Iterable[dict[str, object]]) -> Iterable[GroundLine]:
    for ground in kept:
        words = ground.get("words") or ground.get("checks") or ()
        yield GroundLine(
            str(ground["code"]), (words,) if isinstance(words, str) else tuple(map(str, _many(words)))
        )


def _many(words: object) -> Iterable[object]:
    return words if isinstance(words, list | tuple) else ()


def _running(viewer: Viewer, kept: Iterable[Proposal]) -> dict[TargetKey, tuple[Ref, ...]]:
    """Measures under way for a goal, task, concept or district; a measure itself runs already."""
    found: dict[TargetKey, tuple[Ref, ...]] = {}
    for kind in (TargetKind.GOAL, TargetKind.TASK, TargetKind.CONCEPT, TargetKind.AREA):
        ids = {one.target for one in kept if one.kind == kind}
        for target, refs in measures_running(viewer, at=kind.value, ids=ids).items():
            found[(kind, target)] = refs
    return found


def _people(ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Office → who should see the draft: its reviewers, else its head."""
    found: dict[int, tuple[str, ...]] = {}
    for pk, office in departments_by_id(ids).items():
        reviewers = tuple(one.name for one in accounts_in(pk, Role.REVIEWER))
        found[pk] = reviewers or ((office.head.name,) if office.head else ())
    return found


def _progress(viewer: Viewer) -> Progress | None:
    """None once all texts are read. A count, so that the page need not read them."""
    total = touchable_count(viewer)
    done = TextVector.objects.filter(subject__in=[kind.value for kind in TEXTUAL]).count()
    return Progress(done, total) if done < total else None
