"""The evaluation cycle's work plan."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.history import acting
from dreiklang.goals import permissions
from dreiklang.goals.models import EvaluationStep
from dreiklang.goals.rules import next_due_on
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

STEP_FIELDS = ("name", "due_on", "department_id", "repeats_after_months", "done_on", "note")


def save_step(
    *, by: Viewer, framework_id: int, values: Mapping[str, Any], pk: int | None = None, version: int = 0
) -> EvaluationStep:
    """Add a step or change it. Raises: NotAllowed; NotFound; ChangedMeanwhile."""
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Arbeitsplan der Fortschreibung geändert")):
        step = _locked(pk, version) if pk else EvaluationStep(framework_id=framework_id, version=0)
        for name in STEP_FIELDS:
            if name in values:
                setattr(step, name, values[name])
        step.version += 1
        step.save()
        return step


def finish_step(*, by: Viewer, pk: int, on: date) -> EvaluationStep | None:
    """Mark a step as done; a repeated one gives its next turn, which is returned (else None).

    Finishing twice does nothing more. Raises: NotAllowed; NotFound.
    """
    require(by, permissions.EDIT)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Schritt der Fortschreibung erledigt")):
        step = EvaluationStep.objects.select_for_update().filter(pk=pk).first()
        if step is None:
            raise NotFound("step")
        if step.done_on is not None:
            return None
        step.done_on = on
        step.version += 1
        step.save()
        if not step.repeats_after_months:
            return None
        return EvaluationStep.objects.create(
            framework_id=step.framework_id,
            name=step.name,
            due_on=next_due_on(due_on=step.due_on, after_months=step.repeats_after_months),
            department_id=step.department_id,
            repeats_after_months=step.repeats_after_months,
        )


def _locked(pk: int, version: int) -> EvaluationStep:
    step = EvaluationStep.objects.select_for_update().filter(pk=pk).first()
    if step is None:
        raise NotFound("step")
    if step.version != version:
        raise ChangedMeanwhile(step, version=step.version)
    return step
