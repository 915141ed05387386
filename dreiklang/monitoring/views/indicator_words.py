"""Lines of the page of an indicator, ready to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.text.language import NBSP
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.models.labels import DIRECTION_LABELS, INDICATOR_KIND_LABELS
from dreiklang.monitoring.models.links import SIGN_LABELS
from dreiklang.monitoring.queries.indicator_lines import EffectLine, TargetLine, VersionLine
from dreiklang.monitoring.queries.indicator_page import IndicatorPage, YearLine
from dreiklang.monitoring.queries.indicator_places import Place
from dreiklang.monitoring.queries.unit_names import unit_named
from dreiklang.monitoring.rules.comparison import Difference
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from dreiklang.monitoring.rules.trend import Change
from dreiklang.monitoring.rules.values import Direction, IndicatorKind, ValueKind
from dreiklang.monitoring.views.standing_words import post_words
from dreiklang.monitoring.views.value_words import (
    Measure,
    amount_words,
    kind_words,
    measure_of,
    number_words,
    period_words,
    rank_words,
    reason_words,
    signed,
    unit_words,
    value_words,
)

# What a version says of itself, in the order of reading; the rest are ids.
_SAID = ("name", "meaning", "unit", "formula", "direction")


@dataclass(frozen=True)
class ValueWords:
    """A row of the table under the picture."""

    when: str
    value: str
    mark: str
    why: str
    change: str
    kind: str


def value_line(one: YearLine, measure: Measure) -> ValueWords:
    """A value of the city; why there is none, where there is none."""
    point = one.point
    is_unknown = isinstance(point.value, Unknown)
    change = "" if isinstance(one.change, Unknown) else step_words(one.change, measure)
    if isinstance(one.change, Unknown) and one.change.reason == "break_between":
        change = _("Bruch, nicht vergleichbar")
    return ValueWords(
        when=period_words(point),
        value=number_words(point.value, measure),
        mark=point.mark,
        why=reason_words(point.value) if is_unknown and isinstance(point.value, Unknown) else "",
        change=change,
        kind="" if point.kind is ValueKind.ACTUAL else kind_words(point),
    )


@dataclass(frozen=True)
class PlaceWords:
    """A district or a city beside ours."""

    name: str
    url: str
    value: str
    when: str
    change: str
    difference: str
    rank: str


def place_line(one: Place, measure: Measure) -> PlaceWords:
    """A place with its newest value, its change and how it stands to the city."""
    return PlaceWords(
        name=one.name,
        url=one.url,
        value=_("unbekannt") if isinstance(one.last, Unknown) else number_words(one.last.value, measure),
        when=reason_words(one.last) if isinstance(one.last, Unknown) else period_words(one.last),
        change=_said(one.change, step_words, measure),
        difference=_said(one.difference, step_words, measure),
        rank=rank_words(one.rank) if one.rank else "",
    )


def step_words(step: Change | Difference, measure: Measure) -> str:
    """A change or a difference without its unit, which the head of the column says: "+0,4", "−120 (−3,4 %)"."""
    factor = measure.unit.factor * 100 if measure.is_share and measure.unit else Decimal(1)
    places = max(measure.decimals, 1) if measure.is_share else measure.decimals
    amount = signed(step.absolute * factor, places)
    if measure.is_share or isinstance(step.percent, Unknown):
        return amount
    return f"{amount} ({signed(step.percent, 1)}{NBSP}%)"


def step_unit(measure: Measure) -> str:
    """In what changes are written: shares change by percentage points."""
    return _("Prozentpunkte") if measure.is_share else unit_words(measure)


def _said(value: Any, words: Any, measure: Measure) -> str:
    """In words, or a dash: why there is nothing to compare is no message of its own in every row."""
    return "–" if isinstance(value, Unknown) else str(words(value, measure))


def city_line(page: IndicatorPage, measure: Measure) -> PlaceWords | None:
    """The whole city as a row above the districts; None without a value."""
    last = page.standing.last
    if isinstance(last, Unknown):
        return None
    line = next((one for one in page.values if one.point == last), None)
    return PlaceWords(
        name=page.city.name if page.city else _("Ganze Stadt"),
        url="",
        value=number_words(last.value, measure),
        when=period_words(last),
        change=_said(line.change, step_words, measure) if line else "–",
        difference="",
        rank="",
    )


@dataclass(frozen=True)
class TargetWords:
    """A target or baseline."""

    line: TargetLine
    words: str
    where: str


def target_line(one: TargetLine, measure: Measure) -> TargetWords:
    """What is aimed at, where and when."""
    words = value_words(one.post.value, measure) if one.is_baseline else post_words(one.post, measure)
    return TargetWords(one, words, one.region or _("ganze Stadt"))


@dataclass(frozen=True)
class EffectWords:
    """What a measure is to do to the indicator, and what was seen."""

    line: EffectLine
    sign: str
    expected: str
    observed: str


def effect_line(one: EffectLine, measure: Measure) -> EffectWords:
    """An effect in the unit of the indicator; of a share in percentage points."""
    expected = observed = ""
    if one.expected_value is not None:
        said = {
            "amount": amount_words(one.expected_value, measure, is_signed=True),
            "year": one.expected_year,
        }
        expected = _("%(amount)s bis Ende %(year)s") % said
    if one.observed_value is not None and one.observed_on is not None:
        seen = {
            "amount": amount_words(one.observed_value, measure, is_signed=True),
            "day": text.day(one.observed_on),
        }
        observed = _("%(amount)s am %(day)s") % seen
    return EffectWords(one, str(SIGN_LABELS[one.sign]), expected, observed)


def definition(indicator: Indicator, page: IndicatorPage) -> list[tuple[str, str]]:
    """What is fixed about the indicator: name of the field → its words, empty ones left out."""
    unit = unit_named(indicator.unit)
    rhythm = shipped_vocabularies()["frequency"].find(indicator.rhythm) if indicator.rhythm else None
    lag = indicator.lag_days
    said = [
        (_("Art"), INDICATOR_KIND_LABELS[IndicatorKind(indicator.kind)]),
        (_("Einheit"), unit.name if unit else ""),
        (_("Gut ist"), DIRECTION_LABELS[Direction(indicator.direction)]),
        (_("Formel"), indicator.formula),
        (_("Stichtag oder Zeitraum"), indicator.reference_words),
        (_("Rhythmus"), rhythm.name if rhythm else ""),
        (_("Veröffentlicht nach"), text.count(lag, _("Tag"), _("Tagen")) if lag else ""),
        (_("Kleinste räumliche Ebene"), indicator.level.name if indicator.level else ""),
        (_("Gleich bleibend unter"), _steady(indicator)),
        (_("Kleine Zahlen"), _small(indicator)),
        (_("Zuständig"), indicator.department.name if indicator.department else ""),
        (_("Kurzname"), indicator.key),
    ]
    return [(str(label), str(words)) for label, words in said if words]


def _steady(indicator: Indicator) -> str:
    if indicator.steady_below is None:
        return ""
    return value_words(indicator.steady_below, measure_of(indicator.unit, indicator.decimals))


def _small(indicator: Indicator) -> str:
    if not indicator.suppress_below:
        return ""
    return _("Werte unter %(n)s werden nicht gezeigt.") % {"n": text.number(indicator.suppress_below)}


@dataclass(frozen=True)
class VersionWords:
    """A version: what changed against the one before, as (field, before, after)."""

    line: VersionLine
    changes: tuple[tuple[str, str, str], ...]


def version_lines(versions: Sequence[VersionLine]) -> list[VersionWords]:
    """The versions, newest first, each with what it changed."""
    earlier = [*versions[1:], None] if versions else []
    return [
        VersionWords(one, _changes(before, one) if before else ())
        for one, before in zip(versions, earlier, strict=True)
    ]


def _changes(before: VersionLine, after: VersionLine) -> tuple[tuple[str, str, str], ...]:
    labels = {
        "name": _("Name"),
        "meaning": _("Was er sagt"),
        "unit": _("Einheit"),
        "formula": _("Formel"),
        "direction": _("Richtung"),
    }
    found = [
        (labels[name], _of_version(before, name), _of_version(after, name))
        for name in _SAID
        if before.definition.get(name) != after.definition.get(name)
    ]
    if any(
        before.definition.get(name) != after.definition.get(name) for name in ("quantity_id", "breakdown_id")
    ):
        found.append((_("Herkunft der Werte"), _("andere Größe"), _("neue Größe")))
    return tuple(found)


def _of_version(version: VersionLine, name: str) -> str:
    value = version.definition.get(name) or ""
    if name == "unit":
        unit = unit_named(value)
        return unit.name if unit else str(value)
    if name == "direction":
        return str(DIRECTION_LABELS[Direction(value)]) if value else ""
    return str(value)
