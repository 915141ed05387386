"""Erzeugt die Listen messwerte_*.csv der erfundenen Stadt Klarenbrück: 12 Jahre, 24 Stadtteile und die ganze Stadt,
dazu zwei Szenarien einer Bevölkerungsprognose, eine Schätzung und zwei erfundene Städte zum Vergleich.

Einmal benutzt, gleiches Ergebnis bei jedem Lauf: `python demo/werkzeug/messwerte.py`.
Verfahren: jeder Stadtteil hat Einwohner, Wachstum und ein paar Eigenheiten; daraus folgen alle anderen Zahlen. Was man
zählt, ergibt in der Summe die Stadt. Anteile und Mittel der Stadt sind aus den Zählungen gerechnet, nie gemittelt.
"""

import csv
import json
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
YEARS = range(2014, 2026)
SEED = 2035
CITY = "14999000"


@dataclass(frozen=True)
class District:
    """Was einen Stadtteil ausmacht; Anteile zwischen 0 und 1."""

    key: str
    people: int
    growth: float
    young: float
    old: float
    poor: float
    empty: float
    rent: float
    cars: int
    green: float
    sealed: float


# Einwohner 2014, Wachstum im Jahr, Anteile unter 18 und ab 65, Armut, Leerstand, Miete in Euro, Pkw je 1.000, Grün in m² je Kopf
DISTRICTS = [
    District("01", 5700, 0.012, 0.10, 0.22, 0.09, 0.13, 6.40, 290, 6, 0.82),
    District("02", 6600, 0.015, 0.13, 0.16, 0.13, 0.14, 6.10, 300, 4, 0.79),
    District("03", 8600, 0.010, 0.16, 0.17, 0.11, 0.12, 5.90, 340, 11, 0.66),
    District("04", 10900, 0.006, 0.17, 0.19, 0.07, 0.07, 6.30, 390, 38, 0.41),
    District("05", 8000, 0.014, 0.16, 0.15, 0.14, 0.15, 5.80, 300, 7, 0.71),
    District("06", 12900, 0.008, 0.18, 0.16, 0.15, 0.11, 5.60, 330, 9, 0.62),
    District("07", 9400, 0.003, 0.17, 0.21, 0.06, 0.06, 6.50, 420, 16, 0.44),
    District("08", 8400, 0.001, 0.17, 0.24, 0.04, 0.05, 6.90, 470, 21, 0.36),
    District("09", 11700, 0.005, 0.17, 0.20, 0.12, 0.10, 5.50, 360, 12, 0.55),
    District("10", 9600, 0.007, 0.16, 0.18, 0.10, 0.09, 5.90, 350, 10, 0.58),
    District("11", 4800, -0.004, 0.14, 0.21, 0.15, 0.17, 5.10, 380, 8, 0.69),
    District("12", 16300, -0.008, 0.18, 0.27, 0.19, 0.09, 5.20, 330, 24, 0.48),
    District("13", 13200, -0.006, 0.19, 0.26, 0.18, 0.10, 5.10, 340, 19, 0.50),
    District("14", 7300, 0.002, 0.17, 0.25, 0.04, 0.04, 7.10, 480, 33, 0.31),
    District("15", 5200, 0.009, 0.18, 0.19, 0.05, 0.05, 6.60, 450, 62, 0.24),
    District("16", 4000, 0.004, 0.16, 0.22, 0.07, 0.07, 6.20, 430, 74, 0.22),
    District("17", 8100, 0.013, 0.19, 0.15, 0.06, 0.05, 7.00, 440, 17, 0.39),
    District("18", 4300, 0.021, 0.16, 0.11, 0.09, 0.08, 6.80, 320, 14, 0.59),
    District("19", 2400, -0.003, 0.17, 0.24, 0.03, 0.05, 6.10, 560, 96, 0.12),
    District("20", 2200, -0.005, 0.16, 0.26, 0.03, 0.06, 5.80, 570, 110, 0.11),
    District("21", 1400, -0.002, 0.17, 0.25, 0.02, 0.04, 6.00, 590, 130, 0.08),
    District("22", 1800, 0.001, 0.18, 0.23, 0.03, 0.05, 5.90, 580, 118, 0.10),
    District("23", 1100, -0.006, 0.15, 0.28, 0.03, 0.07, 5.60, 600, 140, 0.07),
    District("24", 220, -0.010, 0.12, 0.33, 0.03, 0.08, 5.40, 640, 220, 0.04),
]


def hectares() -> dict[str, float]:
    """Fläche der Stadtteile aus ihren Umrissen, auf einer Ebene um die Stadtmitte."""
    features = json.loads((HERE / "stadtteile.geojson").read_text(encoding="utf-8"))["features"]
    return {one["properties"]["schluessel"]: _hectares(one["geometry"]["coordinates"][0]) for one in features}


def _hectares(ring: list[list[float]]) -> float:
    scale = 111_320.0
    flat = [(lon * scale * math.cos(math.radians(51.3)), lat * scale) for lon, lat in ring]
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(flat, [*flat[1:], flat[0]], strict=True))
    return abs(twice) / 20_000


def _noise(dice: random.Random, size: float) -> float:
    return 1 + dice.uniform(-size, size)


def counted(one: District, year: int, before: dict[str, float], hectare: float) -> dict[str, float]:
    """Was in einem Stadtteil am Ende des Jahres gezählt wird."""
    dice = random.Random(f"{SEED}-{one.key}-{year}")  # noqa: S311  # invented numbers, the same every time
    step = year - YEARS[0]
    # 2015 und 2022 kamen viele Menschen aus Kriegsgebieten in die Stadt, meist in die großen Siedlungen.
    arrived = {2015: 0.012, 2016: 0.008, 2022: 0.016}.get(year, 0.0) * (1 + 3 * one.poor)
    people = round(
        (before.get("einwohner", one.people)) * (1 + one.growth + arrived + dice.uniform(-0.003, 0.003))
    )
    young = round(people * (one.young + 0.0012 * step) * _noise(dice, 0.01))
    old = round(people * (one.old + 0.0021 * step) * _noise(dice, 0.008))
    babies = round(young * 0.165 * (1 - 0.018 * max(0, step - 5)) * _noise(dice, 0.04))
    teens = round(young * 0.16)
    able = people - round(young * 0.83) - old
    # Bis 2019 sinkt die Arbeitslosigkeit, 2020 und 2024 steigt sie.
    course = (
        1
        - 0.045 * min(step, 5)
        + (0.09 if step >= 6 else 0)
        - 0.012 * max(0, step - 6)
        + (0.05 if step >= 10 else 0)
    )
    jobless = round(able * (0.02 + 0.42 * one.poor) * course * _noise(dice, 0.03))
    poor_children = round(young * (0.015 + 1.35 * one.poor) * (1 - 0.022 * step) * _noise(dice, 0.03))
    cared = round(babies * min(0.62, 0.40 + 0.016 * step - 0.25 * one.poor) * _noise(dice, 0.03))
    homes = round(
        one.people * (0.56 + one.empty * 0.5) + step * one.people * 0.002 * (1 + 18 * max(one.growth, 0))
    )
    households = round(people / (2.05 - 1.1 * one.empty - 0.006 * step))
    empty = round(homes * max(0.02, one.empty * (1 - 0.028 * step) * _noise(dice, 0.04)))
    green = one.people * one.green * (1 + 0.006 * step)
    sealed = hectare * one.sealed * (1 + 0.0022 * step)
    trees = round(hectare * (2.1 + one.sealed * 5) * (1 + 0.011 * step - (0.02 if step >= 5 else 0)))
    return {
        "einwohner": people,
        "einwohner-unter-3": babies,
        "einwohner-unter-18": young,
        "einwohner-15-bis-64": able + teens,
        "einwohner-ab-65": old,
        "wanderungssaldo": people - round(before.get("einwohner", one.people) * 0.998),
        "haushalte": households,
        "einpersonenhaushalte": round(households * (0.30 + 0.9 * one.empty + 0.004 * step)),
        "wohnungen": homes,
        "leer-stehende-wohnungen": empty,
        "fertiggestellte-wohnungen": round(homes * (0.0015 + max(one.growth, 0) * 0.35) * _noise(dice, 0.5)),
        "gebundene-wohnungen": round(
            homes * one.poor * (0.45 + 0.012 * max(0, step - 6)) * (1 - 0.03 * min(step, 6))
        ),
        "beschaeftigte-am-wohnort": round(
            (able + teens) * (0.565 + 0.006 * step - 0.5 * one.poor) * _noise(dice, 0.008)
        ),
        "arbeitslose": jobless,
        "kinder-in-grundsicherung": poor_children,
        "betreute-unter-3": cared,
        "schulanfaenger": round(young * 0.056 * _noise(dice, 0.05)),
        "schulanfaenger-mit-sprachfoerderbedarf": round(
            young * 0.056 * (0.10 + 1.4 * one.poor) * (1 + 0.02 * max(0, step - 6)) * _noise(dice, 0.08)
        ),
        "verunglueckte": round(
            people * (0.0022 + 0.0028 * one.sealed) * (1 - 0.016 * step) * _noise(dice, 0.14)
        ),
        "pkw": round(people * one.cars / 1000 * (1 + 0.007 * min(step, 8) - 0.004 * max(0, step - 8))),
        "gruenflaeche": round(green),
        "strassenbaeume": trees,
        "flaeche": round(hectare, 1),
        "versiegelte-flaeche": round(sealed, 1),
        "photovoltaik-leistung": round(
            homes * 0.16 * (1 - one.sealed * 0.7) * 1.21 ** max(0, step - 3) * (0.5 + 0.1 * min(step, 3))
        ),
        "wohnungen-mit-fernwaerme": round(
            homes * min(0.85, max(0.0, one.sealed - 0.2) * 1.25) * (0.94 + 0.006 * step)
        ),
        "menschen-in-hitzeinseln": round(people * max(0.0, one.sealed - 0.35) * 1.5 * (1 + 0.006 * step)),
        "menschen-mit-halt-in-300-m": round(people * min(0.99, 0.52 + 0.58 * one.sealed + 0.004 * step)),
    }


# Was gemessen und nicht gezählt wird: die Stadt ist das Mittel, gewichtet nach Wohnungen.
def rent(one: District, year: int) -> float:
    """Mittlere Angebotsmiete in Euro je m²."""
    dice = random.Random(f"{SEED}-miete-{one.key}-{year}")  # noqa: S311  # invented numbers, the same every time
    step = year - YEARS[0]
    return round(
        one.rent
        * (1 + 0.017 * step + 0.012 * max(0, step - 7))
        * (1 + max(one.growth, 0) * step)
        * _noise(dice, 0.012),
        2,
    )


# Nur für die ganze Stadt: Jahr für Jahr ein Wert.
CITY_ONLY = {
    "beschaeftigte-am-arbeitsort": [78900, 79800, 80900, 82100, 83300, 84200, 83500, 84100, 85300, 86000, 86100, 85700],
    "einkuenfte": [2610000, 2702000, 2795000, 2911000, 3034000, 3147000, 3120000, 3262000, 3411000, 3566000, 3702000, None],
    "treibhausgase": [1092000, None, 1061000, None, 1018000, None, 934000, None, 902000, None, 861000, None],
    "umweltverbund": [None, None, None, None, 51.8, None, None, None, None, 54.9, None, None],
    "wahlbeteiligung": [None, None, None, 74.2, None, None, None, 75.1, None, None, None, 80.9],
    "schulden": [214500, 208300, 201900, 194200, 188700, 181000, 186400, 193800, 199500, 211200, 229800, 248300],
    "bibliotheksbesuche": [412000, 418500, 421900, 430200, 436800, 441100, 208300, 187600, 331900, 402700, 428100, 439500],
    "online-leistungen": [None, None, None, None, 4.0, 7.0, 12.0, 19.0, 28.0, 37.0, 44.0, 52.0],
}  # fmt: skip

# Die Prognose vom 30.09.2025 geht von den Einwohnern Ende 2024 aus: Liste → Wachstum im Jahr.
FORECASTS = {"messwerte_prognose_basis.csv": 0.002, "messwerte_prognose_zuzug.csv": 0.007}
FORECAST_FROM, FORECAST_YEARS = 2024, (2030, 2035)
# Was erst später erscheint, fortgeschrieben mit dem Wachstum des Jahres davor.
ESTIMATED, ESTIMATED_YEAR = "einkuenfte", 2025


# Zwei erfundene Städte zum Vergleich, ihre Zahlen von 2019 an: Schlüssel und Name → Indikator → Wert und Wachstum im Jahr.
OTHER_CITIES = {
    ("14998000", "Eibenhall"): {
        "einwohner": (203_600, 0.004),
        "einwohner-unter-18": (35_900, 0.006),
        "kinder-in-grundsicherung": (4_610, -0.012),
        "wohnungen": (115_200, 0.004),
        "leer-stehende-wohnungen": (5_300, -0.031),
        "pkw": (76_100, 0.005),
        "flaeche": (14_120.5, 0),
        "schulden": (241_000, 0.017),
    },
    ("14997000", "Rauschenfurt"): {
        "einwohner": (148_900, -0.003),
        "einwohner-unter-18": (24_700, -0.001),
        "kinder-in-grundsicherung": (4_020, -0.004),
        "wohnungen": (88_700, 0.001),
        "leer-stehende-wohnungen": (8_450, -0.012),
        "pkw": (66_800, 0.002),
        "flaeche": (18_905.2, 0),
        "schulden": (118_500, -0.02),
    },
}
OTHERS_FROM = 2019
# Auf Zehner gerundet, wo gezählt wird.
EXACT = ("flaeche",)


# Indikator und Jahr → Stadtteil → Wert.
Table = dict[tuple[str, int], dict[str, float]]
Row = tuple[str, str, str, str]
HEADS = ("Indikator", "Gebiet", "Stand", "Wert")


def of_districts(table: Table) -> Iterator[Row]:
    """Indikator, Gebiet, Stand, Wert; nach Indikator, Jahr, Stadtteil."""
    for (key, year), values in sorted(table.items()):
        for district, value in sorted(values.items()):
            yield key, district, f"31.12.{year}", written(value)


def of_city(table: Table) -> Iterator[Row]:
    """Dasselbe für die ganze Stadt, mit dem, was es nur für sie gibt."""
    for (key, year), values in sorted(table.items()):
        yield key, CITY, f"31.12.{year}", written(_city(key, year, values, table))
    for key, course in CITY_ONLY.items():
        for year, value in zip(YEARS, course, strict=True):
            if value is not None:
                yield key, CITY, f"31.12.{year}", written(value)


def forecast(table: Table, growth: float) -> Iterator[Row]:
    """Einwohner der ganzen Stadt in den Jahren der Prognose, auf Zehner gerundet; ihre Fläche bleibt."""
    now = sum(table["einwohner", FORECAST_FROM].values())
    for year in FORECAST_YEARS:
        yield (
            "einwohner",
            CITY,
            f"31.12.{year}",
            written(round(now * (1 + growth) ** (year - FORECAST_FROM), -1)),
        )
    for year in FORECAST_YEARS:
        yield "flaeche", CITY, f"31.12.{year}", written(sum(table["flaeche", FORECAST_FROM].values()))


def estimate() -> Iterator[Row]:
    """Der eine geschätzte Wert, auf Tausender gerundet."""
    known = [value for value in CITY_ONLY[ESTIMATED] if value is not None]
    yield ESTIMATED, CITY, f"31.12.{ESTIMATED_YEAR}", written(round(known[-1] ** 2 / known[-2], -3))


def of_others() -> Iterator[tuple[str, ...]]:
    """Indikator, Schlüssel, Stadt, Stand, Wert der Städte, mit denen verglichen wird."""
    for (key, name), values in OTHER_CITIES.items():
        for indicator, (first, growth) in values.items():
            for year in YEARS:
                if year >= OTHERS_FROM:
                    value = first * (1 + growth) ** (year - OTHERS_FROM)
                    shown = value if indicator in EXACT else round(value, -1)
                    yield indicator, key, name, f"31.12.{year}", written(shown)


def invented() -> Table:
    area = hectares()
    table: Table = {}
    for one in DISTRICTS:
        before: dict[str, float] = {}
        for year in YEARS:
            before = counted(one, year, before, area[one.key])
            for key, value in before.items():
                table.setdefault((key, year), {})[one.key] = value
    for year in YEARS:
        table["angebotsmiete", year] = {one.key: rent(one, year) for one in DISTRICTS}
    return table


def _city(key: str, year: int, values: dict[str, float], table: Table) -> float:
    if key != "angebotsmiete":
        return round(sum(values.values()), 1)
    homes = table["wohnungen", year]
    return round(sum(value * homes[one] for one, value in values.items()) / sum(homes.values()), 2)


def written(value: float) -> str:
    """Eine Zahl, wie sie hierzulande in einer Tabelle steht."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")


def keep(name: str, rows: Iterator[tuple[str, ...]], heads: tuple[str, ...] = HEADS) -> None:
    """Schreibt eine Liste."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


if __name__ == "__main__":
    numbers = invented()
    keep("messwerte_stadtteile.csv", of_districts(numbers))
    keep("messwerte_stadt.csv", of_city(numbers))
    for name, growth in FORECASTS.items():
        keep(name, forecast(numbers, growth))
    keep("messwerte_schaetzung.csv", estimate())
    keep("messwerte_andere_staedte.csv", of_others(), ("Indikator", "Schlüssel", "Stadt", "Stand", "Wert"))
