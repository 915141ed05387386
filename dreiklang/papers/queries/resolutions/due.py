"""What is due for one person: resolutions to carry out or report on, notes to release."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.timezone import localdate

from dreiklang.papers.models import Resolution, ResolutionReport
from dreiklang.papers.permissions.resolutions import RELEASE
from dreiklang.papers.queries.resolutions.lines import address
from dreiklang.papers.rules.resolutions import UNFINISHED
from dreiklang.people.queries import may
from dreiklang.people.rules import Role, Viewer

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class DueResolution:
    """One thing to do. `reason`: resolution_due, resolution_overdue, or resolution_note (waits since `on`)."""

    number: str
    title: str
    url: str
    reason: str
    on: date


def resolutions_due_for(viewer: Viewer, *, today: date) -> list[DueResolution]:
    """Unfinished resolutions of the viewer due within 30 days, and notes she may release, by day."""
    if not viewer.is_internal:
        return []
    mine = Q(lead__in=_people(viewer)) | Q(lead=None, department__in=_offices(viewer))
    late = (
        Resolution.objects.filter(mine, state__in=UNFINISHED, due_on__lte=today + AHEAD)
        .order_by("due_on", "pk")
        .values_list("number", "title", "due_on")
    )
    found = [
        DueResolution(
            number, title, address(number), "resolution_overdue" if on < today else "resolution_due", on
        )
        for number, title, on in late
        if on is not None
    ]
    return sorted([*found, *_notes(viewer)], key=lambda one: (one.on, one.number))


def _people(viewer: Viewer) -> list[int]:
    own = [viewer.account_id] if viewer.account_id is not None else []
    return [*own, *viewer.deputises_for]


def _offices(viewer: Viewer) -> list[int]:
    """Departments whose resolutions without a person fall to the viewer; a whole-city role asks for nobody's."""
    reach = [one.department_ids for one in viewer.held if one.role in {Role.DEPARTMENT_EDITOR, Role.LEAD}]
    return sorted({pk for ids in reach if ids is not None for pk in ids})


def _notes(viewer: Viewer) -> list[DueResolution]:
    told = ResolutionReport.objects.filter(withdrawn_at=None).exclude(public_note="")
    newest = told.filter(resolution=OuterRef("resolution"))
    waiting = (
        told.filter(released_at=None)
        .annotate(newest=Subquery(newest.order_by("-reported_on", "-pk").values("pk")[:1]))
        .filter(pk=F("newest"))
        .select_related("resolution__department")
        .defer("resolution__search")
        .order_by("recorded_at", "pk")
    )
    return [
        DueResolution(
            one.resolution.number,
            one.resolution.title,
            f"{address(one.resolution.number)}#verlauf",
            "resolution_note",
            localdate(one.recorded_at),
        )
        for one in waiting
        if may(viewer, RELEASE, one.resolution)
    ]
