"""What the queries of conflicts give: plain values."""

from dreiklang.conflicts.queries.records.drafts import Arising, Beside, DraftClaim, Neighbour
from dreiklang.conflicts.queries.records.overviews import Cell, ComparisonState, Link, Matrix, Network
from dreiklang.conflicts.queries.records.parties import CandidateLine, FoundLine, Names, Party
from dreiklang.conflicts.queries.records.radar import Choice, Radar, RadarFilter
from dreiklang.conflicts.queries.records.talks import (
    CandidatePage,
    DueCandidate,
    OptionLine,
    PositionLine,
    TalkLine,
    WeighingLine,
    WeighingPage,
)

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
    "Names",
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
]
