"""The page of columns as a plan: each column has one use, the rest is said for the whole list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dreiklang.core.reading import Notation
from dreiklang.monitoring.rules.value_plans import BY_WORDS, SERIES, SKIP, ValuePlan
from dreiklang.monitoring.rules.values import ValueKind

# Uses of a column that are not the key of an indicator; keys have no colon.
AREA, PART, TIME, WHAT, UNIT, SAID = (
    "rolle:gebiet",
    "rolle:merkmal",
    "rolle:zeit",
    "rolle:kennzahl",
    "rolle:einheit",
    "rolle:angabe",
)
_KINDS = {str(kind) for kind in ValueKind}
_NOTATIONS = {str(one) for one in Notation}
_LONGEST = {"period": 40, "scenario": 80, "made_on": 20, "legend": 40, "areas": 40}


def chosen_plan(posted: Mapping[str, Any], *, before: ValuePlan) -> ValuePlan:
    """The plan as the page sends it; what it does not know of the list stays as it was before."""
    uses = dict(_pairs(posted, "label", "use"))
    units = {label: words for label, words in _pairs(posted, "label", "unit") if words}
    words = dict(_pairs(posted, "word", "meant"))
    kind = str(posted.get("kind", ""))
    numbers = str(posted.get("numbers", ""))
    typed = {name: str(posted.get(name, "")).strip()[:longest] for name, longest in _LONGEST.items()}
    return replace(
        before,
        regions=_with(uses, AREA),
        breakdowns=_with(uses, PART),
        period_column=next(iter(_with(uses, TIME)), ""),
        quantity=next(iter(_with(uses, WHAT)), ""),
        unit=next(iter(_with(uses, UNIT)), ""),
        columns={label: use for label, use in uses.items() if not use.startswith("rolle:")},
        units=units,
        said={role: label for role, label in before.said.items() if uses.get(label) == SAID},
        words={one: use for one, use in words.items() if use != BY_WORDS},
        own_keys=bool(posted.get("own_keys")),
        totals_are_city=bool(posted.get("totals_are_city")),
        kind=kind if kind in _KINDS else str(ValueKind.ACTUAL),
        numbers=numbers if numbers in _NOTATIONS else "",
        **typed,  # type: ignore[arg-type]  # by name
    )


def use_of(plan: ValuePlan, label: str) -> str:
    """What the page shows for a column."""
    for use, labels in (
        (AREA, plan.regions),
        (PART, plan.breakdowns),
        (TIME, (plan.period_column,)),
        (WHAT, (plan.quantity,)),
        (UNIT, (plan.unit,)),
        (SAID, plan.said.values()),
    ):
        if label in labels:
            return use
    return plan.columns.get(label, SKIP)


def _with(uses: Mapping[str, str], use: str) -> tuple[str, ...]:
    return tuple(label for label, one in uses.items() if one == use)


def _pairs(posted: Mapping[str, Any], name: str, value: str) -> list[tuple[str, str]]:
    """ "label-3" with "use-3": numbered as on the page."""
    found = []
    for at in range(len(posted)):
        if (label := posted.get(f"{name}-{at}")) is None:
            break
        found.append((str(label), str(posted.get(f"{value}-{at}", "")).strip()[:120]))
    return found


__all__ = ["AREA", "BY_WORDS", "PART", "SAID", "SERIES", "TIME", "UNIT", "WHAT", "chosen_plan", "use_of"]
