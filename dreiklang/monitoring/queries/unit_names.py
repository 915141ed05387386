"""Units in the language of whoever reads; in files that come back they stay as the list of units writes them."""

from dataclasses import replace

from django.utils.translation import pgettext_lazy

from dreiklang.monitoring.rules.units import Unit, shipped_units

NAMES = {
    "anzahl": pgettext_lazy("unit", "Anzahl"),
    "personen": pgettext_lazy("unit", "Personen"),
    "tsd_personen": pgettext_lazy("unit", "Tsd. Personen"),
    "haushalte": pgettext_lazy("unit", "Haushalte"),
    "wohnungen": pgettext_lazy("unit", "Wohnungen"),
    "gebaeude": pgettext_lazy("unit", "Gebäude"),
    "betriebe": pgettext_lazy("unit", "Betriebe"),
    "arbeitsplaetze": pgettext_lazy("unit", "Arbeitsplätze"),
    "plaetze": pgettext_lazy("unit", "Plätze"),
    "fahrzeuge": pgettext_lazy("unit", "Fahrzeuge"),
    "faelle": pgettext_lazy("unit", "Fälle"),
    "baeume": pgettext_lazy("unit", "Bäume"),
    "anteil": pgettext_lazy("unit", "Anteil (0 bis 1)"),
    "prozent": pgettext_lazy("unit", "Prozent"),
    "promille": pgettext_lazy("unit", "Promille"),
    "prozentpunkte": pgettext_lazy("unit", "Prozentpunkte"),
    "je_100": pgettext_lazy("unit", "je 100"),
    "je_1000": pgettext_lazy("unit", "je 1.000"),
    "je_ew": pgettext_lazy("unit", "je Einwohner"),
    "je_100_ew": pgettext_lazy("unit", "je 100 Einwohner"),
    "je_1000_ew": pgettext_lazy("unit", "je 1.000 Einwohner"),
    "je_10000_ew": pgettext_lazy("unit", "je 10.000 Einwohner"),
    "je_100000_ew": pgettext_lazy("unit", "je 100.000 Einwohner"),
    "eur": pgettext_lazy("unit", "Euro"),
    "tsd_eur": pgettext_lazy("unit", "Tsd. Euro"),
    "mio_eur": pgettext_lazy("unit", "Mio. Euro"),
    "eur_je_ew": pgettext_lazy("unit", "Euro je Einwohner"),
    "eur_je_m2": pgettext_lazy("unit", "Euro je m²"),
    "m": pgettext_lazy("unit", "Meter"),
    "km": pgettext_lazy("unit", "Kilometer"),
    "m2": pgettext_lazy("unit", "Quadratmeter"),
    "ha": pgettext_lazy("unit", "Hektar"),
    "km2": pgettext_lazy("unit", "Quadratkilometer"),
    "m2_je_ew": pgettext_lazy("unit", "m² je Einwohner"),
    "ew_je_km2": pgettext_lazy("unit", "Einwohner je km²"),
    "m3": pgettext_lazy("unit", "Kubikmeter"),
    "kw": pgettext_lazy("unit", "Kilowatt"),
    "mw": pgettext_lazy("unit", "Megawatt"),
    "kwh": pgettext_lazy("unit", "Kilowattstunden"),
    "mwh": pgettext_lazy("unit", "Megawattstunden"),
    "gwh": pgettext_lazy("unit", "Gigawattstunden"),
    "kg": pgettext_lazy("unit", "Kilogramm"),
    "t": pgettext_lazy("unit", "Tonnen"),
    "t_co2": pgettext_lazy("unit", "Tonnen CO₂-Äquivalent"),
    "t_co2_je_ew": pgettext_lazy("unit", "Tonnen CO₂-Äquivalent je Einwohner"),
    "ug_m3": pgettext_lazy("unit", "µg je m³"),
    "grad_celsius": pgettext_lazy("unit", "Grad Celsius"),
    "mm": pgettext_lazy("unit", "Millimeter Niederschlag"),
    "jahre": pgettext_lazy("unit", "Jahre"),
    "monate": pgettext_lazy("unit", "Monate"),
    "minuten": pgettext_lazy("unit", "Minuten"),
    "tage": pgettext_lazy("unit", "Tage"),
    "index": pgettext_lazy("unit", "Index"),
    "note": pgettext_lazy("unit", "Schulnote"),
}


def unit_named(code: str) -> Unit | None:
    """The unit with that code; none if the list of units has no such."""
    unit = shipped_units().by_code.get(code)
    return replace(unit, name=str(NAMES[code])) if unit else None
