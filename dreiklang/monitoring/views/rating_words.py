"""Ratings of criteria and the figures kept with them, in words and signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dreiklang.core import text
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models.labels import COMPARISON_LABELS, RATING_LABELS
from dreiklang.monitoring.queries.criteria import CriterionLine, RatingLine
from dreiklang.monitoring.rules.criteria import RatingCounts
from dreiklang.monitoring.rules.trend import Change
from dreiklang.monitoring.rules.values import Comparison, Point, RatingState
from dreiklang.monitoring.views.value_words import REASONS, Measure, change_words, measure_of, value_words
from dreiklang.ui.rules import Part, Sign, Tone

TONES = {
    RatingState.REACHED: Tone.DONE,
    RatingState.ON_WAY: Tone.GOOD,
    RatingState.OFF_WAY: Tone.BAD,
    RatingState.UNKNOWN: Tone.UNKNOWN,
}
NOT_RATED = Sign("not_rated", gettext_lazy("nicht bewertet"), Tone.NEUTRAL)
# The order of every bar and legend.
ORDER = (RatingState.REACHED, RatingState.ON_WAY, RatingState.OFF_WAY, RatingState.UNKNOWN)

_TARGET = {
    "target_reached": gettext_lazy("Zielwert erreicht"),
    "target_on_way": gettext_lazy("auf dem Weg zum Zielwert"),
    "target_off_way": gettext_lazy("nicht auf dem Weg zum Zielwert"),
    "target_missed": gettext_lazy("Zielwert verfehlt"),
    "target_open": gettext_lazy("zum Zielwert noch nichts zu sagen"),
    "target_unknown": gettext_lazy("zum Zielwert nichts zu sagen"),
}
_TREND = {
    "trend_better": gettext_lazy("wird besser"),
    "trend_worse": gettext_lazy("wird schlechter"),
    "trend_neutral": gettext_lazy("weder besser noch schlechter"),
    "trend_unknown": gettext_lazy("kein Trend"),
}
_WHY = {
    "no_target": gettext_lazy("kein Zielwert festgelegt"),
    "no_baseline": gettext_lazy("kein Ausgangswert festgelegt"),
    "no_value_since_baseline": gettext_lazy("kein Wert seit dem Ausgangswert"),
    "no_value_for_target_date": gettext_lazy("noch kein Wert zum Zieldatum"),
}


def state_sign(state: RatingState | None) -> Sign:
    """A rating as a word with its sign; without one "nicht bewertet"."""
    return NOT_RATED if state is None else Sign(state.value, RATING_LABELS[state], TONES[state])


def rating_sign(rating: RatingLine | None) -> Sign:
    """The sign of a rating, or of there being none."""
    return state_sign(rating.state if rating else None)


def parts(found: RatingCounts, *, address: str = "") -> list[Part]:
    """How many criteria are in which state, for a bar; `address` leads to the list, narrowed by `stand`."""
    counted = [(state.value, state_sign(state), found.by_state[state]) for state in ORDER]
    counted.append(("not_rated", NOT_RATED, found.not_rated))
    return [
        Part(code, sign.label, number, sign.tone, f"{address}?stand={code}" if address else "")
        for code, sign, number in counted
        if number
    ]


def counts_sentence(found: RatingCounts) -> str:
    """ "Von 9 Kriterien sind 2 erreicht, 4 auf dem Weg, 1 vom Weg ab, 2 nicht bewertet." Never an average."""
    if not found.total:
        return ""
    said = text.listing(f"{part.figure} {part.label}" for part in parts(found))
    whole = ngettext("Von %(n)s Kriterium:", "Von %(n)s Kriterien:", found.total)
    return f"{whole % {'n': text.number(found.total)}} {said}."


@dataclass(frozen=True)
class FigureWords:
    """One figure kept with a rating: what it says, and the numbers behind it. `side` is for, against, neither."""

    side: str
    says: str
    name: str
    details: str
    key: str


def figure_words(figure: Mapping[str, Any]) -> FigureWords:
    """A kept figure in words. A code nobody knows any more is told by its name alone."""
    measure = measure_of(figure.get("unit", ""), int(figure.get("decimals", 0)))
    code = str(figure.get("code", ""))
    is_target = code.startswith("target_")
    said = (_TARGET if is_target else _TREND).get(code)
    details = _target_details(figure, measure) if is_target else _trend_details(figure, measure)
    return FigureWords(
        figure.get("side", "neither"), str(said or ""), figure.get("name", ""), details, figure.get("key", "")
    )


def by_side(figures: Sequence[Mapping[str, Any]]) -> dict[str, list[FigureWords]]:
    """Figures in words, by the side they speak for."""
    found: dict[str, list[FigureWords]] = {"for": [], "against": [], "neither": []}
    for one in map(figure_words, figures):
        found.setdefault(one.side, []).append(one)
    return found


def _target_details(figure: Mapping[str, Any], measure: Measure) -> str:
    said = [_last(figure, measure)]
    if "target" in figure:
        aim = _("Zielwert %(meant)s %(value)s zum %(day)s") % {
            "meant": COMPARISON_LABELS[Comparison(figure["comparison"])],
            "value": _aim(figure, measure),
            "day": _day(figure["target_on"]),
        }
        said.append(aim)
    # At the day of the target both are the same.
    if figure.get("expected") not in (None, figure.get("target")):
        expected = value_words(Decimal(figure["expected"]), measure)
        said.append(_("auf geradem Weg wären es %(value)s (eigene Rechnung)") % {"value": expected})
    return _listed([*said, _why(figure)])


def _aim(figure: Mapping[str, Any], measure: Measure) -> str:
    value = value_words(Decimal(figure["target"]), measure)
    if "upper" not in figure:
        return value
    upper = value_words(Decimal(figure["upper"]), measure)
    return _("%(low)s und %(high)s") % {"low": value, "high": upper}


def _trend_details(figure: Mapping[str, Any], measure: Measure) -> str:
    if "per_year" not in figure:
        return _listed([_why(figure)])
    since = date.fromisoformat(figure["since"])
    nothing = Point(since, Decimal(0), since)
    # A change of the slope's size, so that it is written as every other change.
    slope = Change(nothing, nothing, Decimal(figure["per_year"]), Unknown("not_applicable"), measure.is_share)
    change = _("im Mittel %(change)s im Jahr seit %(year)s") % {
        "change": change_words(slope, measure),
        "year": since.year,
    }
    return _listed([change, _last(figure, measure)])


def _last(figure: Mapping[str, Any], measure: Measure) -> str:
    if "value" not in figure:
        return ""
    said = {"value": value_words(Decimal(figure["value"]), measure), "day": _day(figure["on"])}
    return _("zuletzt %(value)s am %(day)s") % said


def _why(figure: Mapping[str, Any]) -> str:
    reason = str(figure.get("reason", ""))
    return str(_WHY.get(reason) or REASONS.get(reason) or "")


def _listed(said: Sequence[str]) -> str:
    return ", ".join(filter(None, said))


def _day(words: str) -> str:
    return text.day_short(date.fromisoformat(words))


@dataclass(frozen=True)
class CourseWords:
    """The rating of one year."""

    year: int
    sign: Sign


def course_words(line: CriterionLine, *, years: Sequence[int]) -> list[CourseWords]:
    """The course of a criterion over the years; a year without a rating says so."""
    return [
        CourseWords(step.year, state_sign(None if isinstance(step.rating, Unknown) else step.rating.state))
        for step in line.course(years)
    ]
