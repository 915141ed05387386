"""What a list of resolutions can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.functions import ExtractYear

from dreiklang.papers.models import Resolution, ResolutionMeasure
from dreiklang.papers.queries.papers.choices import Choice, others
from dreiklang.papers.queries.visibility import visible_resolutions
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class ResolutionLists:
    """Key for the address bar, label, database id. Named as the address names them."""

    gremium: Sequence[Choice]
    amt: Sequence[Choice]
    jahr: Sequence[int]


def resolution_lists(viewer: Viewer) -> ResolutionLists:
    """Committees and departments that have a resolution the viewer may know of, and its years. Three statements."""
    return ResolutionLists(
        gremium=_named(viewer, "committee", "name"),
        amt=_named(viewer, "department", "key"),
        jahr=years(viewer),
    )


def years(viewer: Viewer) -> list[int]:
    """The years in which something was decided, the latest first."""
    found = visible_resolutions(viewer).exclude(decided_on=None).annotate(year=ExtractYear("decided_on"))
    return list(found.order_by("-year").values_list("year", flat=True).distinct())


def _named(viewer: Viewer, field: str, order: str) -> list[Choice]:
    there = visible_resolutions(viewer).filter(**{field: OuterRef("pk")})
    rows = (
        others(Resolution, field).filter(Exists(there)).order_by(order, "pk").values_list("key", "name", "pk")
    )
    return [(key, f"{key} {name}" if order == "key" else name, pk) for key, name, pk in rows]


def measure_names() -> list[tuple[str, str]]:
    """(number, title) of all measures, for lists that name them. Asks no viewer."""
    found = others(ResolutionMeasure, "measure").order_by("pk")
    return list(found.values_list("number", "title"))
