"""What can be asked about resolutions: lists, a page, what is due, the yearly council report."""

from dreiklang.papers.queries.resolutions.choices import ResolutionLists, resolution_lists
from dreiklang.papers.queries.resolutions.council import CouncilReport, council_report, report_years
from dreiklang.papers.queries.resolutions.data import resolution_data, resolutions_data
from dreiklang.papers.queries.resolutions.due import DueResolution, resolutions_due_for
from dreiklang.papers.queries.resolutions.hands import in_hands_of, ownerless
from dreiklang.papers.queries.resolutions.lines import (
    resolution_counts,
    resolution_lines,
    resolutions_of_goal,
    resolutions_of_measure,
    resolutions_of_target,
)
from dreiklang.papers.queries.resolutions.page import (
    ResolutionPage,
    kept_resolution,
    resolution_of,
    resolution_page,
    resolutions_of_meeting,
)
from dreiklang.papers.queries.resolutions.signs import FATE_SIGNS, fate_parts, fate_sign

__all__ = [
    "FATE_SIGNS",
    "CouncilReport",
    "DueResolution",
    "ResolutionLists",
    "ResolutionPage",
    "council_report",
    "fate_parts",
    "fate_sign",
    "in_hands_of",
    "kept_resolution",
    "ownerless",
    "report_years",
    "resolution_counts",
    "resolution_data",
    "resolution_lines",
    "resolution_lists",
    "resolution_of",
    "resolution_page",
    "resolutions_data",
    "resolutions_due_for",
    "resolutions_of_goal",
    "resolutions_of_measure",
    "resolutions_of_meeting",
    "resolutions_of_target",
]
