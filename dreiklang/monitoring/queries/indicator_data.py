"""All values of one indicator to take away: every region and period, signs with their meaning, source and licence beside."""

from datetime import date
from decimal import Decimal
from typing import Any

from dreiklang.core.errors import NotFound
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.indicator_lines import EffectLine, TargetLine
from dreiklang.monitoring.queries.indicator_record import indicator_record
from dreiklang.monitoring.queries.visibility import visible_indicators
from dreiklang.people.rules import PUBLIC, Viewer


def indicator_for_data(viewer: Viewer, *, key: str) -> Indicator | None:
    """The indicator with what its data need beside the values; None if the viewer may not know of it."""
    rows = visible_indicators(viewer).select_related("breakdown", "provider", "department", "level")
    return rows.defer("search").filter(key=key).first()


def public_indicators(*, after: str, limit: int) -> list[Indicator]:
    """Public indicators with keys after that one, in their order, whoever asks."""
    rows = visible_indicators(PUBLIC).select_related("provider", "department", "level").defer("search")
    return list(rows.filter(key__gt=after).order_by("key")[:limit])


def public_record(*, key: str) -> dict[str, Any]:
    """Targets, breaks, versions and links of a public indicator for machines; numbers as text. Raises: NotFound."""
    record = indicator_record(PUBLIC, key=key)
    if record is None:
        raise NotFound("indicator")
    return {
        "targets": [_target(one) for one in record.targets],
        "breaks": [
            {"on": one.on.isoformat(), "kind": one.kind, "reason": one.reason, "region": one.region}
            for one in record.breaks
        ],
        "versions": [
            {
                "number": one.number,
                "valid_from": one.valid_from.isoformat(),
                "reason": one.reason,
                "is_comparable": one.is_comparable,
            }
            for one in record.versions
        ],
        "goals": [
            {"number": one.number, "is_main": one.is_main, "reason": one.reason} for one in record.goals
        ],
        "tasks": [{"number": one.number} for one in record.tasks],
        "measures": [_effect(one) for one in record.effects],
    }


def _target(one: TargetLine) -> dict[str, Any]:
    return {
        "role": "baseline" if one.is_baseline else "target",
        "on": one.post.on.isoformat(),
        "comparison": one.post.comparison,
        "value": _plain(one.post.value),
        "upper": _plain(one.post.upper),
        "region": one.region,
        "decision": one.decision,
        "reason": one.reason,
    }


def _effect(one: EffectLine) -> dict[str, Any]:
    return {
        "number": one.number,
        "sign": one.sign,
        "weight": one.weight,
        "expected_value": _plain(one.expected_value),
        "expected_year": one.expected_year,
        "expected_basis": one.expected_basis,
        "observed_value": _plain(one.observed_value),
        "observed_on": one.observed_on.isoformat() if one.observed_on else None,
        "observed_basis": one.observed_basis,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def source_words(indicator: Indicator) -> str:
    """Where the values come from, as it must be named: the given attribution, else publisher and source."""
    if indicator.attribution:
        return indicator.attribution
    provider = indicator.provider.name if indicator.provider else ""
    return ", ".join(part for part in (provider, indicator.source_words) if part)


def indicator_facts(indicator: Indicator) -> dict[str, Any]:
    """What a machine must know of an indicator before it reads its values."""
    return {
        "key": indicator.key,
        "name": indicator.name,
        "meaning": indicator.meaning,
        "does_not_say": indicator.limits_words,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "direction": indicator.direction,
        "formula": indicator.formula,
        "source": source_words(indicator),
        "licence": indicator.licence,
        "rhythm": indicator.rhythm,
        "reference": indicator.reference_words,
        "level": indicator.level.key if indicator.level else None,
        "department": indicator.department.key if indicator.department else None,
        "next_due_on": _day(indicator.next_due_on),
        "retired_on": _day(indicator.retired_on),
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
