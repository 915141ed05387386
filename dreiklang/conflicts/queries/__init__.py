"""What can be asked about conflicts and synergies. The administration sees all of it, everybody else nothing."""

from dreiklang.conflicts.queries.beside import beside
from dreiklang.conflicts.queries.matrices import concept_matrix, goal_matrix, network
from dreiklang.conflicts.queries.page import candidate_page, kept_candidate, protocol, weighing_page
from dreiklang.conflicts.queries.panels import candidates_for, panel_of, reviews_due
from dreiklang.conflicts.queries.radar import radar, radar_rows
from dreiklang.conflicts.queries.records import (
    Arising,
    Beside,
    CandidateLine,
    CandidatePage,
    Cell,
    Choice,
    ComparisonState,
    DraftClaim,
    DueCandidate,
    FoundLine,
    Link,
    Matrix,
    Neighbour,
    Network,
    OptionLine,
    Party,
    PositionLine,
    Radar,
    RadarFilter,
    TalkLine,
    WeighingLine,
    WeighingPage,
)
from dreiklang.conflicts.queries.runs import comparison_state
from dreiklang.conflicts.queries.thresholds import limits, thresholds

__all__ = [
    "Arising",
    "Beside",
    "CandidateLine",
    "CandidatePage",
    "Cell",
    "Choice",
    "ComparisonState",
    "DraftClaim",
    "DueCandidate",
    "FoundLine",
    "Link",
    "Matrix",
    "Neighbour",
    "Network",
    "OptionLine",
    "Party",
    "PositionLine",
    "Radar",
    "RadarFilter",
    "TalkLine",
    "WeighingLine",
    "WeighingPage",
    "beside",
    "candidate_page",
    "candidates_for",
    "comparison_state",
    "concept_matrix",
    "goal_matrix",
    "kept_candidate",
    "limits",
    "network",
    "panel_of",
    "protocol",
    "radar",
    "radar_rows",
    "reviews_due",
    "thresholds",
    "weighing_page",
]
