"""Areas, shares, days and sums of the facts as people say them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.conflicts.rules.rounding import DAYS_OF_MONTH
from dreiklang.core import text
from dreiklang.core.values import Money, Share

HECTARE_M2 = 10_000
# Shares that have a name are said by it; the facts are rounded to twentieths anyway.
_FRACTIONS = (
    (0.25, "quarter"),
    (0.33, "third"),
    (0.5, "half"),
    (0.67, "two_thirds"),
    (0.75, "three_quarters"),
)
_NEAR = 0.03


def area_words(area_m2: float) -> str:
    """An area as people say it: 4.300 m², 1,2 ha."""
    if area_m2 < HECTARE_M2:
        return _("%(n)s m²") % {"n": text.number(round(area_m2))}
    hectares = Decimal(str(area_m2)) / HECTARE_M2
    return _("%(n)s ha") % {"n": text.number(hectares, places=0 if hectares >= 10 else 1)}


def share_words(share: float) -> str:
    """A part of the smaller area in words: "ein Drittel der kleineren Fläche"."""
    said = {
        "quarter": _("ein Viertel der kleineren Fläche"),
        "third": _("ein Drittel der kleineren Fläche"),
        "half": _("die Hälfte der kleineren Fläche"),
        "two_thirds": _("zwei Drittel der kleineren Fläche"),
        "three_quarters": _("drei Viertel der kleineren Fläche"),
    }
    if share >= 0.975:
        return _("die ganze kleinere Fläche")
    for value, name in _FRACTIONS:
        if abs(share - value) <= _NEAR:
            return said[name]
    percent = text.share(Share(str(round(max(share, 0.0), 2))))
    return _("%(share)s der kleineren Fläche") % {"share": percent}


def period_words(begin: Any, end: Any) -> str:
    """Two days or months as they stand in the facts: "von April bis Juni 2027", "im Mai 2027", "ab 2027"."""
    first, last = fact_day(begin), fact_day(end)
    if first and last:
        if (first.year, first.month) == (last.year, last.month):
            return _("im %(month)s") % {"month": text.month(first)}
        if (first.month, last.month) == (1, 12):
            return _whole_years(first.year, last.year)
        return _("von %(a)s bis %(b)s") % {"a": _month(first, within=last), "b": text.month(last)}
    if first:
        return _("ab %(month)s, Ende offen") % {"month": text.month(first)}
    return _("bis %(month)s") % {"month": text.month(last)} if last else _("ohne bekannten Zeitraum")


def fact_day(value: Any) -> date | None:
    """A day of the facts: "2027-04" or "2027-04-01"; None where that end is open or unknown."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not value:
        return None
    return date.fromisoformat(value if len(value) > 7 else f"{value}-01")


def length_words(days: float) -> str:
    """So many days as people say it: 20 Tage, 3 Monate, 2 Jahre."""
    whole = round(days)
    if whole < 60:
        return text.count(whole, _("Tag"), _("Tage"))
    months = round(whole / DAYS_OF_MONTH)
    if months < 24:
        return text.count(months, _("Monat"), _("Monate"))
    years = text.count(round(months / 12), _("Jahr"), _("Jahre"))
    return _("rund %(years)s") % {"years": years} if months % 12 else years


def _month(first: date, *, within: date) -> str:
    """The year is said once where both lie in it."""
    return text.month(first).rsplit(" ", 1)[0] if first.year == within.year else text.month(first)


def _whole_years(first: int, last: int) -> str:
    if first == last:
        return _("im Jahr %(year)s") % {"year": first}
    return _("von %(a)s bis %(b)s") % {"a": first, "b": last}


def in_month(found: date | None) -> str:
    """The month of a day: "im Mai 2027"."""
    return _("im %(month)s") % {"month": text.month(found)} if found else _("an einem unbekannten Tag")


def euro(value: Any) -> str:
    """An amount of the facts for a glance; "unbekannt" where nobody named it."""
    if value is None or value == "":
        return _("unbekannt")
    return text.money_short(Money(Decimal(str(value))))


def months_of_work(value: Any) -> str:
    """Person-months of the facts; unknown where nobody named them."""
    if value is None:
        return _("unbekannt viele Personenmonate")
    words = text.number(
        Decimal(str(value)), places=0 if float(value) >= 10 or float(value).is_integer() else 1
    )
    return _("%(n)s Personenmonate") % {"n": words}
