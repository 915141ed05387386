"""Pages of measures."""

from dreiklang.measures.views.edit import create, edit, merge
from dreiklang.measures.views.lists import measure_csv, measure_list, measure_xlsx
from dreiklang.measures.views.page import measure
from dreiklang.measures.views.parts import brief, brief_reviewed, milestones, taking
from dreiklang.measures.views.reports import confirm, release, releases, report, take_back_release, withdraw
from dreiklang.measures.views.rounds import (
    close_round,
    lift_restraint,
    open_round,
    round_detail,
    rounds,
    settings,
)

__all__ = [
    "brief",
    "brief_reviewed",
    "close_round",
    "confirm",
    "create",
    "edit",
    "lift_restraint",
    "measure",
    "measure_csv",
    "measure_list",
    "measure_xlsx",
    "merge",
    "milestones",
    "open_round",
    "release",
    "releases",
    "report",
    "round_detail",
    "rounds",
    "settings",
    "take_back_release",
    "taking",
    "withdraw",
]
