"""What can be asked about checks and the checklist."""

from dreiklang.papers.queries.checks.due import DueCheck, checks_due_for
from dreiklang.papers.queries.checks.durations import durations, papers_on_their_way, where_checks_wait
from dreiklang.papers.queries.checks.later import (
    against_goals,
    concepts_without_summary,
    strategic_without_check,
    without_reason,
    years_asked,
)
from dreiklang.papers.queries.checks.page import AskedAbout, CheckPage, StepChoice, check_of, check_page
from dreiklang.papers.queries.checks.panel import ChecksPanel, checks_of_concept, checks_of_paper
from dreiklang.papers.queries.checks.pipeline import (
    CheckLine,
    DueDay,
    checks_of,
    finished_checks,
    pipeline,
)

__all__ = [
    "AskedAbout",
    "CheckLine",
    "CheckPage",
    "ChecksPanel",
    "DueCheck",
    "DueDay",
    "StepChoice",
    "against_goals",
    "check_of",
    "check_page",
    "checks_due_for",
    "checks_of",
    "checks_of_concept",
    "checks_of_paper",
    "concepts_without_summary",
    "durations",
    "finished_checks",
    "papers_on_their_way",
    "pipeline",
    "strategic_without_check",
    "where_checks_wait",
    "without_reason",
    "years_asked",
]
