"""What is still missing in a new city. Counted, never stored: the first hour can stop at any time."""

from collections.abc import Sequence
from dataclasses import dataclass

from dreiklang.concepts import queries as concepts
from dreiklang.goals import queries as goals
from dreiklang.measures import queries as measures
from dreiklang.people import queries as people
from dreiklang.places import queries as places


@dataclass(frozen=True)
class SetupStep:
    """One step: how many records there are, and whether the city decided to go without for now."""

    code: str
    count: int
    is_skipped: bool

    @property
    def is_done(self) -> bool:
        return self.count > 0


def steps() -> Sequence[SetupStep]:
    """The steps of the first hour in their order."""
    city = places.municipality()
    facts = int(bool(city.name)) and int(bool(city.ags)) and int(bool(city.state))
    counts = {
        "city": facts,
        "departments": people.department_count(),
        "districts": places.area_count(),
        "framework": goals.goal_count(),
        "concepts": concepts.concept_count(),
        "measures": measures.measure_count(),
        "people": max(people.account_count() - 1, 0),
    }
    return [
        SetupStep(code=code, count=count, is_skipped=code in city.setup_skipped)
        for code, count in counts.items()
    ]
