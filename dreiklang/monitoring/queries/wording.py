"""Codes of refused tables and rows as German sentences, on pages and on the command line."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Under this kind runs that brought official tables stand among all imports.
KIND = "genesis"
TITLE = gettext_noop("Amtliche Statistik")


def sentence(code: str, *, value: str = "", proposals: Sequence[str] = ()) -> str:
    """What is wrong, in one or two sentences."""
    # Requests fail in many ways that need no sentence of their own here.
    said = _sentences().get(code, _("Der Dienst war nicht zu erreichen: %(value)s")) % {
        "value": value or code
    }
    if not proposals:
        return said
    return said + " " + _("Gemeint ist vielleicht: %(proposals)s.") % {"proposals": ", ".join(proposals)}


def _sentences() -> dict[str, str]:
    return _of_files() | _of_rows() | _of_services()


def _of_files() -> dict[str, str]:
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
        "archive_empty": _("In „%(value)s“ liegt keine Datei."),
        "archive_broken": _("Die gepackte Datei „%(value)s“ ist beschädigt. Bitte noch einmal holen."),
        "archive_password": _("Die gepackte Datei „%(value)s“ ist mit einem Kennwort geschützt."),
        "archive_zip_bomb": _("Die gepackte Datei „%(value)s“ würde ausgepackt viel zu groß."),
    }


def _of_rows() -> dict[str, str]:
    return {
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
        "too_large": _("„%(value)s“ hat mehr als 16 Stellen vor dem Komma."),
        "too_long": _("Der Text „%(value)s …“ ist zu lang."),
        "unit_changed": _("Die Einheit „%(value)s“ ist eine andere als bisher."),
        "twice_same": _("Derselbe Wert steht schon in Zeile %(value)s."),
        "twice_other": _("In Zeile %(value)s steht dazu ein anderer Wert. Beide wurden nicht übernommen."),
    }


def _of_services() -> dict[str, str]:
    """Why a data service gave no table (`genesis_service.CannotAsk`)."""
    return {
        "no_account": _("Für diesen Dienst fehlt ein Konto. Es wird aus der Umgebung gelesen: %(value)s."),
        "unknown_service": _("Einen Datendienst „%(value)s“ kennen wir nicht."),
        "not_a_table_name": _("„%(value)s“ ist kein Name einer Tabelle, zum Beispiel 12411-01-01-4."),
        "login": _("Der Dienst %(value)s lehnt Name oder Kennwort ab."),
        "busy": _("Der Dienst ist beschäftigt und bittet um Geduld. Bitte später noch einmal."),
        "adjusted": _(
            "Der Dienst hätte eine andere Frage beantwortet; davon wurde nichts übernommen: %(value)s"
        ),
        "no_table": _("Der Dienst hat keine solche Tabelle für dieses Konto: %(value)s"),
        "nothing_found": _("Der Dienst findet nichts: %(value)s"),
        "too_large_for_service": _("Die Tabelle ist dem Dienst zu groß: %(value)s"),
        "service_error": _("Der Dienst meldet einen Fehler: %(value)s"),
        "job_without_name": _("Der Dienst nahm den Auftrag an, nannte ihn aber nicht: %(value)s"),
        "job_not_done": _("Der Auftrag %(value)s war nach einer Stunde noch nicht fertig."),
        "no_file": _("Der Dienst gab weder eine Datei noch einen Grund."),
        "redirected": _("Der Dienst ist umgezogen nach %(value)s. Bitte die neue Adresse eintragen."),
    }
