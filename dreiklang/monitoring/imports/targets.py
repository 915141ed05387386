"""Targets and baselines of indicators from a list. Its key is the indicator with area, kind and day.

Columns: Indikator (Kurzname oder Name), Gebiet (leer oder amtlicher Schlüssel: die ganze Stadt; sonst Stadtteil), Art (Zielwert
oder Ausgangswert), Gemeint ist (mindestens, höchstens, zwischen, genau), Wert, Bis, Zum, Beschluss, Begründung.
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
from dreiklang.monitoring.imports import cells
from dreiklang.monitoring.models import Indicator, Target
from dreiklang.monitoring.models.labels import COMPARISON_LABELS
from dreiklang.monitoring.queries.labels import indicator_names
from dreiklang.monitoring.rules.values import Comparison
from dreiklang.monitoring.services.regions import regions_for_areas
from dreiklang.places.queries import area_ids, area_label, area_lookup, municipality

TARGET, BASELINE = "target", "baseline"
KIND_WORDS = {TARGET: "Zielwert", BASELINE: "Ausgangswert"}
NUMBERS, DAYS = ("value", "upper"), ("on",)
PLAIN = ("comparison", "decision", "reason")


class Targets(Importer):
    """Where indicators shall go, and what they set out from."""

    kind = "targets"
    title = _("Zielwerte der Indikatoren")
    intro = _("Ausgangswerte und Zielwerte mit Tag, Beschluss und Begründung.")
    sort = 160
    fields = (
        ListField("indicator", _("Indikator"), True, _("Kurzname oder Name"), "einwohner", is_key=True),
        ListField("area", _("Gebiet"), False, _("leer: die ganze Stadt"), "Nordstadt", is_key=True),
        ListField("kind", _("Art"), True, _("Zielwert oder Ausgangswert"), "Zielwert", is_key=True),
        ListField(
            "comparison", _("Gemeint ist"), False, _("mindestens, höchstens, zwischen, genau"), "mindestens"
        ),
        ListField("value", _("Wert"), True, _("bei „zwischen“ das untere Ende"), "40,5"),
        ListField("upper", _("Bis"), False, _("nur bei „zwischen“"), ""),
        ListField("on", _("Zum"), True, "", "31.12.2030", ("Stichtag", "Zieljahr"), is_key=True),
        ListField("decision", _("Beschluss"), False, "", "B-112/2026"),
        ListField("reason", _("Begründung"), False),
    )
    sentences: Mapping[str, str] = {
        "unknown_indicator": _("Einen Indikator „%(value)s“ gibt es nicht."),
        "range_incomplete": _("Bei „zwischen“ stehen zwei Werte: „Wert“ und „Bis“."),
        "range_upside_down": _("„Bis“ (%(value)s) ist kleiner als „Wert“."),
        "baseline_is_a_value": _("Ein Ausgangswert ist ein Wert und kein Bereich."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Indicators and areas are looked up once."""
        known, areas = Lookup.of(indicator_names()), area_lookup()
        ags = municipality().ags
        return [_candidate(Draft(row), known, areas, [ags] if ags else [], options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Targets by "indicator · area · kind · day"."""
        return {key: _values(one) for key, one in _stored(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New targets, then what changed."""
        ids = dict(
            Indicator.objects.filter(key__in={one.values["indicator"] for one in new}).values_list(
                "key", "pk"
            )
        )
        regions = _regions({one.values.get("area", "") for one in new})
        fresh = []
        for one in new:
            target = Target(
                indicator_id=ids[one.values["indicator"]],
                region_id=regions[one.values.get("area", "")],
                is_baseline=one.values["kind"] == BASELINE,
                on=date.fromisoformat(one.values["on"]),
            )
            fresh.append(_applied(target, one.values))
        Target.objects.bulk_create(fresh)
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            target = _applied(stored[row.candidate.key], row.after)
            target.version += 1
            target.changed_at = timezone.now()
        Target.objects.bulk_update(stored.values(), [*NUMBERS, *PLAIN, "version", "changed_at"])

    def all_rows(self) -> tuple[list[Column], list[tuple[Written, ...]]]:
        """Every target as this list reads it."""
        records = [_values(one) for one in _all().values()]
        comparisons = {code.value: german(label) for code, label in COMPARISON_LABELS.items()}
        words = {"kind": KIND_WORDS, "comparison": comparisons}
        return cells.written(self.fields, records, words=words, numbers=NUMBERS, days=DAYS)


TARGETS = Targets()


def _candidate(
    draft: Draft, known: Lookup, areas: Lookup, city_keys: Sequence[str], options: Options
) -> Candidate:
    indicator = draft.reference("indicator", known, code="unknown_indicator")
    area = cells.region(draft, "area", areas, city_keys=city_keys)
    kind = draft.choice("kind", {words: code for code, words in KIND_WORDS.items()})
    comparison = draft.choice(
        "comparison", cells.words_of(COMPARISON_LABELS), empty=Comparison.AT_LEAST.value
    )
    value, upper = cells.number(draft, "value", options), cells.number(draft, "upper", options)
    on = draft.day("on", options)
    draft.text("decision", longest=200)
    draft.text("reason")
    draft.keep_rest("reason")
    _check_range(draft, comparison, value, upper, is_baseline=kind == BASELINE)
    key = f"{indicator} · {area} · {kind} · {on.isoformat()}" if indicator and kind and on else ""
    return draft.candidate(key=key, label=f"{indicator} {draft.cell('kind')} {draft.cell('on')}".strip())


def _check_range(
    draft: Draft, comparison: str | None, value: Decimal | None, upper: Decimal | None, *, is_baseline: bool
) -> None:
    if comparison != Comparison.BETWEEN:
        if draft.has("upper"):
            draft.set("upper", None)
        return
    if is_baseline:
        draft.note("baseline_is_a_value", "comparison")
    elif value is not None and upper is None:
        draft.note("range_incomplete", "upper")
    elif value is not None and upper is not None and upper < value:
        draft.note("range_upside_down", "upper")


def _all() -> dict[str, Target]:
    rows = Target.objects.select_related("indicator", "region__area").defer("indicator__search")
    return {_key(one): one for one in rows.order_by("indicator__key", "is_baseline", "on", "pk")}


def _stored(keys: Sequence[str]) -> dict[str, Target]:
    wanted = set(keys)
    return {key: one for key, one in _all().items() if key in wanted}


def _area(target: Target) -> str:
    area = target.region.area if target.region else None
    return area_label(area.key, area.name) if area else ""


def _key(target: Target) -> str:
    kind = BASELINE if target.is_baseline else TARGET
    return f"{target.indicator.key} · {_area(target)} · {kind} · {target.on.isoformat()}"


def _values(target: Target) -> dict[str, Any]:
    return {
        "indicator": target.indicator.key,
        "area": _area(target),
        "kind": BASELINE if target.is_baseline else TARGET,
        "value": cells.plain_number(target.value),
        "upper": None if target.upper is None else cells.plain_number(target.upper),
        "on": target.on.isoformat(),
        **{name: getattr(target, name) for name in PLAIN},
    }


def _applied(target: Target, values: Mapping[str, Any]) -> Target:
    for name in PLAIN:
        if name in values:
            setattr(target, name, values[name])
    for name in NUMBERS:
        if name in values:
            setattr(target, name, None if values[name] is None else Decimal(values[name]))
    return target


def _regions(labels: set[str]) -> dict[str, int | None]:
    """Label of an area → its region, made where there is none; nothing is the whole city."""
    ids = area_ids(labels - {""})
    regions = regions_for_areas(ids.values())
    found: dict[str, int | None] = {label: regions[pk] for label, pk in ids.items()}
    return found | {"": None}
