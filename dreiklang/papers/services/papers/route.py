"""The route of a paper is written by hand: which committee, when, in which role."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import NotFound
from dreiklang.core.history import acting
from dreiklang.papers.models import AgendaItem, Consultation, Paper
from dreiklang.papers.rules.kinds import ConsultationRole
from dreiklang.papers.services.papers.editing import locked_paper
from dreiklang.people.rules import Viewer

STEP_FIELDS = ("committee_id", "meeting_id", "item_id", "planned_on", "role")


def plan_step(*, by: Viewer, key: str, values: Mapping[str, Any]) -> Consultation:
    """One more step of the paper's route, behind those there are. `values`: the names in STEP_FIELDS.

    A step in the role of decision decides. Raises: NotFound; NotAllowed.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beratungsfolge ergänzt")):
        paper = locked_paper(by=by, key=key)
        last = paper.route.aggregate(last=Max("position"))["last"] or 0
        return _written(Consultation(paper=paper, position=last + 1), values)


def change_step(*, by: Viewer, key: str, step_id: int, values: Mapping[str, Any]) -> Consultation:
    """Change a step of the route. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beratungsfolge geändert")):
        return _written(_step(locked_paper(by=by, key=key), step_id), values)


def remove_step(*, by: Viewer, key: str, step_id: int) -> None:
    """Take a step out of the route; the history keeps it. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beratungsfolge gekürzt")):
        _step(locked_paper(by=by, key=key), step_id).delete()


def _step(paper: Paper, step_id: int) -> Consultation:
    found = paper.route.filter(pk=step_id).first()
    if found is None:
        raise NotFound("step", key=str(step_id))
    return found


def _written(step: Consultation, values: Mapping[str, Any]) -> Consultation:
    for name in STEP_FIELDS:
        if name in values:
            setattr(step, name, values[name])
    if step.item_id is not None:
        item = AgendaItem.objects.select_related("meeting").get(pk=step.item_id)
        step.meeting_id = item.meeting_id
        step.committee_id = step.committee_id or item.meeting.committee_id
    elif step.meeting is not None:
        step.committee_id = step.committee_id or step.meeting.committee_id
    if "role" in values:
        step.is_deciding = values["role"] == ConsultationRole.DECISION
    step.save()
    return step
