"""Which measure went on in which other one, from a list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    FoundProblem,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup, refused
from dreiklang.measures.models import Measure


class Successions(Importer):
    """One row a measure that ended in another one. What happened and when stands in its last report."""

    kind = "successions"
    title = _("Zusammengelegte und ersetzte Maßnahmen")
    intro = _("Worin eine Maßnahme aufgeht. Ihre Adresse führt danach weiter.")
    sort = 150
    fields = (
        ListField("measure", _("Maßnahme"), True, _("Nummer oder Titel"), "I-16", ("Nummer",), is_key=True),
        ListField(
            "into",
            _("Geht auf in"),
            True,
            _("Nummer oder Titel"),
            "I-01",
            ("Nachfolge", "Zusammengelegt mit"),
        ),
    )
    sentences: Mapping[str, str] = {
        "unknown_measure": _("Die Maßnahme „%(value)s“ gibt es nicht."),
        "measure_circle": _("Die Maßnahme ginge am Ende in sich selbst auf."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Who would end in herself is refused."""
        known = Lookup.of(Measure.objects.order_by("pk").values_list("number", "title"))
        into = dict(Measure.objects.exclude(merged_into=None).values_list("number", "merged_into__number"))
        found = [_candidate(Draft(row), known) for row in rows]
        into.update({one.key: one.values["into"] for one in found if one.values.get("into")})
        return [_without_circle(one, into) for one in found]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Measures by number with what they end in; every measure is there, most without a successor."""
        rows = Measure.objects.filter(number__in=keys).values_list("number", "merged_into__number")
        return {number: {"measure": number, "into": into} for number, into in rows}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Sets the successor; the measures themselves came with another list."""
        given = {row.candidate.key: row.after["into"] for row in changed if row.after.get("into")}
        ids = dict(Measure.objects.filter(number__in=given.values()).values_list("number", "pk"))
        measures = list(Measure.objects.filter(number__in=given).defer("search"))
        for measure in measures:
            measure.merged_into_id = ids[given[measure.number]]
            measure.version += 1
        Measure.objects.bulk_update(measures, ["merged_into", "version"])


SUCCESSIONS = Successions()


def _candidate(draft: Draft, known: Lookup) -> Candidate:
    measure = draft.reference("measure", known, code="unknown_measure")
    draft.reference("into", known, code="unknown_measure")
    return draft.candidate(key=measure or "")


def _without_circle(candidate: Candidate, into: Mapping[str, str]) -> Candidate:
    seen, at = {candidate.key}, into.get(candidate.key)
    while at is not None and at not in seen:
        seen.add(at)
        at = into.get(at)
    if at is None or not candidate.key:
        return candidate
    return refused(candidate, FoundProblem("measure_circle", candidate.row, "into"))
