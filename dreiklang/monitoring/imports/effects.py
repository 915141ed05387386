"""What measures are expected to do to indicators, and what was observed, from a list. One row a link.

Columns: Maßnahme (Nummer oder Titel), Indikator (Kurzname oder Name), Wirkung (verbessert oder verschlechtert), Gewicht (1 bis 3),
Erwartete Änderung, Bis Ende (Jahr), Grundlage der Erwartung, Beobachtete Änderung, Beobachtet am, Grundlage der Beobachtung.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

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
from dreiklang.core.tables.write import Column, Written
from dreiklang.core.text import german
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.queries import ids_of, number_choices
from dreiklang.monitoring.imports import cells
from dreiklang.monitoring.models import MeasureIndicator
from dreiklang.monitoring.models.links import SIGN_LABELS
from dreiklang.monitoring.queries.labels import indicator_ids, indicator_names
from dreiklang.people.rules import SYSTEM

NUMBERS, DAYS = ("expected_value", "observed_value"), ("observed_on",)
PLAIN = ("sign", "weight", "expected_year", "expected_basis", "observed_basis")
_SIGNS = {"+": LinkSign.SUPPORTS.value, "-": LinkSign.HINDERS.value, "−": LinkSign.HINDERS.value}


class Effects(Importer):
    """Its key is the measure with the indicator."""

    kind = "indicator-effects"
    title = _("Wirkungen der Maßnahmen auf Indikatoren")
    intro = _("Was eine Maßnahme an einem Indikator ändern soll, und was man danach sah.")
    sort = 180
    fields = (
        ListField("measure", _("Maßnahme"), True, _("Nummer oder Titel"), "V-17", is_key=True),
        ListField("indicator", _("Indikator"), True, _("Kurzname oder Name"), "leerstand", is_key=True),
        ListField("sign", _("Wirkung"), False, _("verbessert oder verschlechtert"), "verbessert"),
        ListField("weight", _("Gewicht"), False, _("1 gering, 2 deutlich, 3 stark"), "2"),
        ListField(
            "expected_value", _("Erwartete Änderung"), False, _("in der Einheit des Indikators"), "-1,5"
        ),
        ListField("expected_year", _("Bis Ende"), False, _("Jahr"), "2030"),
        ListField("expected_basis", _("Grundlage der Erwartung"), False, "", "Erfahrung aus dem Nordring"),
        ListField("observed_value", _("Beobachtete Änderung"), False, _("in der Einheit des Indikators")),
        ListField("observed_on", _("Beobachtet am"), False),
        ListField("observed_basis", _("Grundlage der Beobachtung"), False),
    )
    sentences: Mapping[str, str] = {
        "unknown_indicator": _("Einen Indikator „%(value)s“ gibt es nicht."),
        "expected_incomplete": _(
            "Zu einer erwarteten Änderung gehören das Jahr und worauf sie sich gründet."
        ),
        "observed_incomplete": _(
            "Zu einer beobachteten Änderung gehören der Tag und worauf sie sich gründet."
        ),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Measures and indicators are looked up once."""
        measures = Lookup.of(number_choices(SYSTEM))
        known = Lookup.of(indicator_names())
        return [_candidate(Draft(row), measures, known, options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Links by "measure · indicator"."""
        return {key: _values(one) for key, one in _stored(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New links, then what changed."""
        ids = indicator_ids()
        measures = ids_of(SYSTEM, numbers=[one.values["measure"] for one in new])
        MeasureIndicator.objects.bulk_create(
            _applied(
                MeasureIndicator(
                    measure_id=measures[one.values["measure"]], indicator_id=ids[one.values["indicator"]]
                ),
                one.values,
            )
            for one in new
        )
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            link = _applied(stored[row.candidate.key], row.after)
            link.version += 1
            link.changed_at = timezone.now()
        MeasureIndicator.objects.bulk_update(
            stored.values(), [*PLAIN, *NUMBERS, *DAYS, "version", "changed_at"]
        )

    def all_rows(self) -> tuple[list[Column], list[tuple[Written, ...]]]:
        """Every link as this list reads it."""
        signs = {code.value: german(label) for code, label in SIGN_LABELS.items()}
        records = [_values(one) for one in _links().values()]
        return cells.written(self.fields, records, words={"sign": signs}, numbers=NUMBERS, days=DAYS)


EFFECTS = Effects()


def _candidate(draft: Draft, measures: Lookup, known: Lookup, options: Options) -> Candidate:
    measure = draft.reference("measure", measures, code="unknown_measure")
    indicator = draft.reference("indicator", known, code="unknown_indicator")
    draft.choice("sign", cells.words_of(SIGN_LABELS) | _SIGNS, empty=LinkSign.SUPPORTS.value)
    if draft.cell("weight"):
        cells.whole(draft, "weight", least=1, most=3)
    cells.whole(draft, "expected_year", least=1900, most=2200)
    draft.text("expected_basis")
    draft.text("observed_basis")
    draft.day("observed_on", options)
    if cells.number(draft, "expected_value", options) is not None:
        _needs(draft, ("expected_year", "expected_basis"), "expected_incomplete")
    if cells.number(draft, "observed_value", options) is not None:
        _needs(draft, ("observed_on", "observed_basis"), "observed_incomplete")
    key = f"{measure} · {indicator}" if measure and indicator else ""
    return draft.candidate(key=key, label=key)


def _needs(draft: Draft, names: Sequence[str], code: str) -> None:
    missing = [name for name in names if not draft.cell(name)]
    if missing:
        draft.note(code, missing[0])


def _links() -> dict[str, MeasureIndicator]:
    rows = MeasureIndicator.objects.select_related("measure", "indicator")
    rows = rows.defer("measure__search", "indicator__search").order_by("measure__number", "indicator__key")
    return {f"{one.measure.number} · {one.indicator.key}": one for one in rows}


def _stored(keys: Sequence[str]) -> dict[str, MeasureIndicator]:
    wanted = set(keys)
    return {key: one for key, one in _links().items() if key in wanted}


def _values(link: MeasureIndicator) -> dict[str, Any]:
    numbers = {
        name: None if (value := getattr(link, name)) is None else cells.plain_number(value)
        for name in NUMBERS
    }
    return {
        "measure": link.measure.number,
        "indicator": link.indicator.key,
        **{name: getattr(link, name) for name in PLAIN},
        **numbers,
        "observed_on": link.observed_on.isoformat() if link.observed_on else None,
    }


def _applied(link: MeasureIndicator, values: Mapping[str, Any]) -> MeasureIndicator:
    for name in PLAIN:
        if name in values:
            setattr(link, name, values[name])
    for name in NUMBERS:
        if name in values:
            setattr(link, name, None if values[name] is None else Decimal(values[name]))
    if "observed_on" in values:
        seen = values["observed_on"]
        link.observed_on = date.fromisoformat(seen) if seen else None
    return link
