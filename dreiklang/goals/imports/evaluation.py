"""The work plan of the evaluation cycle from a list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.goals.imports.frameworks import framework_for
from dreiklang.goals.models import EvaluationStep
from dreiklang.people.queries import department_ids, department_names

DAYS = ("due_on", "done_on")


class Evaluation(Importer):
    """One row a step; its name is its key."""

    kind = "evaluation"
    title = _("Arbeitsplan der Evaluation")
    intro = _("Schritte mit Termin: Evaluation alle drei Jahre, Bericht nach fünf.")
    sort = 80
    fields = (
        ListField("name", _("Schritt"), True, "", "Erste Evaluation", is_key=True),
        ListField("due_on", _("Fällig am"), True, "", "30.06.2027", ("Termin",)),
        ListField("department", _("Zuständig"), False, _("Kürzel oder Name des Amtes"), "61", ("Amt",)),
        ListField("done_on", _("Erledigt am"), False),
        ListField("note", _("Bemerkung"), False),
    )

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Steps of the valid framework."""
        departments = Lookup.of(department_names())
        return [_candidate(Draft(row), departments, options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Steps by name."""
        return {step.name: _values(step) for step in _stored(keys)}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New steps, then what changed."""
        given = {one.key: dict(one.values) for one in new} | {row.candidate.key: row.after for row in changed}
        if not given:
            return
        departments = department_ids([one["department"] for one in given.values() if one.get("department")])
        framework = framework_for("")
        stored = {step.name: step for step in _stored(list(given))}
        for name, values in given.items():
            step = stored.get(name) or EvaluationStep(framework=framework, name=name)
            for day in DAYS:
                if day in values:
                    setattr(step, day, date.fromisoformat(values[day]) if values[day] else None)
            if "department" in values:
                step.department_id = departments.get(values["department"] or "")
            step.note = values.get("note", step.note)
            step.version += bool(step.pk)
            step.changed_at = timezone.now()
            step.save()


EVALUATION = Evaluation()


def _candidate(draft: Draft, departments: Lookup, options: Options) -> Candidate:
    name = draft.text("name", longest=200)
    draft.day("due_on", options)
    draft.day("done_on", options)
    draft.reference("department", departments, code="unknown_department", weight=Weight.WARNING)
    draft.text("note")
    draft.keep_rest("note")
    return draft.candidate(key=name)


def _stored(names: Sequence[str]) -> list[EvaluationStep]:
    found = EvaluationStep.objects.filter(framework__status="valid", name__in=names)
    return list(found.select_related("department").order_by("pk"))


def _values(step: EvaluationStep) -> dict[str, Any]:
    return {
        "name": step.name,
        "due_on": step.due_on.isoformat(),
        "done_on": step.done_on.isoformat() if step.done_on else None,
        "department": step.department.key if step.department else None,
        "note": step.note,
    }
