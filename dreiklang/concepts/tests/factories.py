"""Plain records for tests: every argument has a default that says nothing special."""

from itertools import count
from typing import Any

from dreiklang.concepts.models import Concept, ConceptArea, ConceptGoal, ConceptTask

_number = count(1)


def concept(*, goals: tuple = (), tasks: tuple = (), areas: tuple = (), **fields: Any) -> Concept:
    """A public, resolved concept; the first goal is its main goal."""
    fields.setdefault("number", f"FK-{next(_number):02}")
    fields.setdefault("title", "Radverkehrskonzept")
    fields.setdefault("status", "adopted")
    fields.setdefault("visibility", "public")
    made = Concept.objects.create(**fields)
    for place, one in enumerate(goals):
        ConceptGoal.objects.create(concept=made, goal=one, is_main=place == 0)
    for place, one in enumerate(tasks):
        ConceptTask.objects.create(concept=made, task=one, is_main=place == 0)
    for one in areas:
        ConceptArea.objects.create(concept=made, area=one)
    return made
