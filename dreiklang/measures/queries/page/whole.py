"""One measure with all that hangs on it, in few statements: links travel as arrays of the first one."""

from datetime import date

from dreiklang.measures.queries.lines import inside_of, line_of
from dreiklang.measures.queries.page import records
from dreiklang.measures.queries.page.course import fact, report_rows, reports_of
from dreiklang.measures.queries.page.inside import inside_part
from dreiklang.measures.queries.page.links import (
    above,
    area,
    department_url,
    goals_of,
    milestone,
    office,
    ref,
    refs,
)
from dreiklang.measures.queries.page.row import row_of
from dreiklang.measures.queries.terms import restraint_periods, terms_of
from dreiklang.measures.rules import Terms, current_report, in_restraint, phase_history, phase_since, way
from dreiklang.people.rules import Viewer


def measure_page(
    viewer: Viewer, *, number: str, today: date, terms: Terms | None = None
) -> records.MeasurePage:
    """The measure of that number as this viewer sees it. At most six statements.

    Raises: NotFound, also where the viewer may not know of it.
    """
    terms = terms or terms_of(today=today)
    row = row_of(viewer, number, terms)
    is_inside = viewer.is_internal or row["granted"]
    reports = reports_of(viewer, row["pk"], today, is_inside)
    facts = [fact(one) for one in reports]
    latest = current_report(facts)
    history = phase_history(facts)
    goals = goals_of(row["pk"], viewer)
    course = {"starts_on": row["starts_on"], "resolution_on": row["resolution_on"]}
    milestones = tuple(milestone(one) for one in row["steps"] if is_inside or one["is_public"])
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
        department_url=department_url(row["lead_department__key"]),
        geometry=row["geometry"],
        tasks=tuple(ref(one, "goals:task") for one in row["tasks_"]),
        goals=goals,
        concepts=tuple(ref(one, "concepts:concept") for one in row["concepts_"]),
        areas=tuple(area(one) for one in row["areas_"]),
        area_ids=tuple(one["id"] for one in row["areas_"]),
        milestones=tuple(sorted(milestones, key=lambda one: (one.due_on or date.max, one.id))),
        reports=report_rows(reports, viewer, periods, today, is_inside),
        involved=tuple(office(one, is_inside) for one in row["offices_"]),
        partners=tuple(
            records.PartnerRow(
                one["name"], one["role"] if is_inside or one["is_public"] else "", one["is_public"]
            )
            for one in row["partners_"]
            if is_inside or one["is_public"]
        ),
        needs=refs(row["needs_"]),
        needed_by=refs(row["needed_by_"]),
        parent=above(row, "parent", viewer),
        parts=refs(row["parts_"]),
        merged_from=refs(row["merged_from_"]),
        successor=above(row, "merged_into", viewer),
        way=way(
            history,
            planned_end_on=row["ends_on"],
            expected_end_on=latest.expected_end_on if latest else None,
            **course,
        ),
        since=phase_since(history, **course),
        is_restrained=in_restraint(today, periods=periods),
        inside=inside_part(row, latest, bool(goals), milestones, terms) if is_inside else None,
    )
