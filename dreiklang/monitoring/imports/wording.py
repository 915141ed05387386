"""Codes of refused tables and rows as German sentences, on pages and on the command line."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


def sentence(code: str, *, value: str = "", proposals: Sequence[str] = ()) -> str:
    """What is wrong, in one or two sentences. Raises: KeyError for a code that nobody worded."""
    said = _sentences()[code] % {"value": value or "–"}
    if not proposals:
        return said
    return said + " " + _("Gemeint ist vielleicht: %(proposals)s.") % {"proposals": ", ".join(proposals)}


def _sentences() -> dict[str, str]:
    return {
        "unknown_provider": _("Eine Quelle „%(value)s“ ist nicht bekannt."),
        "no_table_code": _(
            "Wie die Tabelle heißt, sagt der Dateiname „%(value)s“ nicht. Bitte angeben (--sheet)."
        ),
        "broken_text": _(
            "In Zeile %(value)s sind Buchstaben verloren gegangen. Bitte die Datei noch einmal holen."
        ),
        "html_page": _("Das ist eine Internetseite („%(value)s“) und keine Tabelle."),
        "service_answer": _("Das ist keine Tabelle, sondern eine Antwort des Dienstes: %(value)s"),
        "empty": _("Die Datei ist leer."),
        "not_ffcsv": _("Das ist keine Tabelle im Format ffcsv. Es fehlen die Spalten: %(value)s."),
        "file_cut_off": _("Die Datei endet mitten in der Zeile: „%(value)s“. Bitte noch einmal holen."),
        "too_few_cells": _("Die Zeile hat zu wenige Felder: „%(value)s“."),
        "too_many_cells": _("Die Zeile hat zu viele Felder: „%(value)s“."),
        "unknown_region": _("Den Schlüssel „%(value)s“ trägt kein Gebiet der amtlichen Statistik."),
        "leading_zero_lost": _(
            "Dem Schlüssel „%(value)s“ fehlt eine Ziffer, wahrscheinlich die führende Null."
        ),
        "unknown_period": _("„%(value)s“ ist kein Zeitpunkt oder Zeitraum, den wir kennen."),
        "future_actual": _("„%(value)s“ liegt in der Zukunft: Einen Istwert kann es noch nicht geben."),
        "unknown_sign": _("Das Zeichen „%(value)s“ steht nicht in der Zeichenerklärung der Quelle."),
        "not_a_number": _("„%(value)s“ ist keine Zahl."),
        "ambiguous_number": _("„%(value)s“ kann zweierlei heißen: Tausenderpunkt oder Komma?"),
        "unit_changed": _("Die Einheit „%(value)s“ ist eine andere als bisher."),
        "twice_same": _("Derselbe Wert steht schon in Zeile %(value)s."),
        "twice_other": _("In Zeile %(value)s steht dazu ein anderer Wert. Beide wurden nicht übernommen."),
    }
