"""Values of indicators, their differences and their course in words, everywhere alike."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core import text
from dreiklang.core.text.language import NBSP
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models.labels import VALUE_KIND_LABELS
from dreiklang.monitoring.queries.unit_names import unit_named
from dreiklang.monitoring.rules.comparison import Difference, Rank
from dreiklang.monitoring.rules.trend import Change, Trend
from dreiklang.monitoring.rules.units import Unit
from dreiklang.monitoring.rules.values import Meaning, Point, TrendCode
from dreiklang.ui.rules import Sign, Tone

# Why there is no number. The codes are those of the rules.
REASONS = {
    "not_delivered": gettext_lazy("kein Wert geliefert"),
    "nothing_there": gettext_lazy("laut Quelle nichts vorhanden"),
    "confidential": gettext_lazy("von der Quelle geheim gehalten"),
    "suppressed": gettext_lazy("kleine Zahl, nicht gezeigt"),
    "unreliable": gettext_lazy("nicht sicher genug"),
    "later": gettext_lazy("fällt später an"),
    "not_applicable": gettext_lazy("nicht sinnvoll zu rechnen"),
    "less_than_half": gettext_lazy("weniger als die Hälfte der kleinsten Stelle"),
    "limited": gettext_lazy("Aussagewert eingeschränkt"),
    "too_few_values": gettext_lazy("zu wenige Werte"),
    "break_between": gettext_lazy("Bruch in der Zeitreihe dazwischen"),
    "other_period": gettext_lazy("anderer Zeitraum"),
    "only_forecast": gettext_lazy("nur Prognosen"),
    "division_by_zero": gettext_lazy("Teilen durch null"),
    "input_unknown": gettext_lazy("ein Ausgangswert fehlt"),
    "unit_unknown": gettext_lazy("Einheit unbekannt"),
    "unit_mismatch": gettext_lazy("Einheiten passen nicht zusammen"),
    "outside_classes": gettext_lazy("außerhalb der Klassen"),
    "not_covered": gettext_lazy("für diese Fläche liegt nichts vor"),
    "not_a_count": gettext_lazy("lässt sich nicht sicher aus Anzahlen bilden"),
    "other_day": gettext_lazy("kein Wert für denselben Tag"),
}
# Of a difference of shares one digit is shown, however few the indicator has.
_LEAST_POINTS = 1
_MOST_PLACES = 6


@dataclass(frozen=True)
class Measure:
    """How the values of one indicator are written: its unit, as far as it is known, and its decimals."""

    unit: Unit | None
    decimals: int

    @property
    def is_share(self) -> bool:
        """Whether differences are percentage points."""
        return self.unit is not None and self.unit.is_share

    @property
    def has_zero(self) -> bool:
        """Whether "10 % more" makes sense."""
        return self.unit is None or self.unit.has_zero


def measure_of(unit: str, decimals: int) -> Measure:
    """How values in this unit (its code) are written."""
    return Measure(unit_named(unit), decimals)


def reason_words(value: Unknown) -> str:
    """Why there is no number; empty where nobody knows."""
    return str(REASONS.get(value.reason, ""))


def short_measure(measure: Measure) -> Measure:
    """The same for narrow columns: behind numbers stand signs (%, €), but no words."""
    if measure.unit is None or measure.unit.sign:
        return measure
    return replace(measure, unit=replace(measure.unit, name=""))


def signed_words(difference: Difference | Unknown, measure: Measure) -> str:
    """A difference in short: "−1,5 Prozentpunkte", "+15 %"."""
    if isinstance(difference, Unknown):
        return value_words(difference, measure)
    if measure.is_share:
        return _points(difference.absolute, measure)
    if isinstance(difference.percent, Unknown):
        return signed(difference.absolute, measure.decimals) + _unit_behind(measure.unit)
    return f"{signed(difference.percent, 0 if abs(difference.percent) >= 10 else 1)}{NBSP}%"


def number_words(value: Decimal | Unknown, measure: Measure) -> str:
    """The number alone: 1.234,5. Without one "unbekannt"; the reason is `reason_words`."""
    if isinstance(value, Unknown):
        return _("unbekannt")
    return text.number(value, places=measure.decimals)


def value_words(value: Decimal | Unknown, measure: Measure) -> str:
    """A value with its unit: 45,4 %. An unknown one with its reason: unbekannt (kleine Zahl, nicht gezeigt)."""
    if isinstance(value, Unknown):
        reason = reason_words(value)
        return _("unbekannt (%(reason)s)") % {"reason": reason} if reason else _("unbekannt")
    return number_words(value, measure) + _unit_behind(measure.unit)


def unit_words(measure: Measure) -> str:
    """The unit alone, as it stands in the head of a table."""
    return str(measure.unit.sign or measure.unit.name) if measure.unit else ""


def difference_words(difference: Difference | Unknown, measure: Measure) -> str:
    """A value beside another: "2,3 Prozentpunkte höher", "12 % niedriger", "gleich"."""
    if isinstance(difference, Unknown):
        return value_words(difference, measure)
    if difference.side == "same":
        return _("gleich")
    said = {"amount": _amount(abs(difference.absolute), _size(difference.percent), measure)}
    return _("%(amount)s höher") % said if difference.side == "higher" else _("%(amount)s niedriger") % said


def change_words(change: Change | Unknown, measure: Measure) -> str:
    """From one value to a later one: "+2,3 Prozentpunkte", "−120 (−3,4 %)"."""
    if isinstance(change, Unknown):
        return value_words(change, measure)
    if measure.is_share:
        return _points(change.absolute, measure)
    amount = signed(change.absolute, measure.decimals) + _unit_behind(measure.unit)
    if isinstance(change.percent, Unknown):
        return amount
    return f"{amount} ({signed(change.percent, 1)}{NBSP}%)"


def amount_words(amount: Decimal, measure: Measure, *, is_signed: bool = False) -> str:
    """So much more or less, without a percentage: "4,0 Prozentpunkte", "+0,02 ha". Never rounded to nothing."""
    if measure.is_share:
        words = _points(amount, measure)
        return words if is_signed else words.removeprefix("+")
    places = measure.decimals
    while amount and places < _MOST_PLACES and not amount.quantize(Decimal(1).scaleb(-places)):
        places += 1
    written = signed(amount, places) if is_signed else text.number(amount, places=places)
    return written + _unit_behind(measure.unit)


def rank_words(rank: Rank) -> str:
    """A place in the order: 3. von 24."""
    place = {"place": text.number(rank.place), "of": text.number(rank.of)}
    return _("%(place)s. von %(of)s") % place


def trend_sign(trend: Trend | Unknown) -> Sign:
    """Where a series goes, as a word with its sign; good or bad only by the direction of the indicator."""
    if isinstance(trend, Unknown):
        return Sign("unknown", _("unbekannt"), Tone.UNKNOWN, note=reason_words(trend))
    word = {
        TrendCode.RISING: _("steigend"),
        TrendCode.FALLING: _("fallend"),
        TrendCode.STEADY: _("gleich bleibend"),
    }[trend.code]
    judged = {Meaning.BETTER: _("wird besser"), Meaning.WORSE: _("wird schlechter"), Meaning.NEUTRAL: ""}
    tone = {Meaning.BETTER: Tone.GOOD, Meaning.WORSE: Tone.WARN, Meaning.NEUTRAL: Tone.NEUTRAL}
    return Sign(trend.code, word, tone[trend.meaning], note=judged[trend.meaning])


def period_words(point: Point) -> str:
    """When a value is of: a day as such, a whole year by its number, anything else from day to day."""
    if point.starts_on == point.ends_on:
        return text.day_short(point.ends_on)
    begins, ends = point.starts_on, point.ends_on
    if (begins.month, begins.day, ends.month, ends.day) == (1, 1, 12, 31) and begins.year == ends.year:
        return str(ends.year)
    return f"{text.day_short(begins)}–{text.day_short(ends)}"


def kind_words(point: Point) -> str:
    """What a value is: Istwert, Schätzung, Prognose „Basis“ vom 01.01.2026."""
    kind = str(VALUE_KIND_LABELS[point.kind])
    if not point.scenario:
        return kind
    said = {"kind": kind, "scenario": point.scenario}
    if point.made_on is None:
        return _("%(kind)s „%(scenario)s“") % said
    return _("%(kind)s „%(scenario)s“ vom %(day)s") % {**said, "day": text.day_short(point.made_on)}


def _amount(absolute: Decimal, percent: Decimal | Unknown, measure: Measure) -> str:
    if measure.is_share:
        return _points(absolute, measure).removeprefix("+")
    if isinstance(percent, Unknown):
        return text.number(absolute, places=measure.decimals) + _unit_behind(measure.unit)
    return f"{text.number(percent, places=0 if percent >= 10 else 1)}{NBSP}%"


def _points(absolute: Decimal, measure: Measure) -> str:
    """Percentage points, whatever the share is written in: 0 to 1, per cent, per thousand."""
    factor = measure.unit.factor if measure.unit else Decimal(1)
    return text.percent_points(absolute * factor * 100, places=max(measure.decimals, _LEAST_POINTS))


def signed(value: Decimal, places: int) -> str:
    """A number with its sign, so that a change cannot be taken for a value."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return ("+" if rounded > 0 else "") + text.number(rounded)


def _size(percent: Decimal | Unknown) -> Decimal | Unknown:
    return percent if isinstance(percent, Unknown) else abs(percent)


def _unit_behind(unit: Unit | None) -> str:
    """The unit as it stands behind a number. A bare count has none: nobody says "1.234 Anzahl"."""
    if unit is None or unit.code in ("anzahl", "index", "note", "anteil"):
        return ""
    words = unit.sign or unit.name
    return NBSP + words if words else ""
