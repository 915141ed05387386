"""Pages of the register: the list, one concept, its forms."""

from dreiklang.concepts.views.editing import (
    concept_edit,
    concept_goals,
    concept_new,
    concept_readability,
    concept_steps,
    concept_visibility,
)
from dreiklang.concepts.views.reading import concept, concept_list

__all__ = [
    "concept",
    "concept_edit",
    "concept_goals",
    "concept_list",
    "concept_new",
    "concept_readability",
    "concept_steps",
    "concept_visibility",
]
