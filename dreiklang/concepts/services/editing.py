"""What can happen to concepts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop as _

from dreiklang.concepts import permissions
from dreiklang.concepts.models import Concept, ConceptArea, ConceptGoal, ConceptStep, ConceptTask
from dreiklang.concepts.rules import ProcedureStep, Step, lacks_summary
from dreiklang.core.changes import record
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.goals.rules import LinkSign
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FIELDS = (
    "title",
    "kind",
    "plan_type",
    "status",
    "valid_from",
    "valid_to",
    "lead_department_id",
    "lead_id",
    "deputy_id",
    "resolution_reference",
    "resolution_on",
    "summary",
    "summary_waived_reason",
    "framework_reference",
    "cost_eur",
    "cost_words",
    "gap_eur",
    "gap_words",
    "note",
    "successor_id",
    "geometry",
)


class CannotSave(Refused):
    """The record as given contradicts itself or another one; `code` says how."""


@dataclass(frozen=True)
class WantedLink:
    """How the concept is to act on a goal."""

    goal_id: int
    sign: LinkSign = LinkSign.SUPPORTS
    weight: int = 1
    reason: str = ""
    is_main: bool = False


def create_concept(*, by: Viewer, number: str, values: Mapping[str, Any]) -> Concept:
    """A new concept, internal until somebody publishes it.

    `values`: the names in FIELDS, and `task_ids` and `area_ids`. Raises: NotAllowed (a department
    editor only in her own department); CannotSave (number_taken, successor_is_itself, needs_summary).
    """
    concept = Concept(number=number.strip(), lead_department_id=values.get("lead_department_id"), version=0)
    require(by, permissions.CREATE, concept)
    require(by, permissions.EDIT, concept)
    if Concept.objects.filter(number=concept.number).exists():
        raise CannotSave("number_taken", number=concept.number)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Konzept angelegt")):
        return _write(concept, values, by)


def change_concept(*, by: Viewer, number: str, version: int, values: Mapping[str, Any]) -> Concept:
    """Change what `values` names; the rest stays.

    Raises: NotFound; NotAllowed, also when the concept would move to a department that is not the
    editor's; ChangedMeanwhile; CannotSave (successor_is_itself; needs_summary on the way to the council).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Konzept geändert")):
        concept = _locked(number, version, by)
        if "lead_department_id" in values and values["lead_department_id"] != concept.lead_department_id:
            moved = Concept(
                lead_department_id=values["lead_department_id"],
                lead_id=concept.lead_id,
                deputy_id=concept.deputy_id,
            )
            require(by, permissions.EDIT, moved)
        return _write(concept, values, by)


def link_goals(*, by: Viewer, number: str, version: int, links: Sequence[WantedLink]) -> Concept:
    """Set on which goals the concept acts; links that are not named are taken away.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSave (two_main_goals, goal_twice).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zielbezüge geändert")):
        concept = _locked(number, version, by)
        if sum(link.is_main for link in links) > 1:
            raise CannotSave("two_main_goals")
        if len({link.goal_id for link in links}) < len(links):
            raise CannotSave("goal_twice")
        concept.goal_links.exclude(goal_id__in=[link.goal_id for link in links]).delete()
        # Two main goals must not exist even for a moment.
        concept.goal_links.filter(is_main=True).update(is_main=False)
        for link in links:
            ConceptGoal.objects.update_or_create(
                concept=concept,
                goal_id=link.goal_id,
                defaults={
                    "sign": link.sign,
                    "weight": link.weight,
                    "reason": link.reason,
                    "is_main": link.is_main,
                },
            )
        _tell("linked_goals", concept, by, claims=[f"concept:{concept.pk}"])
        return _saved(concept)


def set_steps(*, by: Viewer, number: str, version: int, steps: Sequence[Step]) -> Concept:
    """Set the steps of a plan's procedure; those that are not named are taken away.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSave (step_twice, step_ends_before_it_begins).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Verfahren geändert")):
        concept = _locked(number, version, by)
        if len({(one.step, one.on) for one in steps}) < len(steps):
            raise CannotSave("step_twice")
        if any(one.until and one.until < one.on for one in steps):
            raise CannotSave("step_ends_before_it_begins")
        there = {Step(ProcedureStep(row.step), row.on, row.until): row.pk for row in concept.steps.all()}
        concept.steps.filter(pk__in=[pk for step, pk in there.items() if step not in steps]).delete()
        ConceptStep.objects.bulk_create(
            ConceptStep(concept=concept, step=one.step, on=one.on, until=one.until)
            for one in steps
            if one not in there
        )
        _tell("procedure_changed", concept, by)
        return _saved(concept)


def set_visibility(*, by: Viewer, number: str, version: int, visibility: Visibility) -> Concept:
    """Publish a concept or take it back. Raises: NotFound; NotAllowed; ChangedMeanwhile."""
    is_public = visibility is Visibility.PUBLIC
    reason = _("Konzept veröffentlicht") if is_public else _("Konzept zurückgezogen")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        concept = _locked(number, version, by)
        concept.visibility = visibility
        _tell("published" if is_public else "unpublished", concept, by)
        return _saved(concept)


def _locked(number: str, version: int, by: Viewer) -> Concept:
    """The concept, locked for this transaction, if the viewer may change it and saw its newest version."""
    concept = Concept.objects.select_for_update().defer("search").filter(number=number).first()
    if concept is None:
        raise NotFound("concept")
    require(by, permissions.EDIT, concept)
    if concept.version != version:
        raise ChangedMeanwhile(concept, version=concept.version)
    return concept


def _write(concept: Concept, values: Mapping[str, Any], by: Viewer) -> Concept:
    if concept.pk and values.get("successor_id") == concept.pk:
        raise CannotSave("successor_is_itself")
    was = concept.status if concept.pk else ""
    for name in FIELDS:
        if name in values:
            setattr(concept, name, values[name])
    if lacks_summary(
        before=was,
        after=concept.status,
        summary=concept.summary,
        waived_reason=concept.summary_waived_reason,
    ):
        raise CannotSave("needs_summary")
    _saved(concept)
    if "task_ids" in values:
        _set_links(ConceptTask, concept, "task_id", values["task_ids"])
    if "area_ids" in values:
        _set_links(ConceptArea, concept, "area_id", values["area_ids"])
    if concept.status != was:
        _tell("status_changed", concept, by, before=was, after=str(concept.status))
    _tell("edited", concept, by, claims=[f"concept:{concept.pk}"])
    return concept


def _set_links(model: type[models.Model], concept: Concept, field: str, ids: Collection[int]) -> None:
    links = model._default_manager.filter(concept=concept)
    links.exclude(**{f"{field}__in": list(ids)}).delete()
    there = set(links.values_list(field, flat=True))
    model._default_manager.bulk_create(
        [model(concept=concept, **{field: pk}) for pk in ids if pk not in there]
    )


def _saved(concept: Concept) -> Concept:
    concept.version += 1
    concept.save()
    return concept


def _tell(name: str, concept: Concept, by: Viewer, **facts: Any) -> None:
    record(
        name=name,
        subject="concepts",
        object_key=concept.number,
        by_id=by.account_id,
        by_name=by.name,
        **facts,
    )
