"""Where an indicator shall go: targets and the baseline; and the days from which it cannot be compared."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Break, Indicator, Region, Target
from dreiklang.monitoring.rules.values import BreakKind, Comparison
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

TARGET_FIELDS = ("region_id", "is_baseline", "comparison", "value", "upper", "on", "decision", "reason")


class CannotSetTarget(Refused):
    """The target or the break as given is not possible; `code` says why."""


def set_target(
    *, by: Viewer, key: str, values: Mapping[str, Any], pk: int | None = None, version: int = 0
) -> Target:
    """A new target or baseline of the indicator, or with `pk` another wording of one; `values` as `TARGET_FIELDS`.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotSetTarget (not_a_number, no_value, no_day, range_incomplete,
    range_upside_down, baseline_is_a_value, twice: one of each kind a day and region).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zielwert gesetzt")):
        indicator = _editable(by, key)
        target = Target(indicator=indicator, version=0) if pk is None else _stored(indicator, pk, version)
        for name in TARGET_FIELDS:
            if name in values:
                setattr(target, name, values[name])
        if target.comparison != Comparison.BETWEEN:
            target.upper = None
        _check(target)
        target.version += 1
        target.save()
        _tell("target_changed", indicator, by)
    return target


def remove_target(*, by: Viewer, key: str, pk: int, version: int) -> None:
    """Take a target or baseline back; the history keeps it. Raises: NotFound; NotAllowed; ChangedMeanwhile."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Zielwert entfernt")):
        indicator = _editable(by, key)
        _stored(indicator, pk, version).delete()
        _tell("target_changed", indicator, by)


def mark_break(
    *, by: Viewer, key: str, on: date, kind: BreakKind, reason: str, region_id: int | None = None
) -> Break:
    """From that day on values cannot be compared with earlier ones, everywhere or in that region.

    What was said of the same day before is replaced. Raises: NotFound; NotAllowed; CannotSetTarget (needs_reason).
    """
    if not reason.strip():
        raise CannotSetTarget("needs_reason")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bruch in der Zeitreihe vermerkt")):
        indicator = _editable(by, key)
        region = None if region_id is None else Region.objects.get(pk=region_id)
        found, is_new = Break.objects.get_or_create(
            indicator=indicator,
            region=region,
            on=on,
            defaults={"kind": kind, "reason": reason.strip()},
        )
        if not is_new:
            found.kind, found.reason, found.version = kind, reason.strip(), found.version + 1
            found.save()
        _tell("break_changed", indicator, by)
    return found


def remove_break(*, by: Viewer, key: str, pk: int) -> None:
    """Values can be compared over that day after all. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bruch in der Zeitreihe entfernt")):
        indicator = _editable(by, key)
        found = Break.objects.filter(indicator=indicator, pk=pk).first()
        if found is None:
            raise NotFound("break")
        found.delete()
        _tell("break_changed", indicator, by)


def _editable(by: Viewer, key: str) -> Indicator:
    indicator = Indicator.objects.select_for_update().defer("search").filter(key=key).first()
    if indicator is None:
        raise NotFound("indicator")
    require(by, permissions.EDIT, indicator)
    return indicator


def _stored(indicator: Indicator, pk: int, version: int) -> Target:
    target = Target.objects.select_for_update().filter(indicator=indicator, pk=pk).first()
    if target is None:
        raise NotFound("target")
    if target.version != version:
        raise ChangedMeanwhile(target, version=target.version)
    return target


def _check(target: Target) -> None:
    code = _contradiction(target)
    if code:
        raise CannotSetTarget(code)
    twins = Target.objects.filter(
        indicator=target.indicator, region=target.region_id, is_baseline=target.is_baseline, on=target.on
    )
    if twins.exclude(pk=target.pk).exists():
        raise CannotSetTarget("twice")


def _contradiction(target: Target) -> str:
    """The code of what is wrong with the target itself, or nothing."""
    value, upper = _number(target.value), _number(target.upper)
    if value is None:
        return "no_value"
    if target.on is None:
        return "no_day"
    if not value.is_finite() or not (upper is None or upper.is_finite()):
        return "not_a_number"
    if target.comparison != Comparison.BETWEEN:
        return ""
    if target.is_baseline:
        return "baseline_is_a_value"
    if upper is None:
        return "range_incomplete"
    return "range_upside_down" if upper < value else ""


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _tell(name: str, indicator: Indicator, by: Viewer) -> None:
    record(name=name, subject="monitoring", object_key=indicator.key, by_id=by.account_id, by_name=by.name)
