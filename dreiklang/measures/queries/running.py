"""Which measures go on at a goal, task, concept or district: names only, for many at once."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model, Q

from dreiklang.core.order import NaturalKey
from dreiklang.core.records import Ref
from dreiklang.measures.models import MeasureArea, MeasureConcept, MeasureGoal, MeasureTask
from dreiklang.measures.queries.lines import address
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import ENDINGS, Phase
from dreiklang.people.rules import Viewer

_LINKS: Mapping[str, type[Model]] = {
    "goal": MeasureGoal,
    "task": MeasureTask,
    "concept": MeasureConcept,
    "area": MeasureArea,
}


def measures_running(viewer: Viewer, *, at: str, ids: Collection[int]) -> dict[int, tuple[Ref, ...]]:
    """Id of the goal, task, concept or area (`at`) → measures linked to it that are not ended, by number.

    One statement; ids without any are left out. A measure in use has reached its end, too.
    """
    if not ids:
        return {}
    links: Any = _LINKS[at]._default_manager
    over = Q(measure__current_report__phase__in=[*ENDINGS, Phase.IN_USE])
    going = links.filter(
        **{f"{at}__in": ids}, measure__in=visible(viewer), measure__merged_into=None
    ).exclude(over)
    rows = going.order_by(NaturalKey("measure__number"), "measure_id")
    found: dict[int, list[Ref]] = {}
    for where, number, title in rows.values_list(f"{at}_id", "measure__number", "measure__title"):
        found.setdefault(where, []).append(Ref(number, title, address(number)))
    return {where: tuple(dict.fromkeys(refs)) for where, refs in found.items()}
