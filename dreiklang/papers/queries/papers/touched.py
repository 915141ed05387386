"""What papers touch: goals, tasks, concepts, measures, indicators, areas and offices, by name and address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse

from dreiklang.concepts.queries import concept_labels
from dreiklang.core.records import Ref
from dreiklang.goals.queries import goal_labels, task_labels
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.queries import visible as visible_measures
from dreiklang.monitoring.queries import indicator_labels
from dreiklang.papers.models import PaperLink
from dreiklang.papers.queries.visibility import sees_inside, visible_papers
from dreiklang.papers.rules.kinds import CALLED_BY_NAME, TargetKind
from dreiklang.people.queries import departments_by_id
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import areas

ORDER = tuple(TargetKind)
Target = tuple[TargetKind, int]


@dataclass(frozen=True)
class Touched:
    """One thing a paper touches, how and why. Without a sign nobody knows whether for better or worse."""

    kind: TargetKind
    target: int
    ref: Ref
    sign: LinkSign | None
    reason: str
    origin: str
    # The number of the released check that says so; empty: a person or a list does.
    check: str = ""

    @property
    def name(self) -> str:
        """What people call it: number and title, or the title alone."""
        return name_of(self.kind, self.ref)

    @property
    def shows_sign(self) -> bool:
        """Whether its effect is worth a word: always of a goal, of a task where somebody gave one."""
        return self.kind is TargetKind.GOAL or (self.kind is TargetKind.TASK and self.sign is not None)


def name_of(kind: TargetKind, ref: Ref) -> str:
    """What people call something touched: number and title, or the title alone where its key is for lists."""
    return ref.title if kind in CALLED_BY_NAME else f"{ref.key} {ref.title}".strip()


def touched_by(viewer: Viewer, *, ids: Collection[int]) -> dict[int, tuple[Touched, ...]]:
    """Paper → what it touches, goals first, by number. What the viewer may not know of is left out.

    Of a withdrawn paper outsiders learn nothing more. One statement, and one for each kind that occurs.
    """
    rows = PaperLink.objects.filter(paper__in=ids).order_by("pk")
    if not sees_inside(viewer):
        rows = rows.filter(paper__in=visible_papers(viewer).filter(withdrawn_at=None))
    links = list(
        rows.values_list("paper_id", "kind", "target", "sign", "reason", "origin", "from_check__number")
    )
    names = labels_of(viewer, targets={(TargetKind(kind), target) for _p, kind, target, *_rest in links})
    found: dict[int, list[Touched]] = {}
    for paper, kind, target, sign, reason, origin, check in links:
        ref = names.get((TargetKind(kind), target))
        if ref is not None:
            effect = LinkSign(sign) if sign else None
            one = Touched(TargetKind(kind), target, ref, effect, reason, origin, check or "")
            found.setdefault(paper, []).append(one)
    return {paper: tuple(sorted(ones, key=_place)) for paper, ones in found.items()}


def labels_of(viewer: Viewer, *, targets: Collection[Target]) -> dict[Target, Ref]:
    """(kind, id) → number, title and address, as far as the viewer may know. One statement a kind."""
    wanted: dict[TargetKind, set[int]] = {}
    for kind, target in targets:
        wanted.setdefault(kind, set()).add(target)
    return {
        (kind, target): ref
        for kind, ids in wanted.items()
        for target, ref in _labels(viewer, kind, ids).items()
    }


def _labels(viewer: Viewer, kind: TargetKind, ids: Collection[int]) -> Mapping[int, Ref]:
    match kind:
        case TargetKind.GOAL:
            return {pk: Ref(g.number, g.title, g.url) for pk, g in goal_labels(viewer, ids=ids).items()}
        case TargetKind.TASK:
            return {pk: Ref(t.number, t.title, t.url) for pk, t in task_labels(viewer, ids=ids).items()}
        case TargetKind.CONCEPT:
            return concept_labels(viewer, ids=ids)
        case TargetKind.MEASURE:
            rows = visible_measures(viewer).filter(pk__in=ids).values_list("pk", "number", "title")
            return {pk: Ref(no, title, reverse("measures:measure", args=[no])) for pk, no, title in rows}
        case TargetKind.INDICATOR:
            return indicator_labels(viewer, ids=ids)
        case TargetKind.AREA:
            return {area.pk: Ref(area.key, area.name, area.url) for area in areas(viewer, ids=ids)}
        case TargetKind.DEPARTMENT:
            return {
                pk: Ref(one.key, one.name, reverse("people:department", args=[one.key]))
                for pk, one in departments_by_id(ids).items()
            }


def _place(one: Touched) -> tuple[int, str]:
    return ORDER.index(one.kind), one.ref.key or one.ref.title
