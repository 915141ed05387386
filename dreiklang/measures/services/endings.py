"""A measure goes on in another one: merged as a duplicate, or replaced. Nothing of its history is lost."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.measures.models import Dependency, Measure, MeasureGoal
from dreiklang.measures.permissions import MERGE, REPORT
from dreiklang.measures.rules import Phase, Timeliness, reaches
from dreiklang.measures.services.reports import ReportDraft, add_report
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

# What a duplicate may bring along where the kept record says nothing.
FILLED = (
    "teaser",
    "description",
    "lead_department_id",
    "lead_id",
    "deputy_id",
    "starts_on",
    "starts_words",
    "ends_on",
    "ends_words",
    "cost_eur",
    "cost_words",
    "cost_price_on",
    "geometry",
    "place_words",
    "resolution_reference",
    "resolution_on",
)
LINKS = (
    ("goal_links", "goal_id", ("sign", "weight", "reason")),
    ("task_links", "task_id", ()),
    ("concept_links", "concept_id", ("is_origin",)),
    ("area_links", "area_id", ()),
    ("involvements", "department_id", ("role", "words", "since")),
    ("partners", "name", ("role", "is_public")),
    ("team", "account_id", ("duty",)),
    ("partner_access", "account_id", ("agreed_on",)),
)


class CannotMerge(Refused):
    """The two cannot be put together: `same`, `already_merged`, `successor_merged`, `circle`."""


@dataclass(frozen=True)
class Merger:
    """What putting two measures together would bring: fields filled and links taken over, by name."""

    fills: tuple[str, ...]
    links: dict[str, int]
    open_milestones: int
    reports: int


def merger(keep: Measure, other: Measure) -> Merger:
    """The preview of a merger; nothing is written."""
    links: Counter[str] = Counter()
    for name, key, _fields in LINKS:
        mine = set(getattr(keep, name).values_list(key, flat=True))
        links[name] = len(set(getattr(other, name).values_list(key, flat=True)) - mine)
    titles = set(keep.milestones.values_list("title", flat=True))
    fresh = [one for one in other.milestones.filter(done_on=None) if one.title not in titles]
    return Merger(
        fills=tuple(_fills(keep, other)),
        links={name: number for name, number in links.items() if number},
        open_milestones=len(fresh),
        reports=other.reports.count(),
    )


def merge_duplicates(*, by: Viewer, on: date, keep: Measure, other: Measure) -> Measure:
    """The kept measure, with what the other one knew besides. Both keep their own history.

    The other's links come along where the kept one has none of that kind; empty fields are filled;
    open milestones, parts and dependants move. Its reports and done milestones stay with it, readable
    from its page; its address leads to the kept one.
    Raises: NotAllowed (for either); CannotMerge.
    """
    require(by, MERGE, keep)
    require(by, MERGE, other)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zusammengelegt")):
        keep, other = _both(keep, other)
        _end(by, on, other, Phase.MERGED, keep)
        for name in _fills(keep, other):
            setattr(keep, name, getattr(other, name))
        keep.version += 1
        keep.save()
        _take_links(keep, other)
        _take_milestones(keep, other)
        _take_family(keep, other)
        record(
            name="merged",
            subject="measures",
            object_key=other.number,
            by_id=by.account_id,
            by_name=by.name,
            into=keep.number,
            claims=[f"measure:{keep.pk}", f"measure:{other.pk}"],
        )
    return keep


def replace(*, by: Viewer, on: date, measure: Measure, successor: Measure, why: str) -> Measure:
    """The measure, replaced by another one; nothing moves, both stay as they are.

    Raises: NotAllowed; CannotMerge.
    """
    require(by, REPORT, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Ersetzt")):
        successor, measure = _both(successor, measure)
        _end(by, on, measure, Phase.REPLACED, successor, why)
        record(
            name="replaced",
            subject="measures",
            object_key=measure.number,
            by_id=by.account_id,
            by_name=by.name,
            into=successor.number,
            claims=[f"measure:{measure.pk}", f"measure:{successor.pk}"],
        )
    return measure


def _both(keep: Measure, other: Measure) -> tuple[Measure, Measure]:
    if keep.pk == other.pk:
        raise CannotMerge("same")
    locked = Measure.objects.select_for_update().order_by("pk").in_bulk([keep.pk, other.pk])
    keep, other = locked[keep.pk], locked[other.pk]
    if other.merged_into_id is not None:
        raise CannotMerge("already_merged", number=other.number)
    if keep.merged_into_id is not None:
        raise CannotMerge("successor_merged", number=keep.number)
    return keep, other


def _end(by: Viewer, on: date, measure: Measure, phase: Phase, successor: Measure, why: str = "") -> None:
    last = measure.reports.filter(withdrawn_at=None).order_by("-reported_on", "-pk").first()
    said = ReportDraft(
        phase=phase,
        timeliness=Timeliness(last.timeliness) if last and last.timeliness else Timeliness.ON_TRACK,
        note=why or _("Weiter unter %(number)s") % {"number": successor.number},
    )
    day = max(on, last.reported_on) if last else on
    add_report(by=by, on=day, measure=measure, said=said, today=day)
    Measure.objects.filter(pk=measure.pk).update(merged_into=successor, version=F("version") + 1)
    # Whatever led here before now leads on, so that no address ends in a chain.
    Measure.objects.filter(merged_into=measure).update(merged_into=successor, version=F("version") + 1)


def _fills(keep: Measure, other: Measure) -> list[str]:
    empty = (None, "")
    names = [name for name in FILLED if getattr(keep, name) in empty and getattr(other, name) not in empty]
    starts = keep.starts_on or (other.starts_on if "starts_on" in names else None)
    ends = keep.ends_on or (other.ends_on if "ends_on" in names else None)
    if starts and ends and ends < starts:
        # Begin and end from two records that contradict each other: keep what stands.
        names = [name for name in names if name not in {"starts_on", "ends_on"}]
    return names


def _take_links(keep: Measure, other: Measure) -> None:
    for name, key, fields in LINKS:
        mine = set(getattr(keep, name).values_list(key, flat=True))
        for row in getattr(other, name).order_by("pk"):
            if getattr(row, key) not in mine:
                values = {field: getattr(row, field) for field in fields}
                getattr(keep, name).create(**{key: getattr(row, key)}, **values)
    has_main = MeasureGoal.objects.filter(measure=keep, is_main=True).exists()
    main = MeasureGoal.objects.filter(measure=other, is_main=True).first()
    if main is not None and not has_main:
        MeasureGoal.objects.filter(measure=keep, goal_id=main.goal_id).update(is_main=True)


def _take_milestones(keep: Measure, other: Measure) -> None:
    titles = set(keep.milestones.values_list("title", flat=True))
    for milestone in other.milestones.filter(done_on=None):
        if milestone.title not in titles:
            milestone.measure = keep
            milestone.save(update_fields=["measure", "changed_at"])


def _take_family(keep: Measure, other: Measure) -> None:
    if keep.parent_id == other.pk:
        keep.parent_id = other.parent_id
        keep.save(update_fields=["parent"])
    # A part of the kept one may not become its whole.
    others = Measure.objects.filter(parent=other).exclude(pk=keep.pk)
    edges = list(Measure.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
    for part in others:
        if not reaches(keep.pk, target=part.pk, edges=edges):
            part.parent = keep
            part.version += 1
            part.save(update_fields=["parent", "version", "changed_at"])
    _take_dependencies(keep, other)


def _take_dependencies(keep: Measure, other: Measure) -> None:
    rows = Dependency.objects.all()
    edges = {pair for pair in rows.values_list("measure_id", "needs_id") if other.pk not in pair}
    moved = [
        (
            keep.pk if row.measure_id == other.pk else row.measure_id,
            keep.pk if row.needs_id == other.pk else row.needs_id,
            row,
        )
        for row in rows
        if other.pk in (row.measure_id, row.needs_id)
    ]
    for measure_id, needs_id, row in moved:
        # What would close a circle, or say a thing twice, stays with the merged record.
        if (measure_id, needs_id) in edges or reaches(needs_id, target=measure_id, edges=edges):
            continue
        row.measure_id, row.needs_id = measure_id, needs_id
        row.save(update_fields=["measure", "needs"])
        edges.add((measure_id, needs_id))
