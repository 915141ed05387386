"""German names of the closed lists of monitoring."""

from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.rules.values import (
    BreakKind,
    Comparison,
    Direction,
    IndicatorKind,
    MarkMeaning,
    RatingState,
    RegionLevel,
    ReleaseState,
    ValueKind,
)

INDICATOR_KIND_LABELS = {
    IndicatorKind.QUANTITATIVE: _("in Zahlen"),
    IndicatorKind.QUALITATIVE: _("in Worten"),
}
VALUE_KIND_LABELS = {
    ValueKind.ACTUAL: _("Istwert"),
    ValueKind.ESTIMATE: _("Schätzung"),
    ValueKind.FORECAST: _("Prognose"),
    ValueKind.TARGET: _("Zielwert"),
}
DIRECTION_LABELS = {
    Direction.MORE: _("mehr ist besser"),
    Direction.LESS: _("weniger ist besser"),
    Direction.RANGE: _("ein Bereich ist gut"),
    Direction.NONE: _("weder gut noch schlecht"),
}
COMPARISON_LABELS = {
    Comparison.AT_LEAST: _("mindestens"),
    Comparison.AT_MOST: _("höchstens"),
    Comparison.BETWEEN: _("zwischen"),
    Comparison.EQUALS: _("genau"),
}
MARK_MEANING_LABELS = {
    MarkMeaning.EXACT_ZERO: _("genau null"),
    MarkMeaning.LESS_THAN_HALF: _("weniger als die Hälfte der kleinsten Stelle"),
    MarkMeaning.NOTHING_THERE: _("nichts vorhanden"),
    MarkMeaning.UNKNOWN: _("unbekannt oder geheim zu halten"),
    MarkMeaning.CONFIDENTIAL: _("geheim zu halten"),
    MarkMeaning.UNRELIABLE: _("nicht sicher genug"),
    MarkMeaning.LATER: _("fällt später an"),
    MarkMeaning.NOT_APPLICABLE: _("Aussage nicht sinnvoll"),
    MarkMeaning.LIMITED: _("Aussagewert eingeschränkt"),
    MarkMeaning.PRELIMINARY: _("vorläufig"),
    MarkMeaning.REVISED: _("berichtigt"),
    MarkMeaning.ESTIMATED: _("geschätzt"),
    MarkMeaning.FINAL: _("endgültig"),
    MarkMeaning.BREAK: _("nicht mit früheren Werten vergleichbar"),
}
BREAK_KIND_LABELS = {
    BreakKind.METHOD: _("anders erhoben"),
    BreakKind.TERRITORY: _("anderes Gebiet"),
    BreakKind.SOURCE: _("andere Quelle"),
    BreakKind.DEFINITION: _("anders festgelegt"),
}
REGION_LEVEL_LABELS = {
    RegionLevel.NATION: _("Deutschland"),
    RegionLevel.STATE: _("Land"),
    RegionLevel.GOV_REGION: _("Regierungsbezirk"),
    RegionLevel.COUNTY: _("Kreis oder kreisfreie Stadt"),
    RegionLevel.MUNICIPALITY: _("Gemeinde"),
    RegionLevel.CITY_PART: _("Teil einer anderen Stadt"),
    RegionLevel.AREA: _("Gebiet dieser Stadt"),
    RegionLevel.CUSTOM: _("gezeichnetes Gebiet"),
}
RELEASE_LABELS = {
    ReleaseState.RELEASED: _("freigegeben"),
    ReleaseState.WAITING: _("wartet auf Freigabe"),
    ReleaseState.SUPPRESSED: _("wegen kleiner Zahl nicht gezeigt"),
    ReleaseState.SUPPRESSED_SECONDARY: _("zum Schutz einer kleinen Zahl nicht gezeigt"),
    ReleaseState.WITHDRAWN: _("zurückgezogen"),
}
RATING_LABELS = {
    RatingState.REACHED: _("erreicht"),
    RatingState.ON_WAY: _("auf dem Weg"),
    RatingState.OFF_WAY: _("vom Weg ab"),
    RatingState.UNKNOWN: _("nicht zu sagen"),
}
VISIBILITY_LABELS = {Visibility.INTERNAL: _("intern"), Visibility.PUBLIC: _("öffentlich")}
