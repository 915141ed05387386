"""Invented values that show every component in all its states."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from dreiklang.core.values import Unknown
from dreiklang.ui.charts import Chart, ChartTable, chart, pattern
from dreiklang.ui.rules import (
    Cell,
    Column,
    Deadline,
    Entry,
    Evidence,
    Figure,
    Part,
    PersonLine,
    PhaseStep,
    RailItem,
    Row,
    Sign,
    Span,
    Step,
    StepState,
    Table,
    TableQuery,
    Tone,
)
from dreiklang.ui.signs import DELAYED, IN_USE, ON_TRACK, STALLED, UNREPORTED

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


def evidence() -> Evidence:
    """A possible interplay."""
    return Evidence(
        title="Mögliches Zusammenspiel mit „Fernwärme Bahnhofstraße“ (W-08)",
        text="Einmal öffnen statt zweimal.",
        reasons=("Beide graben zwischen April und September 2027.", "Auf denselben 640 m Straße."),
        confirm_url="#",
        confirm_label="Gespräch anbieten",
        reject_url="#",
        reject_label="Kein Zusammenspiel, weil …",
    )


def deadlines() -> list[Deadline]:
    """Far, near, today, overdue."""
    return [
        Deadline(date(2026, 12, 1), 44, "Verwendungsnachweis Quartier Ost", True, "#"),
        Deadline(date(2026, 10, 5), 3, "Bericht der Runde Herbst 2026", True),
        Deadline(date(2026, 9, 30), 0, "Stellungnahme"),
        Deadline(date(2026, 9, 29), -1, "Meilenstein Baubeginn"),
    ]


def people() -> list[PersonLine]:
    """An office for the public, and one for colleagues."""
    return [
        PersonLine("Tiefbauamt, Abt. Verkehrswege", deputy="Stadtplanungsamt", href="#"),
        PersonLine(
            "Umweltamt", "Beteiligt", "Jana Holm", "Ulf Brandt", date(2026, 10, 16), "03999 123 456", "umwelt@klarenbrueck.example"
        ),
    ]  # fmt: skip


def entries() -> list[Entry]:
    """A course of reports with one taken back."""
    source = "Tiefbauamt · freigegeben"
    return [
        Entry(date(2026, 9, 19), "Fertigstellung rückt um sechs Monate", "Eine Leitung muss verlegt werden. Mehrkosten 310.000 €.", DELAYED, source),
        Entry(date(2026, 9, 18), "Stand bestätigt", sign=ON_TRACK, is_withdrawn=True, withdrawn_note="falsche Maßnahme"),
        Entry(date(2026, 3, 2), "Baubeginn am Bahnhof", sign=ON_TRACK, source=source, href="#"),
        Entry(date(2024, 11, 14), "Beschluss B-118/2024", "Geld im Haushalt 2025/26.", ON_TRACK, "Stadtrat", "#"),
    ]  # fmt: skip


def steps() -> list[Step]:
    """The first hour of a new city."""
    return [
        Step("Stadt benennen", StepState.DONE, "#", "Klarenbrück, Sachsen"),
        Step("Ämter laden", StepState.DONE, "#", "30 Ämter"),
        Step("Zielsystem laden", StepState.CURRENT, "#"),
        Step("Stadtteile laden", StepState.SKIPPED, "#"),
        Step("Menschen einladen", StepState.OPEN),
    ]


COLUMNS = (
    Column("name", _("Maßnahme"), is_sortable=True, is_optional=False),
    Column("state", _("Stand"), is_sortable=True),
    Column("office", _("Federführung")),
    Column("cost", _("Kosten in €"), is_numeric=True, is_sortable=True),
    Column("reported", _("Letzter Bericht"), is_sortable=True),
    Column("district", _("Stadtteil"), is_hidden=True),
)


def table(query: TableQuery) -> Table:
    """Four measures, one of which has no cost yet."""
    rows = (
        ("Radweg Nord: Bahnhof bis Auenviertel", DELAYED, "Tiefbauamt", "4.200.000", "19.09.2026", "Auenviertel"),
        ("Fernwärme Bahnhofstraße", ON_TRACK, "Stadtwerke", "2.850.000", "28.08.2026", "Bahnhofsviertel"),
        ("Hochwasserschutz Kupferhammer", STALLED, "Umweltamt", Unknown("not_quantifiable"), "24.09.2026", "Kupferhammer"),
        ("Grünzug Auenviertel", UNREPORTED, "Grünflächenamt", "640.000", Cell("02.11.2025", note="seit 332 Tagen"), "Auenviertel"),
        ("Zweite Bibliothek", IN_USE, "Kulturamt", "5.100.000", "01.09.2026", "Neumarkt"),
    )  # fmt: skip
    keys = [c.key for c in COLUMNS]
    return Table(
        caption="Maßnahmen der Zukunftsaufgabe 5",
        columns=COLUMNS,
        rows=[Row(dict(zip(keys, row, strict=True)), href="#") for row in rows],
        query=query,
        csv_href="#",
    )


class FilterForm(forms.Form):
    """Three filters as a list would have them."""

    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("alle")), ("delayed", _("verzögert")), ("stalled", _("steht still"))],
    )
    amt = forms.ChoiceField(
        label=_("Federführung"),
        required=False,
        choices=[("", _("alle Ämter")), ("66", "Tiefbauamt"), ("36", "Umweltamt")],
    )
    text = forms.CharField(label=_("Wort im Titel"), required=False)


class ReportForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("Was hat sich geändert?"), help_text=_("Ein Satz, den auch Außenstehende verstehen.")
    )
    on = forms.DateField(label=_("Seit wann?"), widget=forms.DateInput(attrs={"type": "date"}))
    phase = forms.ChoiceField(
        label=_("Phase"), choices=[("", _("Bitte wählen")), ("a", _("Vorbereitung")), ("b", _("Umsetzung"))]
    )
    state = forms.ChoiceField(
        label=_("Liegt die Maßnahme im Plan?"),
        widget=forms.RadioSelect,
        choices=[("on_track", _("im Plan")), ("delayed", _("verzögert")), ("stalled", _("steht still"))],
    )
    note = forms.CharField(
        label=_("Hinweis für die Öffentlichkeit"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    districts = forms.MultipleChoiceField(
        label=_("Stadtteile"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", "Auenviertel"), ("2", "Kupferhammer")],
    )
    release = forms.BooleanField(
        label=_("Hinweis jetzt freigeben"),
        required=False,
        help_text=_("Er erscheint sofort auf der öffentlichen Seite."),
    )


class VerdictForm(forms.Form):
    """An answer and its why."""

    verdict = forms.ChoiceField(
        label=_("Ihre Entscheidung"),
        widget=forms.RadioSelect,
        choices=[("keep", _("Beides bleibt")), ("yield", _("Radweg hat Vorrang"))],
    )
    why = forms.CharField(label=_("Begründung"), widget=forms.Textarea(attrs={"rows": 2}))


DIFF = (
    {"Fertigstellung": "Dezember 2026", "Nächster Schritt": "Ausschreibung der Brücke", "Hindernis": ""},
    {
        "Fertigstellung": "Juni 2027",
        "Nächster Schritt": "Ausschreibung der verlegten Leitung",
        "Hindernis": "Leitung im Baufeld",
    },
)


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


def gallery(query: TableQuery) -> dict[str, object]:
    """Everything the gallery page shows."""
    return {
        "today": TODAY,
        "stand": TODAY,
        "signs": [ON_TRACK, DELAYED, STALLED, UNREPORTED, IN_USE, Sign("phase", "Umsetzung")],
        "board": board(),
        "city": {
            "name": "Klarenbrück 2035",
            "subtitle": _("Stadtentwicklung im Überblick"),
            "arms_url": static("ui/klarenbrueck.svg"),
        },
        "demo_notice": True,
        "longest": max(sum(row[2]) for row in BOARD),
        "legend_parts": parts((1, 1, 1, 1)),
        "one_bar": parts((77, 33, 7, 30)),
        "money_parts": money_parts(),
        "phases": phases(),
        "spans": spans(),
        "rail_items": rail_items(),
        "figures": figures(),
        "evidence": evidence(),
        "deadlines": deadlines(),
        "people": people(),
        "entries": entries(),
        "steps": steps(),
        "table": table(query),
        "page_of_many": Paginator(range(160), 20).page(3),
        "diff": DIFF,
        "picture": picture(),
        "unknown_cost": Unknown("not_quantifiable"),
        "verdict_form": VerdictForm(prefix="abwaegung"),
        "form": ReportForm(prefix="leer"),
        "faulty_form": ReportForm({"fehler-on": "31.02.2026", "fehler-phase": ""}, prefix="fehler"),
    }
