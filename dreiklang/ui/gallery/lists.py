"""Invented records, lists and forms of the gallery."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.values import Unknown
from dreiklang.ui.rules import (
    Cell,
    Column,
    Deadline,
    Entry,
    Evidence,
    PersonLine,
    Row,
    Step,
    StepState,
    Table,
    TableQuery,
)
from dreiklang.ui.signs import DELAYED, IN_USE, ON_TRACK, STALLED, UNREPORTED


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
