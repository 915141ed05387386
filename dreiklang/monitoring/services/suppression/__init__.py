"""Small counts go behind hidden values, and out again: written here and nowhere else."""

from dreiklang.monitoring.services.suppression.behind import forget_what_is_open, recount
from dreiklang.monitoring.services.suppression.defining import Threshold, hide_as_defined
from dreiklang.monitoring.services.suppression.hiding import hide_small_counts, wait_for_others
from dreiklang.monitoring.services.suppression.thresholds import (
    CannotHide,
    check_counts,
    hide_below,
    show_again,
)

__all__ = [
    "CannotHide",
    "Threshold",
    "check_counts",
    "forget_what_is_open",
    "hide_as_defined",
    "hide_below",
    "hide_small_counts",
    "recount",
    "show_again",
    "wait_for_others",
]
