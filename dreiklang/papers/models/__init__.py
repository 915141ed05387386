"""Council papers, their route, checks, resolutions, and the council systems they come from."""

from dreiklang.papers.models.checks import (
    Answer,
    Check,
    Checklist,
    CheckStep,
    CheckText,
    Comment,
    CoSignature,
    Proposal,
    SavedSearch,
)
from dreiklang.papers.models.oparl import OparlObject, OparlSource
from dreiklang.papers.models.papers import (
    CouncilFile,
    FileContent,
    Paper,
    PaperLink,
    PaperSettings,
    PaperVersion,
)
from dreiklang.papers.models.resolutions import Resolution, ResolutionMeasure, ResolutionReport
from dreiklang.papers.models.route import AgendaItem, Consultation, Meeting

__all__ = [
    "AgendaItem",
    "Answer",
    "Check",
    "CheckStep",
    "CheckText",
    "Checklist",
    "CoSignature",
    "Comment",
    "Consultation",
    "CouncilFile",
    "FileContent",
    "Meeting",
    "OparlObject",
    "OparlSource",
    "Paper",
    "PaperLink",
    "PaperSettings",
    "PaperVersion",
    "Proposal",
    "Resolution",
    "ResolutionMeasure",
    "ResolutionReport",
    "SavedSearch",
]
