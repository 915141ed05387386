"""What the council decided, or was asked, that nobody follows yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.papers.models import Consultation, Paper, Resolution
from dreiklang.papers.permissions.resolutions import FOLLOW
from dreiklang.papers.rules.kinds import ConsultationRole, PaperKind, Result
from dreiklang.papers.rules.resolutions import ADOPTED, Topic, topic
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

ASKED = (PaperKind.MOTION, PaperKind.BUDGET_MOTION, PaperKind.INQUIRY)


@dataclass(frozen=True)
class OpenDecision:
    """A decision or a motion to follow. `paper` stands for itself where `step` is None: it has no decision yet."""

    paper: Paper
    topic: Topic
    step: Consultation | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"s{self.step.pk}" if self.step else f"p{self.paper.pk}"

    @property
    def result(self) -> Result:
        """What the minutes say; open before they say anything."""
        return Result(self.step.item.result) if self.step and self.step.item else Result.OPEN

    @property
    def decided_on(self) -> date | None:
        """The day of the meeting that decided."""
        if self.step is None or self.result is Result.OPEN:
            return None
        starts_at = self.step.meeting.starts_at if self.step.meeting else None
        return timezone.localdate(starts_at) if starts_at else self.step.planned_on

    @property
    def is_public(self) -> bool:
        """Whether all of it is public in the council system: paper, meeting and item."""
        step = self.step
        parts = [self.paper.visibility == Visibility.PUBLIC]
        if step is not None and step.meeting is not None:
            parts.append(step.meeting.visibility == Visibility.PUBLIC)
        if step is not None and step.item is not None:
            parts.append(step.item.is_public)
        return all(parts)


def open_decisions(viewer: Viewer, *, limit: int | None = None) -> list[OpenDecision]:
    """What can be taken over, newest meeting first. Nothing for those who may not take it over."""
    return untracked(limit=limit) if may(viewer, FOLLOW) else []


def open_decision_count(viewer: Viewer, *, most: int) -> int:
    """How many there are, counted no further than one more than `most`. Two statements; none for other viewers."""
    if not may(viewer, FOLLOW):
        return 0
    decided = _decided()[: most + 1].count()
    return min(decided + _asked()[: most + 1].count(), most + 1)


def untracked(*, limit: int | None = None) -> list[OpenDecision]:
    """The same without a viewer, for the worker.

    A motion or inquiry is followed once, with the step that decides on it, or has a result, if there is one.
    """
    steps = list(_decided().order_by("-meeting__starts_at", "-pk")[:limit])
    found = [one for step in steps if (one := _open_decision(step.paper, step)) is not None]
    asked = list(_asked().order_by("-dated_on", "-pk")[:limit])
    best = decisive_steps([one.pk for one in asked])
    found += [one for paper in asked if (one := _open_decision(paper, best.get(paper.pk))) is not None]
    return found[:limit]


def decisive_steps(paper_ids: Collection[int]) -> dict[int, Consultation]:
    """Paper → the step that says what became of it: the deciding one with a result, else the last with any."""
    rows = _steps().filter(paper__in=paper_ids).exclude(item=None).exclude(item__result=Result.OPEN)
    return {one.paper_id: one for one in sorted(rows, key=_weight)}


def _weight(step: Consultation) -> tuple[bool, float, int]:
    starts_at = step.meeting.starts_at if step.meeting else None
    return _is_deciding(step), starts_at.timestamp() if starts_at else 0.0, step.pk


def _open_decision(paper: Paper, step: Consultation | None) -> OpenDecision | None:
    result = Result(step.item.result) if step and step.item else Result.OPEN
    role = ConsultationRole(step.role) if step else ConsultationRole.UNKNOWN
    is_deciding = step.is_deciding if step else False
    why = topic(PaperKind(paper.kind), result=result, is_deciding=is_deciding, role=role)
    return OpenDecision(paper, why, step) if why else None


def _steps() -> QuerySet[Consultation]:
    there = Q(withdrawn_at=None, paper__withdrawn_at=None) & (Q(item=None) | Q(item__withdrawn_at=None))
    return (
        Consultation.objects.filter(there, resolution=None)
        .select_related("paper", "meeting", "item", "committee")
        .defer("paper__search", "paper__text")
    )


def _decided() -> QuerySet[Consultation]:
    """Steps that decided and are not followed; motions and inquiries stand for themselves."""
    adopted = _steps().filter(item__result__in=ADOPTED).filter(_decides(), ~_is_known())
    return adopted.exclude(paper__kind__in=ASKED)


def _asked() -> QuerySet[Paper]:
    """Motions and inquiries that are not followed."""
    there = Paper.objects.filter(withdrawn_at=None, kind__in=ASKED).defer("search", "text")
    return there.filter(~Exists(Resolution.objects.filter(paper=OuterRef("pk"))))


def _decides() -> Q:
    return Q(is_deciding=True) | Q(role=ConsultationRole.DECISION)


def _is_known() -> Exists:
    """Entered by hand or from a list, which name the paper and the day, not the step."""
    same_day = Q(decided_on=None) | Q(decided_on=OuterRef("meeting__starts_at__date"))
    return Exists(Resolution.objects.filter(same_day, paper=OuterRef("paper"), consultation=None))


def _is_deciding(step: Consultation) -> bool:
    return step.is_deciding or step.role == ConsultationRole.DECISION
