"""Steps of a plan's procedure in the columns of a list: one column a step, and one for the end of what lasts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_noop as _

from dreiklang.concepts.models import STEP_LABELS, ConceptStep
from dreiklang.concepts.rules import ProcedureStep, Step
from dreiklang.core.imports.contract import ListField, Options
from dreiklang.core.imports.draft import SLASHES, Draft
from dreiklang.core.imports.mapping import parts
from dreiklang.core.reading import Refused, read_date
from dreiklang.core.text import german
from dreiklang.core.values import Unknown

UNTIL = "_until"
# What XPlanung and other lists call the day, and the end where there is one.
_COLUMNS: Mapping[ProcedureStep, tuple[str, ...]] = {
    ProcedureStep.INITIATED: ("aufstellungsbeschlussDatum", "Aufstellung"),
    ProcedureStep.EARLY: (
        "fruehzeitigeBeteiligungsStartDatum",
        "Frühzeitige Beteiligung von",
        "oeffentlichkeitsBetDatum",
    ),
    ProcedureStep.AUTHORITIES: ("traegerbeteiligungsStartDatum", "Beteiligung TÖB", "tOeBbeteiligungsDatum"),
    ProcedureStep.DRAFT_RESOLVED: ("entwurfsbeschlussDatum",),
    ProcedureStep.DISPLAY: ("auslegungsStartDatum", "Auslegung von", "Auslegung", "auslegungsDatum"),
    ProcedureStep.RESOLVED: (
        "satzungsbeschlussDatum",
        "planbeschlussDatum",
        "Satzungsbeschluss",
        "Feststellungsbeschluss",
        "rechtsverordnungsDatum",
    ),
    ProcedureStep.APPROVED: ("genehmigungsDatum",),
    ProcedureStep.EXECUTED: ("ausfertigungsDatum",),
    ProcedureStep.IN_FORCE: (
        "inkrafttretensDatum",
        "inkrafttretenDatum",
        "wirksamkeitsDatum",
        "datumDesInkrafttretens",
        "In Kraft seit",
        "Rechtskraft",
    ),
    ProcedureStep.EXPIRED: ("untergangsDatum", "Außer Kraft seit"),
}
_ENDS: Mapping[ProcedureStep, tuple[str, ...]] = {
    ProcedureStep.EARLY: ("fruehzeitigeBeteiligungsEndDatum", "Frühzeitige Beteiligung bis"),
    ProcedureStep.AUTHORITIES: ("traegerbeteiligungsEndDatum",),
    ProcedureStep.DISPLAY: ("auslegungsEndDatum", "Auslegung bis"),
}
_END_LABELS = {
    ProcedureStep.EARLY: _("Frühzeitige Beteiligung bis"),
    ProcedureStep.AUTHORITIES: _("Beteiligung der Behörden bis"),
    ProcedureStep.DISPLAY: _("Öffentliche Auslegung bis"),
}


def step_fields() -> tuple[ListField, ...]:
    """A column for each step, and for the end of those that last."""
    found: list[ListField] = []
    for step, names in _COLUMNS.items():
        hint = _("Tag; mehrere getrennt durch |")
        found.append(
            ListField(
                step.value, german(STEP_LABELS[step]), False, hint, "01.03.2025", names, is_multiple=True
            )
        )
        if step in _ENDS:
            found.append(
                ListField(
                    step.value + UNTIL,
                    _END_LABELS[step],
                    False,
                    _("Letzter Tag"),
                    "01.04.2025",
                    _ENDS[step],
                    True,
                )
            )
    return tuple(found)


def read_steps(draft: Draft, options: Options) -> list[Step]:
    """Sets a field for each step that the list has; the steps that the row names, in their usual order."""
    found: list[Step] = []
    for step in ProcedureStep:
        if draft.has(step.value):
            steps = _steps(draft, step, options)
            draft.set(step.value, [written(one) for one in steps])
            found.extend(steps)
    return found


def written(step: Step) -> str:
    """A step's days as lists compare them: "2025-03-01" or "2025-03-01/2025-04-01"."""
    return step.on.isoformat() + (f"/{step.until.isoformat()}" if step.until else "")


def steps_of(concept_ids: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """Concept id → step → its days, sorted; every step is there. One statement."""
    found: dict[int, dict[str, list[str]]] = {
        pk: {one.value: [] for one in ProcedureStep} for pk in concept_ids
    }
    rows = ConceptStep.objects.filter(concept_id__in=concept_ids).order_by("on", "pk")
    for row in rows:
        found[row.concept_id][row.step].append(written(Step(ProcedureStep(row.step), row.on, row.until)))
    return found


def write_steps(given: Mapping[int, Mapping[str, object]]) -> None:
    """Makes the steps that a list names exactly as it says; others stay. Concept id → values of the row."""
    wanted = {
        (pk, step.value, *_days(str(days)))
        for pk, values in given.items()
        for step in ProcedureStep
        for days in _texts(values.get(step.value))
    }
    named = {
        (pk, step.value) for pk, values in given.items() for step in ProcedureStep if step.value in values
    }
    stored = {
        (row.concept_id, row.step, row.on, row.until): row.pk
        for row in ConceptStep.objects.filter(concept_id__in=given)
        if (row.concept_id, row.step) in named
    }
    gone = [pk for key, pk in stored.items() if key not in wanted]
    if gone:
        ConceptStep.objects.filter(pk__in=gone).delete()
    ConceptStep.objects.bulk_create(
        ConceptStep(concept_id=pk, step=step, on=on, until=until)
        for pk, step, on, until in sorted(wanted - stored.keys(), key=str)
    )


def _texts(value: object) -> Iterable[str]:
    return value if isinstance(value, list) else ()


def _days(text: str) -> tuple[date, date | None]:
    on, _, until = text.partition("/")
    return date.fromisoformat(on), date.fromisoformat(until) if until else None


def _steps(draft: Draft, step: ProcedureStep, options: Options) -> list[Step]:
    begins = _read(draft, step.value, options)
    ends = _read(draft, step.value + UNTIL, options) if draft.has(step.value + UNTIL) else []
    found: dict[date, Step] = {}
    for at, on in enumerate(begins):
        until = ends[at] if at < len(ends) else None
        if until is not None and until < on:
            draft.note("ends_before_start", step.value + UNTIL)
            until = None
        found[on] = Step(step, on, until)
    return [found[on] for on in sorted(found)]


def _read(draft: Draft, name: str, options: Options) -> Sequence[date]:
    """The days in a cell; what is none refuses the row."""
    days: list[date] = []
    for part in parts(draft.row.cells.get(name)):
        found = read_date(part, slashes=SLASHES.get(options.days))
        if isinstance(found, Refused):
            draft.note(found.code, name, part)
        elif not isinstance(found, Unknown):
            days.append(found)
    return days
