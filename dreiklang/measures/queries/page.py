"""One measure with all that hangs on it, in few statements: links travel as arrays of the first one."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Model, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localdate

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.records import Ref
from dreiklang.measures.models import (
    Dependency,
    Involvement,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
    MeasurePartner,
    MeasureTask,
    Milestone,
    PartnerAccess,
    Report,
    TeamMember,
)
from dreiklang.measures.queries import page_records as records
from dreiklang.measures.queries.lines import LINE_FIELDS, address, inside_of, line_of
from dreiklang.measures.queries.standing import serving_goals, standing_case
from dreiklang.measures.queries.terms import restraint_periods, terms_of
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import (
    Duration,
    InvolvedRole,
    Phase,
    RecordFacts,
    ReportFact,
    Terms,
    Timeliness,
    current_report,
    in_restraint,
    note_visible_on,
    phase_history,
    phase_since,
    record_quality,
    review_due_on,
    way,
)
from dreiklang.people.rules import Viewer

BRIEF_TEXTS = ("context", "aims", "interfaces", "information_flow", "decision_way")
_OWN = (
    "description",
    "starts_on",
    "starts_words",
    "cost_price_on",
    "topics",
    "resolution_reference",
    "resolution_on",
    "geometry",
    "note",
    "source_note",
    "version",
    "lead__phone",
    "lead__email",
    "deputy__phone",
    "deputy__email",
    "merged_into__number",
    "merged_into__title",
    "merged_into__visibility",
    "parent__number",
    "parent__title",
    "parent__visibility",
    "brief__agreed_on",
    "brief__reviewed_on",
    "brief__review_every_months",
    *(f"brief__{name}" for name in BRIEF_TEXTS),
)


def measure_page(
    viewer: Viewer, *, number: str, today: date, terms: Terms | None = None
) -> records.MeasurePage:
    """The measure of that number as this viewer sees it. At most six statements.

    Raises: NotFound, also where the viewer may not know of it.
    """
    terms = terms or terms_of(today=today)
    row = _row(viewer, number, terms)
    is_inside = viewer.is_internal or row["granted"]
    reports = _reports(viewer, row["pk"], today, is_inside)
    facts = [_fact(one) for one in reports]
    latest = current_report(facts)
    history = phase_history(facts)
    goals = _goals(row["pk"], viewer)
    course = {"starts_on": row["starts_on"], "resolution_on": row["resolution_on"]}
    milestones = tuple(_milestone(one) for one in row["steps"] if is_inside or one["is_public"])
    periods = restraint_periods()
    return records.MeasurePage(
        line=line_of(row, inside=inside_of(row) if is_inside else None),
        description=row["description"],
        starts_on=row["starts_on"],
        starts_words=row["starts_words"],
        cost_price_on=row["cost_price_on"],
        topics=tuple(str(one) for one in row["topics"]),
        resolution_reference=row["resolution_reference"],
        resolution_on=row["resolution_on"],
        department_url=_department_url(row["lead_department__key"]),
        geometry=row["geometry"],
        tasks=tuple(_ref(one, "goals:task") for one in row["tasks_"]),
        goals=goals,
        concepts=tuple(_ref(one, "concepts:concept") for one in row["concepts_"]),
        areas=tuple(_area(one) for one in row["areas_"]),
        area_ids=tuple(one["id"] for one in row["areas_"]),
        milestones=tuple(sorted(milestones, key=lambda one: (one.due_on or date.max, one.id))),
        reports=tuple(_report_row(one, viewer, periods, today, is_inside) for one in reports),
        involved=tuple(_office(one, is_inside) for one in row["offices_"]),
        partners=tuple(
            records.PartnerRow(
                one["name"], one["role"] if is_inside or one["is_public"] else "", one["is_public"]
            )
            for one in row["partners_"]
            if is_inside or one["is_public"]
        ),
        needs=_refs(row["needs_"]),
        needed_by=_refs(row["needed_by_"]),
        parent=_above(row, "parent", viewer),
        parts=_refs(row["parts_"]),
        merged_from=_refs(row["merged_from_"]),
        successor=_above(row, "merged_into", viewer),
        way=way(
            history,
            planned_end_on=row["ends_on"],
            expected_end_on=latest.expected_end_on if latest else None,
            **course,
        ),
        since=phase_since(history, **course),
        is_restrained=in_restraint(today, periods=periods),
        inside=_inside(row, latest, bool(goals), milestones, terms) if is_inside else None,
    )


def kept(viewer: Viewer, key: str) -> tuple[Measure, str]:
    """The measure of that number and the address of its page, for its history. Raises: NotFound."""
    found = visible(viewer).filter(number=key).first()
    if found is None:
        raise NotFound("measure", key=key)
    return found, address(found.number)


def measure_of(viewer: Viewer, *, number: str) -> Measure:
    """The record of that number with its leading office, for a change. Raises: NotFound."""
    found = visible(viewer).select_related("lead_department", "current_report").filter(number=number).first()
    if found is None:
        raise NotFound("measure", key=number)
    return found


def _row(viewer: Viewer, number: str, terms: Terms) -> dict[str, Any]:
    shown = visible(viewer)
    arrays = {
        "steps": _array(Milestone, "id", "title", "due_on", "due_words", "done_on", "is_public"),
        "tasks_": _array(
            MeasureTask, "task__number", "task__title", where={"task__framework__status": "valid"}
        ),
        "concepts_": _array(
            MeasureConcept,
            "concept__number",
            "concept__title",
            where={} if viewer.is_internal else {"concept__visibility": Visibility.PUBLIC},
        ),
        "areas_": _array(MeasureArea, "area__id", "area__key", "area__name"),
        "offices_": _array(Involvement, "department__key", "department__name", "role", "words", "since"),
        "partners_": _array(MeasurePartner, "name", "role", "is_public"),
        "team_": _array(TeamMember, "account__name", "duty"),
        "needs_": _array(Dependency, "needs__number", "needs__title", where={"needs__in": shown}),
        "needed_by_": _array(
            Dependency, "measure__number", "measure__title", of="needs", where={"measure__in": shown}
        ),
        "parts_": _array(
            Measure, "number", "title", of="parent", where={"pk__in": shown, "merged_into": None}
        ),
        "merged_from_": _array(Measure, "number", "title", of="merged_into", where={"pk__in": shown}),
    }
    access = PartnerAccess.objects.filter(measure=OuterRef("pk"), account=viewer.account_id)
    found = (
        shown.filter(number=number)
        .annotate(derived=standing_case(terms), granted=Exists(access), **arrays)
        .values(*LINE_FIELDS, *_OWN, "granted", *arrays)
        .first()
    )
    if found is None:
        raise NotFound("measure", key=number)
    return dict(found)


def _array(
    model: type[Model], *fields: str, of: str = "measure", where: Mapping[str, Any] | None = None
) -> ArraySubquery:
    """The linked rows as an array of objects; the last word of a path is the name inside."""
    rows = model._default_manager.filter(**{of: OuterRef("pk")}, **(where or {}))
    named = {path.split("__")[-1]: F(path) for path in fields}
    return ArraySubquery(rows.order_by("pk").values(json=JSONObject(**named)))


def _reports(viewer: Viewer, measure_id: int, today: date, is_inside: bool) -> list[Report]:
    reports = Report.objects.filter(measure=measure_id).select_related("by_department")
    if not is_inside:
        reports = reports.filter(withdrawn_at=None)
    return list(reports.order_by("-reported_on", "-pk"))


def _fact(report: Report) -> ReportFact:
    return ReportFact(
        report.pk,
        report.reported_on,
        Phase(report.phase) if report.phase else None,
        Timeliness(report.timeliness) if report.timeliness else None,
        report.round_id,
        report.expected_end_on,
        report.withdrawn_at is not None,
    )


def _report_row(
    report: Report, viewer: Viewer, periods: Iterable[Any], today: date, is_inside: bool
) -> records.ReportRow:
    seen_on = note_visible_on(localdate(report.released_at), periods=periods) if report.released_at else None
    is_seen = seen_on is not None and seen_on <= today
    inside = records.ReportInside(
        next_step=report.next_step,
        obstacle=report.obstacle,
        decision_needed=report.decision_needed,
        note=report.note,
        by_name=report.by_name,
        withdrawn_at=report.withdrawn_at,
        recorded_at=report.recorded_at,
        origin=report.origin,
        waiting_note="" if is_seen else report.public_note,
        released_by=report.released_by_name,
        note_visible_on=seen_on,
        is_mine=report.by_id is not None and report.by_id == viewer.account_id,
    )
    return records.ReportRow(
        id=report.pk,
        on=report.reported_on,
        phase=Phase(report.phase) if report.phase else None,
        timeliness=Timeliness(report.timeliness) if report.timeliness else None,
        is_confirmation=report.is_confirmation,
        expected_end_on=report.expected_end_on,
        department=report.by_department.name if report.by_department else "",
        note=report.public_note if is_seen else "",
        inside=inside if is_inside else None,
    )


def _goals(measure_id: int, viewer: Viewer) -> tuple[records.GoalRef, ...]:
    """The goals of the valid framework, the main one first; older versions stay with their own pages."""
    tasks = ArraySubquery(
        serving_goals()
        .objects.filter(goal=OuterRef("goal"))
        .order_by("task__position", "pk")
        .values(json=JSONObject(number=F("task__number"), title=F("task__title")))
    )
    links = (
        MeasureGoal.objects.filter(measure=measure_id, goal__framework__status="valid")
        .annotate(serves=tasks)
        .select_related("goal__level")
        .order_by("-is_main", "sign", "-weight", "goal__position", "pk")
    )
    return tuple(
        records.GoalRef(
            number=link.goal.number,
            title=link.goal.title,
            level=link.goal.level.name,
            url=reverse("goals:goal", args=[link.goal.number]),
            sign=link.sign,
            weight=link.weight,
            reason=link.reason,
            is_main=link.is_main,
            tasks=tuple(_ref(one, "goals:task") for one in link.serves),
        )
        for link in links
    )


def _inside(
    row: Mapping[str, Any],
    latest: ReportFact | None,
    has_goal: bool,
    milestones: Iterable[records.MilestoneRow],
    terms: Terms,
) -> records.MeasureInside:
    return records.MeasureInside(
        lead=_person(row, "lead"),
        deputy=_person(row, "deputy"),
        team=tuple((one["name"], one["duty"]) for one in row["team_"]),
        brief=_brief(row),
        quality=_quality(row, latest, has_goal, milestones, terms),
        note=row["note"],
        source_note=row["source_note"],
        is_public=row["visibility"] == Visibility.PUBLIC,
        version=row["version"],
    )


def _quality(
    row: Mapping[str, Any],
    latest: ReportFact | None,
    has_goal: bool,
    milestones: Iterable[records.MilestoneRow],
    terms: Terms,
) -> Any:
    due = [one.due_on for one in milestones if one.done_on is None and one.due_on is not None]
    facts = RecordFacts(
        has_text=bool(row["description"] or row["teaser"]),
        has_lead_department=row["lead_department_id"] is not None,
        has_lead=row["lead_id"] is not None,
        has_deputy=row["deputy_id"] is not None,
        has_goal=has_goal,
        has_end=row["ends_on"] is not None or bool(row["ends_words"]),
        has_cost=row["cost_eur"] is not None or bool(row["cost_words"]),
        duration=Duration(row["duration"]),
        report=latest,
        next_milestone_on=min(due, default=None),
    )
    return record_quality(facts, today=terms.today, stale_after_days=terms.stale_after_days)


def _brief(row: Mapping[str, Any]) -> records.BriefRow | None:
    # A brief that exists has texts, be they empty; without one the join gives nothing.
    if row["brief__context"] is None:
        return None
    dates = {name: row[f"brief__{name}"] for name in ("agreed_on", "reviewed_on")}
    months = row["brief__review_every_months"]
    return records.BriefRow(
        texts={name: row[f"brief__{name}"] for name in BRIEF_TEXTS},
        review_every_months=months,
        review_due_on=review_due_on(every_months=months, **dates),
        **dates,
    )


def _person(row: Mapping[str, Any], role: str) -> records.PersonRow | None:
    if row[f"{role}_id"] is None:
        return None
    return records.PersonRow(row[f"{role}__name"], row[f"{role}__phone"], row[f"{role}__email"])


def _above(row: Mapping[str, Any], path: str, viewer: Viewer) -> Ref | None:
    number = row[f"{path}__number"]
    if number is None or not (viewer.is_internal or row[f"{path}__visibility"] == Visibility.PUBLIC):
        return None
    return Ref(number, row[f"{path}__title"], address(number))


def _milestone(one: Mapping[str, Any]) -> records.MilestoneRow:
    days = {name: date.fromisoformat(one[name]) if one[name] else None for name in ("due_on", "done_on")}
    return records.MilestoneRow(
        one["id"], one["title"], days["due_on"], one["due_words"], days["done_on"], one["is_public"]
    )


def _office(one: Mapping[str, Any], is_inside: bool) -> records.OfficeRow:
    return records.OfficeRow(
        name=one["name"],
        url=_department_url(one["key"]),
        role=InvolvedRole(one["role"]),
        since=date.fromisoformat(one["since"]) if one["since"] else None,
        words=one["words"] if is_inside else None,
    )


def _department_url(key: str | None) -> str:
    return reverse("people:department", args=[key]) if key else ""


def _area(one: Mapping[str, Any]) -> Ref:
    key = one["key"] or one["name"]
    return Ref(key, one["name"], reverse("places:area", args=[key]))


def _ref(one: Mapping[str, Any], route: str) -> Ref:
    return Ref(one["number"], one["title"], reverse(route, args=[one["number"]]))


def _refs(rows: Iterable[Mapping[str, Any]]) -> tuple[Ref, ...]:
    return tuple(Ref(one["number"], one["title"], address(one["number"])) for one in rows)
