"""Lists of other systems: measures with the state that the source gives them, as a dated report."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from dreiklang.core.imports.contract import Actor, Candidate, ChangedRow, Importer, OptionField, Options
from dreiklang.measures.imports.records import stored_values, write_measures
from dreiklang.measures.models import Measure, Report
from dreiklang.measures.services.reports import refresh_current_reports

# Kept with the row: the day whose state the list describes. Not a value: a newer day alone is no change.
STAND = "_stand"
STATE = ("phase", "timeliness", "next_step", "note")
STAND_OPTION = OptionField("stand", "Stand der Liste", "Datum, wenn es nicht in der Datei steht")


class ForeignMeasures(Importer):
    """What lists of other systems share. `fields` says what the source gives; `state` is one of them."""

    option_fields = (STAND_OPTION,)

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Measures by number; `state` is what this source said last."""
        found = stored_values(keys)
        states = self._states(keys)
        return {number: values | {"state": states.get(number)} for number, values in found.items()}

    def write(self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int) -> None:
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

    def _states(self, keys: Sequence[str]) -> dict[str, dict[str, str]]:
        rows = Report.objects.filter(measure__number__in=keys, origin=self.kind).order_by("reported_on", "pk")
        return {row["measure__number"]: {name: row[name] for name in STATE} for row in rows.values("measure__number", *STATE)}

    def _report(self, measure: Measure, state: Mapping[str, str], stand: str | None, by: Actor) -> Report:
        return Report(
            measure=measure,
            reported_on=date.fromisoformat(stand) if stand else timezone.localdate(),
            origin=self.kind,
            by_id=by.id,
            by_name=by.name,
            **{name: state[name] for name in STATE},
        )

    def shown(self, name: str, value: Any) -> Any:
        """A state as its words."""
        if name != "state" or not isinstance(value, dict):
            return value
        return " · ".join(part for part in value.values() if part)


def stand_of(options: Options) -> str | None:
    """The day the list describes: from the file, else as the user said; ISO or None."""
    given = options.facts.get("stand") or options.special.get("stand")
    return str(given) if given else None
