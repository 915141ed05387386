"""How indicators stand, in words: for the panels on pages of goals, tasks, measures and concepts."""

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
from dreiklang.monitoring.queries.of_goal import NO_TARGET, NO_VALUE, STATES, IndicatorLine
from dreiklang.monitoring.queries.of_measure import EffectLine
from dreiklang.monitoring.rules.values import Goalpost, TargetState
from dreiklang.monitoring.views.rating_words import state_sign
from dreiklang.monitoring.views.standing_words import post_words, target_sign
from dreiklang.monitoring.views.value_words import (
    Measure,
    amount_words,
    measure_of,
    period_words,
    trend_sign,
    value_words,
)
from dreiklang.ui.rules import Sign

# As they are counted: "2 ohne Zielwert".
COUNTED = {
    TargetState.REACHED.value: gettext_lazy("Ziel erreicht"),
    TargetState.ON_WAY.value: gettext_lazy("auf dem Weg"),
    TargetState.OFF_WAY.value: gettext_lazy("nicht auf dem Weg"),
    TargetState.MISSED.value: gettext_lazy("Ziel verfehlt"),
    TargetState.OPEN.value: gettext_lazy("noch offen"),
    NO_TARGET: gettext_lazy("ohne Zielwert"),
    NO_VALUE: gettext_lazy("ohne Wert"),
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
    """ "5 Indikatoren: 1 Ziel erreicht, 2 auf dem Weg, 2 ohne Zielwert." Never an average."""
    total = sum(counts.values())
    if not total:
        return ""
    said = [f"{text.number(counts[state])} {COUNTED[state]}" for state in STATES if counts.get(state)]
    whole = ngettext("%(n)s Indikator:", "%(n)s Indikatoren:", total) % {"n": text.number(total)}
    return f"{whole} {text.listing(said)}."


def lines_in_words(lines: Iterable[IndicatorLine]) -> list[LineWords]:
    """The lines of a panel for its table."""
    return [_line(one) for one in lines]


def aim_words(post: Goalpost, measure: Measure) -> str:
    """A target with its day: "mindestens 200 bis 2030", "zwischen 10 und 20 % bis 30.06.2028"."""
    day = str(post.on.year) if (post.on.month, post.on.day) == (12, 31) else text.day_short(post.on)
    return _("%(aim)s bis %(day)s") % {"aim": post_words(post, measure), "day": day}


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
        state=target_sign(Unknown("not_delivered") if one.state == NO_VALUE else target),
        # Too few values are no news on a page that has others.
        trend=None if isinstance(trend, Unknown) else trend_sign(trend),
        rating=state_sign(one.rating) if one.rating else None,
        rated_on=one.rated_on,
        goals=one.goals,
    )


@dataclass(frozen=True)
class EffectWords:
    """What a measure does to one indicator, as its page shows it; `pk` and `key` lead to the form."""

    pk: int
    key: str
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
            pk=one.pk,
            key=one.key,
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
    return amount_words(value, measure_of(one.unit, one.decimals), is_signed=True)
