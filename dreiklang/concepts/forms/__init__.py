"""Forms of the register."""

from dreiklang.concepts.forms.concept import ConceptForm, concept_values
from dreiklang.concepts.forms.filters import FilterForm
from dreiklang.concepts.forms.goals import goal_links_form, wanted_links
from dreiklang.concepts.forms.steps import steps_form, wanted_steps

__all__ = [
    "ConceptForm",
    "FilterForm",
    "concept_values",
    "goal_links_form",
    "steps_form",
    "wanted_links",
    "wanted_steps",
]
