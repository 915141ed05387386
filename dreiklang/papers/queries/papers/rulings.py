"""What the city ruled about papers."""

from dataclasses import dataclass

from dreiklang.papers.models import PaperSettings

CO_SIGN_WORKDAYS = 5
LEAD_TIME_WORKDAYS = 10


@dataclass(frozen=True)
class Rulings:
    """Which kinds of papers are strategic, and how many working days things take.

    `version` is 0 before anybody ruled; then no kind is strategic.
    """

    strategic_kinds: tuple[str, ...] = ()
    co_sign_workdays: int = CO_SIGN_WORKDAYS
    lead_time_workdays: int = LEAD_TIME_WORKDAYS
    version: int = 0


def rulings() -> Rulings:
    """What holds now. One statement."""
    found = PaperSettings.objects.order_by("pk").first()
    if found is None:
        return Rulings()
    return Rulings(
        tuple(found.strategic_kinds), found.co_sign_workdays, found.lead_time_workdays, found.version
    )
