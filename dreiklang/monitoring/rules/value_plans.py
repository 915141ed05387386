"""What a person decides about a list of values: which columns say where and when, and what each column counts.

Columns go by their labels, without the years in their heads: so a plan fits next year's list as well.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from dreiklang.core.reading import Notation

from .layout_values import ColumnHead, ShapePlan, TableShape
from .layouts import suggested_plan
from .periods import TimeSpan, read_time
from .values import Refused, ValueKind

# What a column of numbers is: left out, a series of its list, what its row says; else the key of an indicator.
SKIP, SERIES, BY_WORDS = "", "*", "="
# The label of columns whose heads are nothing but times.
TIMES = "@zeit"
# Where the rows lie: the whole city, areas of official statistics, what level and key together name (as our downloads
# have it); else the key of one of the city's own levels.
CITY, OFFICIAL, EXACT = "", "official", "exact"


_SPEAKING = {
    "period_column": re.compile(
        r"(?:berichts)?jahr|datum|stichtag|zeit(?:raum|punkt)?|monat|quartal|year|date", re.IGNORECASE
    ),
    "quantity": re.compile(r"kennzahl|merkmal|indikator|größe|variable|indicator", re.IGNORECASE),
    "unit": re.compile(r"(?:maß)?einheit|unit", re.IGNORECASE),
}


@dataclass(frozen=True, slots=True)
class ValuePlan:
    """How a list of values is read; columns by their labels (`labels_of`).

    areas           CITY, OFFICIAL, or the key of a level
    own_keys        the list has a numbering of its own: areas are found by their names alone
    regions         columns that name the area: key, name
    columns         column of numbers → SKIP, SERIES, BY_WORDS or the key of an indicator
    words           in long lists: what the column `quantity` says → SKIP, SERIES or the key of an indicator; without an
                    entry it is the key or the name of one
    units           column of numbers, or words → unit of its values, where it is another than the indicator's
    period          of all values whose head or row names none, as written
    totals_are_city rows that sum up others are the city; else they only check the list
    legend          whose signs stand in the list
    area_words      what a row calls its area → the key of the area that was meant
    said            what rows say of their values themselves (`row_facts.ROLES`) → the column where it stands
    """

    areas: str = CITY
    own_keys: bool = False
    regions: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    quantity: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    period_column: str = ""
    period: str = ""
    kind: str = ValueKind.ACTUAL
    scenario: str = ""
    made_on: str = ""
    totals_are_city: bool = False
    numbers: str = ""
    legend: str = ""
    area_words: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """A column, or several that differ only in their year, under one label."""

    label: str
    heads: tuple[ColumnHead, ...]

    @property
    def is_key(self) -> bool:
        """Whether its cells are keys or words."""
        return self.heads[0].is_key

    @property
    def letters(self) -> str:
        """As a spreadsheet calls it, or the first and the last of several."""
        first, last = self.heads[0].letters, self.heads[-1].letters
        return first if first == last else f"{first}–{last}"


def plan_from(kept: Mapping[str, Any]) -> ValuePlan:
    """A plan as it was kept; what a later version no longer knows is left out."""
    known = {one.name for one in fields(ValuePlan)}
    plan = ValuePlan(**{name: value for name, value in kept.items() if name in known})
    return replace(plan, regions=tuple(plan.regions), breakdowns=tuple(plan.breakdowns))


def labels_of(shape: TableShape) -> tuple[NamedColumn, ...]:
    """The columns under their labels, in order.

    Columns of one label belong together only where each has a year of its own; else they are told apart by letter.
    """
    together: dict[str, list[ColumnHead]] = {}
    for one in shape.columns:
        together.setdefault(_label(one), []).append(one)
    found = []
    for label, heads in together.items():
        periods = {one.period.ends_on for one in heads if one.period}
        if len(periods) == len(heads):
            found.append(NamedColumn(label, tuple(heads)))
        else:
            found += [
                NamedColumn(label if len(heads) == 1 else f"{label} ({one.letters})", (one,)) for one in heads
            ]
    return tuple(sorted(found, key=lambda one: one.heads[0].at))


def first_plan(shape: TableShape) -> ValuePlan:
    """The plan a person starts from: where the rows lie and which columns are numbers; what they count, she says.

    Columns called "Jahr", "Kennzahl" or "Einheit" say when, what and in which unit: then the list is a long one.
    """
    proposed = suggested_plan(shape)
    named = {head.at: column.label for column in labels_of(shape) for head in column.heads}
    speaking = {role: _called(shape, words) for role, words in _SPEAKING.items()}
    taken = set(speaking.values())
    values = [named[at] for at in proposed.values if named[at] not in taken]
    return ValuePlan(
        regions=tuple(named[at] for at in proposed.regions if named[at] not in taken),
        breakdowns=tuple(named[at] for at in proposed.breakdowns if named[at] not in taken),
        columns=dict.fromkeys(values, BY_WORDS if speaking["quantity"] else SKIP),
        period=f"{proposed.period.ends_on:%d.%m.%Y}" if proposed.period else "",
        period_column=speaking["period_column"],
        quantity=speaking["quantity"],
        unit=speaking["unit"],
    )


def fits(plan: ValuePlan, shape: TableShape) -> bool:
    """Whether a list has all the columns a plan speaks of."""
    labels = {one.label for one in labels_of(shape)}
    single = (plan.quantity, plan.unit, plan.period_column)
    named = {*plan.regions, *plan.breakdowns, *plan.columns, *plan.said.values(), *single}
    return bool(plan.columns) and named - {""} <= labels


def plan_problems(plan: ValuePlan, shape: TableShape, *, today: date) -> tuple[Refused, ...]:
    """Why nothing can be read by this plan.

    `nothing_chosen` · `column_absent` · `no_area_column` · `unknown_period` (the words) · `future_actual` ·
    `forecast_needs_scenario` (a forecast without its name or the day it was made)
    """
    labels = {one.label for one in labels_of(shape)}
    chosen = [label for label, use in plan.columns.items() if use != SKIP]
    found = []
    if not chosen:
        found.append(Refused("nothing_chosen"))
    single = (plan.quantity, plan.unit, plan.period_column)
    named = (*plan.regions, *plan.breakdowns, *chosen, *plan.said.values(), *single)
    found += [Refused("column_absent", label) for label in named if label and label not in labels]
    if plan.areas != CITY and not plan.regions:
        found.append(Refused("no_area_column"))
    found += _of_period(plan, today)
    if plan.kind == ValueKind.FORECAST and (not plan.scenario or day_made(plan) is None):
        found.append(Refused("forecast_needs_scenario"))
    return tuple(found)


def shape_plan(plan: ValuePlan, shape: TableShape) -> ShapePlan:
    """The plan in columns of this list; those that it has not are left out."""
    places = {one.label: [head.at for head in one.heads] for one in labels_of(shape)}
    chosen = [label for label, use in plan.columns.items() if use != SKIP]
    period = read_time(plan.period) if plan.period else None
    return ShapePlan(
        regions=_at(plan.regions, places) if plan.areas != CITY else (),
        values=tuple(sorted(_at(chosen, places))),
        breakdowns=_at(plan.breakdowns, places),
        period=period if isinstance(period, TimeSpan) else None,
        period_column=next(iter(_at([plan.period_column], places)), None),
        quantity_column=next(iter(_at([plan.quantity], places)), None),
        notation=Notation(plan.numbers) if plan.numbers else None,
        said=tuple((role, at) for role, label in plan.said.items() for at in _at([label], places)),
    )


def day_made(plan: ValuePlan) -> date | None:
    """The day a forecast was made; None if it is not said or no day."""
    read = read_time(plan.made_on) if plan.made_on else None
    return read.ends_on if isinstance(read, TimeSpan) and read.is_day else None


def _called(shape: TableShape, words: re.Pattern[str]) -> str:
    """The column of one of these names; empty without one."""
    return next((one.label for one in labels_of(shape) if words.fullmatch(one.label)), "")


def _of_period(plan: ValuePlan, today: date) -> list[Refused]:
    if not plan.period:
        return []
    read = read_time(plan.period)
    if isinstance(read, Refused):
        return [Refused("unknown_period", plan.period)]
    is_early = plan.kind == ValueKind.ACTUAL and read.ends_on > today
    return [Refused("future_actual", plan.period)] if is_early else []


def _label(column: ColumnHead) -> str:
    if column.period is None:
        return " · ".join(filter(None, (column.group, column.name))) or column.letters
    return " · ".join(filter(None, (column.group, column.words))) or TIMES


def _at(labels: Sequence[str], places: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    return tuple(at for label in labels for at in places.get(label, ()))
