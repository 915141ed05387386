"""How an indicator stands, in words and signs: its last value, its target, where it goes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core import text
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models.labels import COMPARISON_LABELS, VALUE_KIND_LABELS
from dreiklang.monitoring.rules.standing import Standing
from dreiklang.monitoring.rules.targets import TargetResult
from dreiklang.monitoring.rules.trend import Trend
from dreiklang.monitoring.rules.values import Comparison, Goalpost, Point, TargetState, TrendCode, ValueKind
from dreiklang.monitoring.views.value_words import (
    Measure,
    amount_words,
    number_words,
    period_words,
    trend_sign,
    value_words,
)
from dreiklang.ui.rules import Sign, Tone

_STATES = {
    TargetState.REACHED: (gettext_lazy("Ziel erreicht"), Tone.DONE),
    TargetState.ON_WAY: (gettext_lazy("auf dem Weg"), Tone.GOOD),
    TargetState.OFF_WAY: (gettext_lazy("nicht auf dem Weg"), Tone.BAD),
    TargetState.MISSED: (gettext_lazy("Ziel verfehlt"), Tone.BAD),
    TargetState.OPEN: (gettext_lazy("noch offen"), Tone.UNKNOWN),
}
_WHY_OPEN = {
    "no_baseline": gettext_lazy("Ohne Ausgangswert lässt sich nicht sagen, ob es schnell genug geht."),
    "no_value_since_baseline": gettext_lazy("Seit dem Ausgangswert gibt es noch keinen Wert."),
    "no_value_for_target_date": gettext_lazy("Zum Zieljahr liegt noch kein Wert vor."),
    "break_between": gettext_lazy("Dazwischen liegt ein Bruch in der Zeitreihe; ein Vergleich wäre falsch."),
}
_NO_TREND = {
    "too_few_values": gettext_lazy("Für einen Trend gibt es zu wenige vergleichbare Werte."),
    "only_forecast": gettext_lazy("Einen Trend gibt es nur aus Messwerten; hier liegen nur Prognosen vor."),
}


def target_sign(result: TargetResult | Unknown) -> Sign:
    """How the last value stands to the next target, as a word with its sign."""
    if isinstance(result, Unknown):
        if result.reason == "no_target":
            return Sign("no_target", _("kein Zielwert"), Tone.NEUTRAL)
        return Sign("no_value", _("kein Wert"), Tone.UNKNOWN)
    label, tone = _STATES[result.state]
    return Sign(result.state.value, label, tone)


def post_words(post: Goalpost, measure: Measure) -> str:
    """What is aimed at: "höchstens 40,0 %", "zwischen 4 und 6 ha"."""
    if post.upper is not None:
        said = {"low": number_words(post.value, measure), "high": value_words(post.upper, measure)}
        return _("zwischen %(low)s und %(high)s") % said
    meant = COMPARISON_LABELS[Comparison(post.comparison)]
    return f"{meant} {value_words(post.value, measure)}"


def last_words(now: Standing, measure: Measure) -> str:
    """ "Zuletzt 44,0 % (2024)." With the kind where it is no measured value; or that there is none."""
    if isinstance(now.last, Unknown):
        return _("Noch liegt kein Wert vor.")
    said = {"value": value_words(now.last.value, measure), "when": point_words(now.last)}
    return _("Zuletzt %(value)s (%(when)s).") % said


def point_words(point: Point) -> str:
    """When a value is of, and what it is unless it was measured."""
    when = period_words(point)
    return when if point.kind is ValueKind.ACTUAL else f"{when}, {VALUE_KIND_LABELS[point.kind]}"


def target_words(result: TargetResult | Unknown, measure: Measure) -> str:
    """Whether the next target is reached, and what is missing; empty where there is no target or no value."""
    if isinstance(result, Unknown):
        return ""
    post = result.next_target
    said = {
        "aim": post_words(post, measure),
        "on": text.day(post.on),
        "gap": amount_words(result.gap, measure),
    }
    sentences = {
        TargetState.REACHED: _("Der Zielwert für den %(on)s, %(aim)s, ist erreicht."),
        TargetState.ON_WAY: _(
            "Der Zielwert für den %(on)s ist %(aim)s. Davon ist der Wert noch %(gap)s entfernt und auf dem Weg dorthin."
        ),
        TargetState.OFF_WAY: _(
            "Der Zielwert für den %(on)s ist %(aim)s. Davon ist der Wert %(gap)s entfernt und nicht auf dem Weg dorthin."
        ),
        TargetState.MISSED: _("Der Zielwert für den %(on)s, %(aim)s, ist um %(gap)s verfehlt."),
        TargetState.OPEN: _(
            "Der Zielwert für den %(on)s ist %(aim)s. Davon ist der Wert noch %(gap)s entfernt."
        ),
    }
    return sentences[result.state] % said


def why_open(result: TargetResult | Unknown) -> str:
    """Why nobody can tell yet whether it is on its way."""
    return "" if isinstance(result, Unknown) else str(_WHY_OPEN.get(result.reason, ""))


def trend_words(found: Trend | Unknown, measure: Measure) -> str:
    """The trend as such: how much a year, from how many values; or why there is none."""
    if isinstance(found, Unknown):
        return str(_NO_TREND.get(found.reason, _NO_TREND["too_few_values"]))
    sign = trend_sign(found)
    said = {
        "word": sign.label,
        "judged": f" ({sign.note})" if sign.note else "",
        "amount": amount_words(found.per_year, measure, is_signed=True),
        "n": text.number(found.used),
        "first": period_words(found.first),
        "last": period_words(found.last),
    }
    if found.code is TrendCode.STEADY:
        return _("Trend: %(word)s, gerechnet aus %(n)s Werten von %(first)s bis %(last)s.") % said
    return (
        _(
            "Trend: %(word)s%(judged)s, im Mittel %(amount)s im Jahr, gerechnet aus %(n)s Werten von %(first)s bis %(last)s."
        )
        % said
    )


def breaks_words(now: Standing) -> str:
    """Days from which values cannot be compared, as a list of days."""
    return text.listing([text.day(on) for on in sorted(now.breaks)])


def kinds_in(points: Sequence[Point]) -> frozenset[ValueKind]:
    """Which kinds of values there are, for the key of a picture."""
    return frozenset(point.kind for point in points if not isinstance(point.value, Unknown))
