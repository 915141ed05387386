"""What can be asked about measures. The viewer stands first; internal parts are absent for outsiders."""

from dreiklang.measures.queries.counts import board, distribution, leadership, measure_count, spread
from dreiklang.measures.queries.lines import SORTS, measure_lines, measures_of
from dreiklang.measures.queries.news import latest_changes, search
from dreiklang.measures.queries.signs import (
    ENDING_SIGNS,
    STANDING_SIGNS,
    phase_parts,
    standing_parts,
    standing_sign,
)
from dreiklang.measures.queries.terms import (
    Reporting,
    open_round,
    reporting,
    reporting_settings,
    restraint_periods,
    running_round,
    terms_of,
)
from dreiklang.measures.queries.visibility import sees_inside, visible

__all__ = [
    "ENDING_SIGNS",
    "SORTS",
    "STANDING_SIGNS",
    "Reporting",
    "board",
    "distribution",
    "latest_changes",
    "leadership",
    "measure_count",
    "measure_lines",
    "measures_of",
    "open_round",
    "phase_parts",
    "reporting",
    "reporting_settings",
    "restraint_periods",
    "running_round",
    "search",
    "sees_inside",
    "spread",
    "standing_parts",
    "standing_sign",
    "terms_of",
    "visible",
]
