"""What can happen to papers, checks and resolutions."""

from dreiklang.papers.services.checks.handover import hand_over_checks
from dreiklang.papers.services.resolutions import (
    FOLLOW_JOB,
    follow_all,
    follow_decisions,
    hand_over,
    report_resolution,
)

__all__ = [
    "FOLLOW_JOB",
    "follow_all",
    "follow_decisions",
    "hand_over",
    "hand_over_checks",
    "report_resolution",
]
