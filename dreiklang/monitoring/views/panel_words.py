"""How indicators stand, in words and signs: for the panels on pages of goals, tasks, measures and concepts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dreiklang.core import text
from dreiklang.core.records import Ref
from dreiklang.core.values import Unknown
from dreiklang.goals.rules import LinkSign
from dreiklang.monitoring.models.labels import COMPARISON_LABELS
from dreiklang.monitoring.queries.of_goal import NO_TARGET, NO_VALUE, STATES, IndicatorLine
from dreiklang.monitoring.queries.of_measure import EffectLine
from dreiklang.monitoring.rules.trend import Change
from dreiklang.monitoring.rules.values import Goalpost, Point, TargetState
from dreiklang.monitoring.views.rating_words import state_sign
from dreiklang.monitoring.views.value_words import (
    Measure,
    change_words,
    measure_of,
    period_words,
    trend_sign,
    value_words,
)
from dreiklang.ui.rules import Sign, Tone

TARGET_SIGNS = {
    TargetState.REACHED.value: Sign("reached", gettext_lazy("Zielwert erreicht"), Tone.DONE),
    TargetState.ON_WAY.value: Sign("on_way", gettext_lazy("auf dem Weg"), Tone.GOOD),
    TargetState.OFF_WAY.value: Sign("off_way", gettext_lazy("nicht auf dem Weg"), Tone.WARN),
    TargetState.MISSED.value: Sign("missed", gettext_lazy("Zielwert verfehlt"), Tone.BAD),
    TargetState.OPEN.value: Sign("open", gettext_lazy("noch nicht zu sagen"), Tone.UNKNOWN),
    NO_TARGET: Sign(NO_TARGET, gettext_lazy("ohne Zielwert"), Tone.NEUTRAL),
    NO_VALUE: Sign(NO_VALUE, gettext_lazy("ohne Wert"), Tone.UNKNOWN),
}


@dataclass(frozen=True)
class LineWords:
    """One indicator of a panel as its table shows it."""

    name: str
    url: str
    is_main: bool
    is_public: bool
    value: str
    on: str
    aim: str
    state: Sign
    trend: Sign | None
    rating: Sign | None
    rated_on: date | None
    goals: tuple[Ref, ...]


def counts_sentence(counts: Mapping[str, int]) -> str:
    """ "5 Indikatoren: 1 Zielwert erreicht, 2 auf dem Weg, 2 ohne Zielwert." Never an average."""
    total = sum(counts.values())
    if not total:
        return ""
    said = [
        f"{text.number(counts[state])} {TARGET_SIGNS[state].label}" for state in STATES if counts.get(state)
    ]
    whole = ngettext("%(n)s Indikator:", "%(n)s Indikatoren:", total) % {"n": text.number(total)}
    return f"{whole} {text.listing(said)}."


def lines_in_words(lines: Iterable[IndicatorLine]) -> list[LineWords]:
    """The lines of a panel for its table."""
    return [_line(one) for one in lines]


def aim_words(post: Goalpost, measure: Measure) -> str:
    """A target with its day: "mindestens 200 bis 2030", "zwischen 10 % und 20 % bis 30.06.2028"."""
    low = value_words(post.value, measure)
    high = "" if post.upper is None else value_words(post.upper, measure)
    said = {
        "meant": COMPARISON_LABELS[post.comparison],
        "value": _("%(low)s und %(high)s") % {"low": low, "high": high} if high else low,
        "day": str(post.on.year) if (post.on.month, post.on.day) == (12, 31) else text.day_short(post.on),
    }
    return _("%(meant)s %(value)s bis %(day)s") % said


def _line(one: IndicatorLine) -> LineWords:
    measure = measure_of(one.unit, one.decimals)
    last, target, trend = one.standing.last, one.standing.target, one.standing.trend
    return LineWords(
        name=one.name,
        url=one.url,
        is_main=one.is_main,
        is_public=one.is_public,
        value=value_words(last if isinstance(last, Unknown) else last.value, measure),
        on="" if isinstance(last, Unknown) else period_words(last),
        aim="" if isinstance(target, Unknown) else aim_words(target.next_target, measure),
        state=TARGET_SIGNS[one.state],
        # Too few values are no news on a page that has others.
        trend=None if isinstance(trend, Unknown) else trend_sign(trend),
        rating=state_sign(one.rating) if one.rating else None,
        rated_on=one.rated_on,
        goals=one.goals,
    )


@dataclass(frozen=True)
class EffectWords:
    """What a measure does to one indicator, as its page shows it."""

    name: str
    url: str
    is_public: bool
    sign: LinkSign
    weight: str
    expected: str
    expected_basis: str
    observed: str
    observed_basis: str


WEIGHTS = {1: gettext_lazy("gering"), 2: gettext_lazy("deutlich"), 3: gettext_lazy("stark")}


def effects_in_words(lines: Iterable[EffectLine]) -> list[EffectWords]:
    """The effects of a measure for its panel."""
    return [
        EffectWords(
            name=one.name,
            url=one.url,
            is_public=one.is_public,
            sign=one.sign,
            weight=str(WEIGHTS[one.weight]),
            expected=_expected(one),
            expected_basis=one.expected_basis,
            observed=_observed(one),
            observed_basis=one.observed_basis,
        )
        for one in lines
    ]


def _expected(one: EffectLine) -> str:
    year = {"year": one.expected_year}
    if one.expected_value is None:
        return _("bis Ende %(year)s, ohne Zahl") % year if one.expected_year else ""
    return _("%(change)s bis Ende %(year)s") % (year | {"change": _change(one.expected_value, one)})


def _observed(one: EffectLine) -> str:
    if one.observed_value is None:
        return ""
    said = {"change": _change(one.observed_value, one)}
    if one.observed_on is None:
        return said["change"]
    return _("%(change)s am %(day)s") % (said | {"day": text.day_short(one.observed_on)})


def _change(value: Decimal, one: EffectLine) -> str:
    """A difference as every other is written: "+2,5 Prozentpunkte", "−120"."""
    measure = measure_of(one.unit, one.decimals)
    nothing = Point(date.min, Decimal(0), date.min)
    change = Change(nothing, nothing, value, Unknown("not_applicable"), measure.is_share)
    return change_words(change, measure)
