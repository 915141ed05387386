"""What can be asked about concepts. The viewer stands first and decides what is seen."""

from dreiklang.concepts.queries.claims import concept_claims
from dreiklang.concepts.queries.lines import (
    concept_choices,
    concept_count,
    concept_labels,
    concept_lines,
    concept_total,
    concepts_of,
    latest_changes,
    ownerless,
    search,
)
from dreiklang.concepts.queries.map import STATUS_SIGNS, placed_counts, placed_lines, placed_shapes
from dreiklang.concepts.queries.page import concept, kept, record
from dreiklang.concepts.queries.records import (
    ConceptFilter,
    ConceptInternal,
    ConceptLine,
    ConceptPage,
    GoalLink,
    Orphan,
    StepLine,
)
from dreiklang.concepts.queries.texts import concept_text_count, concept_texts

__all__ = [
    "STATUS_SIGNS",
    "ConceptFilter",
    "ConceptInternal",
    "ConceptLine",
    "ConceptPage",
    "GoalLink",
    "Orphan",
    "StepLine",
    "concept",
    "concept_choices",
    "concept_claims",
    "concept_count",
    "concept_labels",
    "concept_lines",
    "concept_text_count",
    "concept_texts",
    "concept_total",
    "concepts_of",
    "kept",
    "latest_changes",
    "ownerless",
    "placed_counts",
    "placed_lines",
    "placed_shapes",
    "record",
    "search",
]
