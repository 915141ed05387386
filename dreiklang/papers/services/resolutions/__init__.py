"""What can happen to resolutions, motions, inquiries and promises that are followed."""

from dreiklang.papers.services.resolutions.editing import (
    FIELDS,
    CannotSaveResolution,
    change_resolution,
    create_resolution,
    set_resolution_visibility,
)
from dreiklang.papers.services.resolutions.following import FOLLOW_JOB, follow_all, follow_decisions
from dreiklang.papers.services.resolutions.handover import hand_over
from dreiklang.papers.services.resolutions.hiding import take_back_hidden
from dreiklang.papers.services.resolutions.reporting import (
    CannotReleaseNote,
    CannotReportResolution,
    CannotWithdrawReport,
    WhatBecame,
    release_resolution_note,
    report_resolution,
    take_back_resolution_note,
    withdraw_resolution_report,
)

__all__ = [
    "FIELDS",
    "FOLLOW_JOB",
    "CannotReleaseNote",
    "CannotReportResolution",
    "CannotSaveResolution",
    "CannotWithdrawReport",
    "WhatBecame",
    "change_resolution",
    "create_resolution",
    "follow_all",
    "follow_decisions",
    "hand_over",
    "release_resolution_note",
    "report_resolution",
    "set_resolution_visibility",
    "take_back_hidden",
    "take_back_resolution_note",
    "withdraw_resolution_report",
]
