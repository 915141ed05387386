"""Indicators as a list shows them, and how a list is written into them: definitions become versions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import Actor, Candidate, ChangedRow
from dreiklang.monitoring.imports.cells import plain_number
from dreiklang.monitoring.models import Break, Indicator, IndicatorVersion, Provider, Quantity
from dreiklang.monitoring.queries.naming import quantity_key
from dreiklang.monitoring.rules.values import BreakKind
from dreiklang.monitoring.services.definitions import definition_of
from dreiklang.monitoring.services.suppression import hide_small_counts
from dreiklang.people.queries import account_ids, department_ids
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import levels

PLAIN = (
    "name",
    "kind",
    "meaning",
    "limits_words",
    "unit",
    "decimals",
    "direction",
    "formula",
    "source_words",
    "source_contact",
    "licence",
    "attribution",
    "rhythm",
    "reference_words",
    "lag_days",
    "suppress_below",
    "is_headline",
    "visibility",
)
_LINKED = ("quantity_id", "provider_id", "level_id", "department_id", "responsible_id")
_WRITTEN = (*PLAIN, "next_due_on", "steady_below", *_LINKED, "version", "changed_at")
_REASON = _("Mit einer Liste geändert")


def stored_indicators(keys: Sequence[str] | None) -> dict[str, Indicator]:
    """Indicators by key, in their order, with all that a list names of them; all of them for None."""
    rows = Indicator.objects.all() if keys is None else Indicator.objects.filter(key__in=keys)
    rows = rows.select_related(
        "quantity__dataset__provider", "provider", "level", "department", "responsible"
    )
    newest = IndicatorVersion.objects.order_by("-number")
    rows = rows.prefetch_related(Prefetch("versions", queryset=newest)).defer("search")
    return {one.key: one for one in rows.order_by("key")}


def indicator_values(indicator: Indicator) -> dict[str, Any]:
    """What a list says of an indicator."""
    of = indicator.quantity
    newest = next(iter(indicator.versions.all()), None)
    due, steady = indicator.next_due_on, indicator.steady_below
    return {
        "key": indicator.key,
        **{name: getattr(indicator, name) for name in PLAIN},
        "next_due_on": due.isoformat() if due else None,
        "steady_below": None if steady is None else plain_number(steady),
        "quantity": quantity_key(of.dataset.provider.key, of.dataset.code, of.code) if of else None,
        "provider": indicator.provider.key if indicator.provider else None,
        "level": indicator.level.key if indicator.level else None,
        "department": indicator.department.key if indicator.department else None,
        "responsible": indicator.responsible.email if indicator.responsible else None,
        "valid_from": newest.valid_from.isoformat() if newest else None,
        "change_reason": newest.reason if newest else "",
        "is_comparable": newest.is_comparable if newest else True,
    }


def write_indicators(
    *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, today: date
) -> None:
    """New indicators in their first version; of the changed ones a further version where the definition is another."""
    given = [one.values for one in new] + [row.after for row in changed]
    ids = _ids(given)
    fresh = [_applied(Indicator(key=one.key), one.values, ids) for one in new]
    Indicator.objects.bulk_create(fresh)
    _keep_versions(
        [(one, _version(one, 1, row.values, by, today)) for one, row in zip(fresh, new, strict=True)]
    )
    stored = stored_indicators([row.candidate.key for row in changed])
    further = []
    for row in changed:
        indicator = stored[row.candidate.key]
        before = definition_of(indicator)
        _applied(indicator, row.after, ids)
        indicator.version += 1
        indicator.changed_at = timezone.now()
        newest = next(iter(indicator.versions.all()), None)
        if newest is None or definition_of(indicator) != before:
            number = newest.number + 1 if newest else 1
            further.append((indicator, _version(indicator, number, row.after, by, today)))
        else:
            _correct(newest, row.after)
    Indicator.objects.bulk_update(stored.values(), _WRITTEN)
    _keep_versions(further)
    hide_small_counts(quantity_ids=_watched([*fresh, *stored.values()]))


def _watched(indicators: Iterable[Indicator]) -> list[int]:
    """The quantities whose small counts these hide."""
    return [one.quantity_id for one in indicators if one.suppress_below is not None and one.quantity_id]


_Ids = Mapping[str, Mapping[str, int]]


def _ids(given: Sequence[Mapping[str, Any]]) -> _Ids:
    """The ids behind the keys that a list names, by field."""

    def named(field: str) -> set[str]:
        return {values[field] for values in given if values.get(field)}

    quantities = Quantity.objects.filter(
        dataset__code__in={key.split(":", 2)[1] for key in named("quantity")}
    )
    rows = quantities.values_list("dataset__provider__key", "dataset__code", "code", "pk")
    return {
        "quantity": {quantity_key(*key): pk for *key, pk in rows},
        "provider": dict(Provider.objects.filter(key__in=named("provider")).values_list("key", "pk")),
        "level": {one.key: one.pk for one in levels(SYSTEM)} if named("level") else {},
        "department": department_ids(named("department")),
        "responsible": account_ids(named("responsible")),
    }


def _applied(indicator: Indicator, values: Mapping[str, Any], ids: _Ids) -> Indicator:
    for name in PLAIN:
        if name in values:
            setattr(indicator, name, values[name])
    if "next_due_on" in values:
        due = values["next_due_on"]
        indicator.next_due_on = date.fromisoformat(due) if due else None
    if "steady_below" in values:
        steady = values["steady_below"]
        indicator.steady_below = None if steady is None else abs(Decimal(steady))
    for field, known in ids.items():
        if field in values:
            setattr(indicator, f"{field}_id", known.get(values[field] or ""))
    return indicator


def _version(
    indicator: Indicator, number: int, values: Mapping[str, Any], by: Actor, today: date
) -> IndicatorVersion:
    since = values.get("valid_from")
    reason = values.get("change_reason") or ""
    return IndicatorVersion(
        number=number,
        valid_from=date.fromisoformat(since) if since else today,
        definition=definition_of(indicator),
        reason=reason or ("" if number == 1 else _REASON),
        is_comparable=values.get("is_comparable", True),
        by_id=by.id,
        by_name=by.name,
    )


def _keep_versions(found: Sequence[tuple[Indicator, IndicatorVersion]]) -> None:
    for indicator, version in found:
        version.indicator = indicator
    IndicatorVersion.objects.bulk_create(version for _indicator, version in found)
    for indicator, version in found:
        if not version.is_comparable and version.number > 1:
            Break.objects.update_or_create(
                indicator=indicator,
                region=None,
                on=version.valid_from,
                defaults={"kind": BreakKind.DEFINITION, "reason": version.reason},
            )


def _correct(newest: IndicatorVersion, values: Mapping[str, Any]) -> None:
    """What a list says better of the newest version: since when, and why."""
    if values.get("valid_from"):
        newest.valid_from = date.fromisoformat(values["valid_from"])
    if values.get("change_reason"):
        newest.reason = values["change_reason"]
    if "is_comparable" in values:
        newest.is_comparable = values["is_comparable"]
    if values.keys() & {"valid_from", "change_reason", "is_comparable"}:
        newest.save()
