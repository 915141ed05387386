"""Invented numbers for the pictures of the gallery."""

from collections.abc import Sequence
from datetime import date

from dreiklang.ui.charts import Chart, ChartTable, chart, pattern
from dreiklang.ui.rules import (
    Figure,
    Part,
    PhaseStep,
    RailItem,
    Sign,
    Span,
    Tone,
)
from dreiklang.ui.signs import DELAYED, ON_TRACK, STALLED, UNREPORTED

TODAY = date(2026, 9, 30)
BOARD = (
    ("Innenstadt für alle", "18 Maßnahmen · 2 Fachkonzepte", (9, 4, 1, 4), "Brücke am Kupferhammer fertig", date(2026, 9, 12)),
    ("Wohnen im Bestand", "18 Maßnahmen · 3 Fachkonzepte", (12, 3, 0, 3), "Ausschreibung läuft", date(2026, 8, 28)),
    ("Stadt am Wasser", "15 Maßnahmen · 4 Fachkonzepte", (6, 5, 2, 2), "Hochwasserschutz gestoppt: Grundstück", date(2026, 9, 24)),
    ("Wege, die verbinden", "64 Maßnahmen · 2 Fachkonzepte", (41, 15, 1, 7), "Radweg Nord sechs Monate später", date(2026, 9, 19)),
    ("Werkstatt der Ideen", "1 Maßnahme · 1 Fachkonzept", (0, 0, 0, 1), "Bericht überfällig", date(2026, 8, 11)),
    ("Offenes Rathaus", "noch keine Maßnahme", (0, 0, 0, 0), "", None),
)  # fmt: skip


def parts(counts: Sequence[int], href: str = "#liste") -> list[Part]:
    """Counts per timeliness as parts of a bar."""
    signs = (ON_TRACK, DELAYED, STALLED, UNREPORTED)
    return [Part(s.code, s.label, n, s.tone, href) for s, n in zip(signs, counts, strict=True)]


def board() -> list[dict[str, object]]:
    """The rows of a start page."""
    keys = ("name", "facts", "counts", "news", "news_on")
    return [dict(zip(keys, row, strict=True)) | {"parts": parts(row[2])} for row in BOARD]


def money_parts() -> list[Part]:
    """Financing of a measure in million euro."""
    return [
        Part("grant", "Mio. € Förderung", 2.8, Tone.ACCENT, shown="2,8"),
        Part("own", "Mio. € Eigenmittel", 1.09, Tone.ACCENT_SOFT, shown="1,09"),
        Part("open", "Mio. € offen", 0.31, Tone.UNKNOWN, shown="0,31"),
    ]


def phases() -> list[list[PhaseStep]]:
    """A late one, one at its beginning, and one finished."""
    late = [
        PhaseStep("idea", "Idee", reached_on=date(2023, 4, 1)),
        PhaseStep("preparation", "Vorbereitung", reached_on=date(2024, 2, 1)),
        PhaseStep("decided", "Beschlossen", reached_on=date(2024, 11, 14)),
        PhaseStep("building", "Umsetzung", reached_on=date(2026, 3, 2), is_current=True),
        PhaseStep("in_use", "In Nutzung", planned_on=date(2027, 6, 30), first_planned_on=date(2026, 12, 31)),
    ]
    early = [
        PhaseStep("idea", "Idee", is_current=True),
        PhaseStep("preparation", "Vorbereitung"),
        PhaseStep("decided", "Beschlossen", planned_on=date(2027, 3, 1)),
        PhaseStep("building", "Umsetzung"),
        PhaseStep("in_use", "In Nutzung"),
    ]
    months = (date(2022, 1, 1), date(2022, 6, 1), date(2023, 2, 1), date(2024, 5, 1), date(2025, 9, 1))
    done = [
        PhaseStep(s.code, s.label, reached_on=day, is_current=i == 4)
        for i, (s, day) in enumerate(zip(late, months, strict=True))
    ]
    return [late, early, done]


def spans() -> list[Span]:
    """Three building sites, two of them in one street."""
    return [
        Span("Radweg Nord", date(2026, 3, 1), date(2027, 6, 30), Tone.ACCENT, href="#"),
        Span("Fernwärme Bahnhofstraße", date(2027, 4, 1), date(2027, 9, 30), Tone.WARN, "beginnt später"),
        Span("Grünzug Auenviertel", date(2025, 5, 1), None, Tone.GOOD),
    ]


def rail_items() -> list[RailItem]:
    """The chain of a measure."""
    return [
        RailItem("Zukunftsaufgabe", "5 Wege, die verbinden", "#"),
        RailItem("Ziel", "5.2 Sicher mit dem Rad", "#"),
        RailItem("Konzept", "Radverkehr 2030", "#"),
        RailItem("Maßnahme", is_current=True),
        RailItem("Vorlagen", href="#", count="3"),
        RailItem("Geld", href="#", count="4,2 Mio. €"),
        RailItem("Kennzahlen", href="#", count="2"),
        RailItem("Beiträge", href="#", count="38"),
    ]


def figures() -> list[Figure]:
    """Reached, on the way, without data."""
    return [
        Figure("Radverkehr Querschnitt Nord", "3.280", "Fahrten am Tag", "2025", "3.100", "4.500", "bis 2030", 0.13, DELAYED, "#"),
        Figure("Sanierte Schulen", "14", "von 14", "Juli 2026", "2", "14", "bis 2026", 1.0, Sign("reached", "erreicht", Tone.DONE)),
        Figure("Versiegelte Fläche", "", "ha", target="412", unknown_because="seit 2021 nicht erhoben"),
    ]  # fmt: skip


def picture() -> Chart:
    """Measures by year and state."""
    counts = {"2024": (61, 12, 3, 20), "2025": (70, 25, 4, 24), "2026": (77, 33, 7, 30)}
    signs = (ON_TRACK, DELAYED, STALLED, UNREPORTED)
    values = [
        {"Jahr": year, "Stand": str(s.label), "Maßnahmen": n, "Folge": i}
        for year, row in counts.items()
        for i, (s, n) in enumerate(zip(signs, row, strict=True))
    ]
    scale = {"domain": [str(s.label) for s in signs], "range": [pattern(s.tone) for s in signs]}
    spec = {
        "data": {"values": values},
        "mark": {"type": "bar", "size": 44},
        "encoding": {
            "x": {"field": "Maßnahmen", "type": "quantitative"},
            "y": {"field": "Jahr", "type": "ordinal", "title": None},
            "color": {"field": "Stand", "scale": scale, "title": None, "sort": None},
            "order": {"field": "Folge"},
        },
        "height": 220,
    }
    rows = [(year, *map(str, row)) for year, row in counts.items()]
    return chart(
        spec,
        title="Maßnahmen nach Stand, 30. September jedes Jahres",
        description="Die Zahl der Maßnahmen im Plan stieg von 61 auf 77, die ohne Bericht von 20 auf 30.",
        table=ChartTable(head=("Jahr", *[str(s.label) for s in signs]), rows=rows),
    )
