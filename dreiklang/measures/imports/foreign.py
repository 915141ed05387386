"""Lists of other systems: measures with the state that the source gives them, as a dated report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    FoundProblem,
    Importer,
    OptionField,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup, refused
from dreiklang.core.reading import read_date
from dreiklang.core.tables import Cell, Note
from dreiklang.measures.imports.records import stored_values, write_measures
from dreiklang.measures.models import Measure, Report
from dreiklang.measures.services.reports import refresh_current_reports

# Kept with the row: the day whose state the list describes. Not a value: a newer day alone is no change.
STAND = "_stand"
STATE = ("phase", "timeliness", "next_step", "note")
STAND_OPTION = OptionField(
    "stand", gettext_noop("Stand der Liste"), gettext_noop("Datum, wenn es nicht in der Datei steht")
)
FOREIGN_SENTENCES: Mapping[str, str] = {
    "stand_missing": gettext_noop(
        "Weder die Datei noch Sie nennen den Stand der Liste. Die Berichte tragen den Tag des Imports."
    ),
    "stand_in_future": gettext_noop("Der Stand der Liste („%(value)s“) liegt in der Zukunft."),
}


class ForeignMeasures(Importer):
    """What lists of other systems share. `fields` says what the source gives; `state` is one of them."""

    option_fields = (STAND_OPTION,)

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Measures by number; `state` is what this source said last."""
        found = stored_values(keys)
        states = self._states(keys)
        return {number: values | {"state": states.get(number)} for number, values in found.items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Measures first; then a report for each whose state the source tells anew."""
        measures = write_measures(new=new, changed=changed)
        told = [(one, one.values) for one in new] + [(row.candidate, row.after) for row in changed]
        reports = [
            self._report(measures[one.key], values["state"], one.cells.get(STAND), by)
            for one, values in told
            if values.get("state")
        ]
        Report.objects.bulk_create(reports)
        refresh_current_reports(measure_ids=[one.measure_id for one in reports])

    def shown(self, name: str, value: Any) -> Any:
        """A state as its words."""
        if name != "state" or not isinstance(value, dict):
            return value
        return " · ".join(part for part in value.values() if part)

    def _states(self, keys: Sequence[str]) -> dict[str, dict[str, str]]:
        rows = Report.objects.filter(measure__number__in=keys, origin=self.kind).order_by("reported_on", "pk")
        return {
            row["measure__number"]: {name: row[name] for name in STATE}
            for row in rows.values("measure__number", *STATE)
        }

    def _report(self, measure: Measure, state: Mapping[str, str], stand: str | None, by: Actor) -> Report:
        return Report(
            measure=measure,
            reported_on=date.fromisoformat(stand) if stand else timezone.localdate(),
            origin=self.kind,
            by_id=by.id,
            by_name=by.name,
            **{name: state[name] for name in STATE},
        )


def with_stand(candidates: Iterable[Candidate], stands: Sequence[str], options: Options) -> list[Candidate]:
    """The candidates with the day their state describes: `stands` of the file, else as the user said.

    Without either the first row carries a warning; a day that is none, or to come, refuses the rows.
    """
    given = str(options.special.get("stand") or "")
    found = [_dated(one, stand or given) for one, stand in zip(candidates, stands, strict=True)]
    if found and not given and not any(stands):
        missing = FoundProblem("stand_missing", found[0].row, "stand", weight=Weight.WARNING)
        found[0] = replace(found[0], problems=(*found[0].problems, missing))
    return found


def linked_or_text(draft: Draft, name: str, names: Iterable[str], known: Lookup, *, code: str) -> list[str]:
    """The keys of the records that the names mean, sorted; for the others a warning that they stay text."""
    keys = set()
    for one in names:
        key = known.find(one)
        if key is None:
            draft.note(code, name, one, weight=Weight.WARNING, proposals=known.proposals(one))
        else:
            keys.add(key)
    return sorted(keys)


def cell_of(value: Any) -> Cell:
    """A value of JSON as a cell: lists as lines, objects as "value: value", one kind of line end."""
    if isinstance(value, list):
        value = "\n".join(_words(one) for one in value)
    elif isinstance(value, dict):
        value = _words(value)
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip() or None
    return Cell(value)


def beside(where: str, facts: Mapping[str, Any]) -> list[Note]:
    """What a file says besides its list, for the page of the run: one note for each fact that is filled."""
    filled = ((name, cell_of(value).value) for name, value in facts.items())
    return [Note("beside", f"{where} · {name}: {value}") for name, value in filled if value is not None]


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ": ".join(str(one) for one in value.values() if one not in (None, ""))
    return str(value)


def _dated(candidate: Candidate, stand: str) -> Candidate:
    if not stand:
        return candidate
    day = read_date(stand)
    if not isinstance(day, date):
        return refused(candidate, FoundProblem("not_a_day", candidate.row, "stand", stand))
    if day > timezone.localdate():
        return refused(candidate, FoundProblem("stand_in_future", candidate.row, "stand", stand))
    return replace(candidate, cells={**candidate.cells, STAND: day.isoformat()})
