"""What can be asked about measures. The viewer stands first; internal parts are absent for outsiders."""

from dreiklang.measures.queries.choices import Lists, filter_lists, ids_of, links_of, number_choices
from dreiklang.measures.queries.claims import measure_claims
from dreiklang.measures.queries.counts import (
    Overview,
    board,
    distribution,
    leadership,
    measure_count,
    overview,
    spread,
    whole_and_office,
)
from dreiklang.measures.queries.data import measure_data, measures_data
from dreiklang.measures.queries.due import Orphan, due_for, notes_to_release, ownerless, replaced_notes_of
from dreiklang.measures.queries.lines import SORTS, measure_lines, measures_of
from dreiklang.measures.queries.map import (
    all_places,
    measure_topics,
    placed_counts,
    placed_lines,
    placed_shapes,
)
from dreiklang.measures.queries.news import latest_changes, search
from dreiklang.measures.queries.page import MeasurePage, ReportRow, kept, measure_of, measure_page
from dreiklang.measures.queries.rounds import OfficeInRound, RoundPage, round_page, rounds
from dreiklang.measures.queries.running import measures_running
from dreiklang.measures.queries.served import tasks_served
from dreiklang.measures.queries.signs import (
    ENDING_SIGNS,
    STANDING_SIGNS,
    phase_label,
    phase_parts,
    standing_parts,
    standing_sign,
)
from dreiklang.measures.queries.terms import (
    Reporting,
    open_round,
    periods_in,
    reporting,
    reporting_settings,
    restraint_column,
    restraint_periods,
    restraints,
    running_round,
    terms_of,
    workday_counter,
)
from dreiklang.measures.queries.texts import measure_text_count, measure_texts
from dreiklang.measures.queries.visibility import sees_inside, visible

__all__ = [
    "ENDING_SIGNS",
    "SORTS",
    "STANDING_SIGNS",
    "Lists",
    "MeasurePage",
    "OfficeInRound",
    "Orphan",
    "Overview",
    "ReportRow",
    "Reporting",
    "RoundPage",
    "all_places",
    "board",
    "distribution",
    "due_for",
    "filter_lists",
    "ids_of",
    "kept",
    "latest_changes",
    "leadership",
    "links_of",
    "measure_claims",
    "measure_count",
    "measure_data",
    "measure_lines",
    "measure_of",
    "measure_page",
    "measure_text_count",
    "measure_texts",
    "measure_topics",
    "measures_data",
    "measures_of",
    "measures_running",
    "notes_to_release",
    "number_choices",
    "open_round",
    "overview",
    "ownerless",
    "periods_in",
    "phase_label",
    "phase_parts",
    "placed_counts",
    "placed_lines",
    "placed_shapes",
    "replaced_notes_of",
    "reporting",
    "reporting_settings",
    "restraint_column",
    "restraint_periods",
    "restraints",
    "round_page",
    "rounds",
    "running_round",
    "search",
    "sees_inside",
    "spread",
    "standing_parts",
    "standing_sign",
    "tasks_served",
    "terms_of",
    "visible",
    "whole_and_office",
    "workday_counter",
]
