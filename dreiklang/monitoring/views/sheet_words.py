"""What a data sheet says: each value with how sure it is, and where the area lies."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.values import Share, Unknown
from dreiklang.monitoring.queries.data_sheets import DataSheet, SheetLine
from dreiklang.monitoring.views.value_words import (
    change_words,
    difference_words,
    measure_of,
    number_words,
    period_words,
    reason_words,
    short_measure,
    unit_words,
    value_words,
)

_WHOLE = Decimal("0.995")


@dataclass(frozen=True)
class SheetWords:
    """An indicator of the area in words. `value_note` says why there is no value, `sure` how sure the value is."""

    name: str
    url: str
    unit: str
    on: str
    value: str
    value_note: str
    sure: str
    city: str
    difference: str
    since: str
    change: str


def worded(sheet: DataSheet) -> list[SheetWords]:
    """The lines of the sheet: first those with a value."""
    lines = sorted(sheet.lines, key=lambda line: isinstance(line.figure.last.value, Unknown))
    return [_worded(line) for line in lines]


def sentence(sheet: DataSheet) -> str:
    """How large the area is, which districts it touches, and of how many indicators something can be said."""
    if not sheet.parts:
        return _("Diese Fläche liegt in keinem Gebiet der Stadt. Es lässt sich nichts über sie sagen.")
    known = sum(1 for line in sheet.lines if not isinstance(line.figure.last.value, Unknown))
    names = text.listing(one.area.name for one in sheet.parts[:4])
    rest = len(sheet.parts) - 4
    if rest > 0:
        names = _("%(names)s und %(n)s weiteren Gebieten") % {"names": names, "n": text.number(rest)}
    return _(
        "Die Fläche liegt in %(names)s. Zu %(known)s von %(all)s Indikatoren lässt sich ein Wert angeben."
    ) % {
        "names": names,
        "known": text.number(known),
        "all": text.number(len(sheet.lines) + sheet.missing),
    }


def size_words(sheet: DataSheet) -> str:
    """The size of the area; empty for a point or a line."""
    if not sheet.area_km2:
        return ""
    hectares = Decimal(str(sheet.area_km2)) * 100
    if hectares < 100:
        return _("%(n)s ha") % {"n": text.number(hectares, places=1)}
    return _("%(n)s km²") % {"n": text.number(hectares / 100, places=1)}


def parts_words(sheet: DataSheet) -> list[tuple[str, str, str, str]]:
    """The districts it touches: name, address, part of the area in it, part of it in the area."""
    return [
        (
            one.area.name,
            reverse("monitoring:profile", args=[one.area.level_key, one.area.slug]),
            text.share(Share(one.part.covers)),
            text.share(Share(one.part.share)),
        )
        for one in sheet.parts
    ]


def heads() -> list[str]:
    """The columns of the download."""
    return [
        _("Kurzname"),
        _("Indikator"),
        _("Einheit"),
        _("Stand"),
        _("Wert"),
        _("geschätzt"),
        _("belegter Anteil der Fläche"),
        _("ganze Stadt"),
    ]


def exported(line: SheetLine) -> tuple[Any, ...]:
    """A row of the download; without a number the reason in words."""
    return (
        line.indicator.key,
        line.indicator.name,
        line.indicator.unit,
        line.figure.last.ends_on,
        _cell(line.figure.last.value),
        line.estimate.is_estimate,
        Share(line.estimate.covered_share),
        _cell(line.figure.city),
    )


def _worded(line: SheetLine) -> SheetWords:
    figure = line.figure
    measure = measure_of(line.indicator.unit, line.indicator.decimals)
    value = figure.last.value
    is_known = not isinstance(value, Unknown)
    short = short_measure(measure)
    return SheetWords(
        name=line.indicator.name,
        url=reverse("monitoring:indicator", args=[line.indicator.key]),
        unit=unit_words(measure),
        on=period_words(figure.last),
        value=value_words(value, short) if is_known else _("unbekannt"),
        value_note=_why_not(value) if isinstance(value, Unknown) else "",
        sure=_sure(line) if is_known else "",
        city="–" if isinstance(figure.city, Unknown) else number_words(figure.city, measure),
        difference=_beside_city(line),
        since=str(figure.since.ends_on.year) if figure.since else "",
        change="–" if isinstance(figure.change, Unknown) else change_words(figure.change, short),
    )


def _beside_city(line: SheetLine) -> str:
    """The difference of a rate, of a total which part of the city it is."""
    figure = line.figure
    if not isinstance(figure.part, Unknown):
        return _("%(part)s der Stadt") % {"part": text.share(figure.part, places=1)}
    if isinstance(figure.difference, Unknown):
        return "–"
    return difference_words(figure.difference, measure_of(line.indicator.unit, line.indicator.decimals))


def _sure(line: SheetLine) -> str:
    if not line.estimate.is_estimate:
        return _("genau: ganze Gebiete")
    if line.estimate.covered_share >= _WHOLE:
        return _("geschätzt nach Flächenanteil")
    return _("geschätzt, belegt sind %(share)s der Fläche") % {
        "share": text.share(Share(line.estimate.covered_share))
    }


def _why_not(value: Unknown) -> str:
    # Of a sum the words carry why one of its districts has no value.
    inner = reason_words(Unknown(value.words)) if value.reason == "input_unknown" and value.words else ""
    outer = reason_words(value)
    return f"{outer}: {inner}" if inner else outer


def _cell(value: Decimal | Unknown) -> Decimal | str:
    return (_why_not(value) or _("unbekannt")) if isinstance(value, Unknown) else value
