"""Concepts change hands, and follow the framework into its next version."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_noop as _

from dreiklang.concepts import permissions
from dreiklang.concepts.models import Concept, ConceptGoal, ConceptTask
from dreiklang.core.changes import record
from dreiklang.core.claims import EVERY_CLAIM
from dreiklang.core.history import acting
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

Link = TypeVar("Link", ConceptGoal, ConceptTask)


def hand_over(
    *,
    by: Viewer,
    from_department: models.Model | None = None,
    to_department: models.Model | None = None,
    from_account: models.Model | None = None,
    to_account: models.Model | None = None,
    only_keys: Sequence[str] | None = None,
    reason: str = "",
) -> int:
    """Give concepts of a department or a person to another one; `only_keys` (numbers) narrows them.

    Gives how many concepts were touched; a second run moves nothing more. Raises: NotAllowed.
    """
    require(by, permissions.HAND_OVER)
    concepts = Concept.objects.all() if only_keys is None else Concept.objects.filter(number__in=only_keys)
    touched: set[int] = set()
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Zuständigkeit übergeben")):
        for field, old, new in (
            ("lead_department_id", from_department, to_department),
            ("lead_id", from_account, to_account),
            ("deputy_id", from_account, to_account),
        ):
            if old is not None and new is not None:
                moving = concepts.filter(**{field: old.pk})
                ids = list(moving.values_list("pk", flat=True))
                Concept.objects.filter(pk__in=ids).update(**{field: new.pk, "version": F("version") + 1})
                touched.update(ids)
        _tell(by, [f"concept:{pk}" for pk in sorted(touched)])
    return len(touched)


def carry_over_links(
    *, by: Viewer, goals: Mapping[int, Sequence[int]], tasks: Mapping[int, Sequence[int]]
) -> dict[str, int]:
    """How many links of concepts were repeated for a new framework (old id → new ids, confirmed before).

    Sign, weight and reason go along. The old links stay, so that the old version's pages remain true;
    the main mark moves on with the first successor. Where several old goals become one, the main and
    then the strongest link gives its words. Run twice it adds nothing. Raises: NotAllowed.
    """
    require(by, permissions.HAND_OVER)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zielbezüge in die neue Fassung übernommen")):
        _tell(by, [EVERY_CLAIM])
        return {
            "goals": _carry(ConceptGoal, "goal_id", ("-is_main", "-weight", "pk"), goals),
            "tasks": _carry(ConceptTask, "task_id", ("-is_main", "pk"), tasks),
        }


def _tell(by: Viewer, claims: Sequence[str]) -> None:
    record(
        name="handed_over",
        subject="concepts",
        object_key="",
        by_id=by.account_id,
        by_name=by.name,
        claims=list(claims),
    )


def _carry(
    model: type[Link], field: str, order: Sequence[str], successors: Mapping[int, Sequence[int]]
) -> int:
    links = model.objects.filter(**{f"{field}__in": list(successors)}).order_by(*order)
    there = set(model.objects.values_list("concept_id", field))
    made: list[Link] = []
    for link in links:
        for place, new in enumerate(successors[getattr(link, field)]):
            if (link.concept_id, new) not in there:
                there.add((link.concept_id, new))
                made.append(_again(link, field, new, is_main=link.is_main and place == 0))
    mains = [link.concept_id for link in made if link.is_main]
    model.objects.filter(concept_id__in=mains, is_main=True).update(is_main=False)
    return len(model.objects.bulk_create(made))


def _again(link: Link, field: str, new: int, *, is_main: bool) -> Link:
    """The same link to another goal or task."""
    kept = {f.attname: getattr(link, f.attname) for f in link._meta.concrete_fields if f.attname != "id"}
    return type(link)(**kept | {field: new, "is_main": is_main})
