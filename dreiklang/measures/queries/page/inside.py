"""What only people inside see: who, how well the record is kept, what was agreed."""

from collections.abc import Iterable, Mapping
from typing import Any

from dreiklang.core.enums import Visibility
from dreiklang.measures.queries.page import records
from dreiklang.measures.rules import Duration, RecordFacts, ReportFact, Terms, record_quality, review_due_on

BRIEF_TEXTS = ("context", "aims", "interfaces", "information_flow", "decision_way")


def inside_part(
    row: Mapping[str, Any],
    latest: ReportFact | None,
    has_goal: bool,
    milestones: Iterable[records.MilestoneRow],
    terms: Terms,
) -> records.MeasureInside:
    """The part for people inside."""
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
        answering=records.Answering(
            lead_id=row["lead_id"],
            deputy_id=row["deputy_id"],
            lead_department_id=row["lead_department_id"],
            lead_department=None
            if row["lead_department_id"] is None
            else records.Office(row["lead_department__head_id"]),
        ),
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
