"""Codes of refused tables and rows as German sentences, on pages and on the command line."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# Under this kind runs that brought official tables stand among all imports.
KIND = "genesis"
TITLE = gettext_noop("Amtliche Statistik")
# And those that brought values of a department's own lists.
LIST_KIND = "observations"
LIST_TITLE = gettext_noop("Messwerte")
TITLES = {KIND: TITLE, LIST_KIND: LIST_TITLE}


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
    return _of_files() | _of_rows() | _of_lists() | _of_services()


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
        "only_heads": _("Die Datei hat nur Spaltenköpfe und keine Werte. Bitte noch einmal holen."),
        "other_table": _(
            "Das ist eine andere Tabelle als verlangt: Ihre Werte gehören zur Statistik %(value)s."
        ),
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
        "unknown_region": _("Ein Gebiet „%(value)s“ kennen wir nicht."),
        "leading_zero_lost": _(
            "Dem Schlüssel „%(value)s“ fehlt eine Ziffer, wahrscheinlich die führende Null."
        ),
        "unknown_period": _("„%(value)s“ ist kein Zeitpunkt oder Zeitraum, den wir kennen."),
        "future_actual": _("„%(value)s“ liegt in der Zukunft: Einen Istwert kann es noch nicht geben."),
        "unknown_sign": _("Das Zeichen „%(value)s“ steht nicht in der Zeichenerklärung der Quelle."),
        "not_a_number": _("„%(value)s“ ist keine Zahl."),
        "formula_without_result": _("Formel ohne gespeichertes Ergebnis: %(value)s."),
        "ambiguous_number": _(
            "„%(value)s“ kann zweierlei heißen: Tausenderpunkt oder Komma? Bitte sagen Sie, wie Zahlen geschrieben sind."
        ),
        "unknown_kind": _(
            "„%(value)s“ ist keine Art von Werten: Istwert, Schätzung, Prognose oder Zielwert."
        ),
        "too_large": _("„%(value)s“ hat mehr als 16 Stellen vor dem Komma."),
        "too_long": _("Der Text „%(value)s …“ ist zu lang."),
        "unit_changed": _("Die Einheit „%(value)s“ ist eine andere als bisher."),
        "twice_same": _("Derselbe Wert steht schon in Zeile %(value)s."),
        "twice_other": _("In Zeile %(value)s steht dazu ein anderer Wert. Beide wurden nicht übernommen."),
    }


def _of_lists() -> dict[str, str]:
    """What is wrong with lists of departments, with their plans, their cells; and what seems wrong with values."""
    return {
        "no_list": _("In der Datei steht keine Tabelle mit Überschriften und Zahlen."),
        "list_cut_off": _("Die Datei bricht in Zeile %(value)s ab. Bitte noch einmal holen."),
        "nothing_chosen": _("Keine Spalte ist einem Indikator zugeordnet."),
        "column_absent": _("Die Spalte „%(value)s“ gibt es in dieser Datei nicht."),
        "no_area_column": _("Bitte sagen Sie, in welcher Spalte das Gebiet steht."),
        "forecast_needs_scenario": _(
            "Eine Prognose braucht ein Szenario und den Tag, an dem sie gemacht wurde."
        ),
        "unknown_word": _("„%(value)s“ ist hier kein bekanntes Wort."),
        "city_without_key": _(
            "Für Werte der ganzen Stadt fehlt ihr amtlicher Gemeindeschlüssel (Einrichtung)."
        ),
        "no_region": _("In dieser Zeile steht nicht, welches Gebiet gemeint ist."),
        "no_period": _("Für diesen Wert steht nirgends, von wann er ist. Bitte einen Stichtag angeben."),
        "ambiguous_period": _("„%(value)s“ können zwei Jahre oder ein Schuljahr sein."),
        "area_contradicts": _("Schlüssel und Name in „%(value)s“ meinen verschiedene Gebiete."),
        "letters_lost": _(
            "In „%(value)s“ sind Buchstaben verloren gegangen. Gefunden wurde das Gebiet am Schlüssel."
        ),
        "same_value": _("Genau dieser Wert gilt schon."),
        "unknown_indicator": _("Einen Indikator „%(value)s“ gibt es nicht."),
        "not_your_indicator": _("Für „%(value)s“ ist ein anderes Amt zuständig."),
        "indicator_is_derived": _(
            "„%(value)s“ wird berechnet. Werte kommen bei seinen Ausgangsgrößen hinein."
        ),
        "no_indicator": _(
            "„%(value)s“ gehört zu keinem Indikator. Solche Reihen führt nur die Statistikstelle."
        ),
        "unit_unknown": _("Die Einheit „%(value)s“ kennen wir nicht."),
        "perhaps_thousandfold": _("%(value)s: etwa tausendmal so groß oder klein wie sonst. Einheit prüfen."),
        "perhaps_hundredfold": _("%(value)s: etwa hundertmal so groß oder klein wie sonst. Prozent prüfen."),
        "jump": _("%(value)s: ein größerer Sprung als sonst."),
        "sign_flip": _("%(value)s: Das Vorzeichen ist ein anderes als sonst."),
        "off_scale": _("%(value)s: außerhalb dessen, was ein Anteil sein kann."),
        "total_differs": _("Die Summe ist eine andere als die ihrer Teile: %(value)s."),
    }


def _of_services() -> dict[str, str]:
    """Why a data service gave no table (`genesis_service.CannotAsk`)."""
    return {
        "part_of_a_file": _(
            "Gebiete und Jahre wählt man nur aus, wenn die Tabelle vom Dienst geholt wird. Eine Datei wird ganz gelesen."
        ),
        "stand_of_a_service": _("Was vom Dienst kommt, hat den Stand von heute. --stand gilt für Dateien."),
        "not_a_day": _("„%(value)s“ ist kein Tag. Bitte so: 2024-12-31."),
        "not_years": _("„%(value)s“ sind keine Jahre. Bitte so: 2015-2024, 2015-, 2020."),
        "not_a_region_key": _(
            "„%(value)s“ ist kein amtlicher Schlüssel. Er hat Ziffern, am Ende darf ein * stehen; DG ist Deutschland."
        ),
        "not_a_region_variable": _(
            "„%(value)s“ ist kein Merkmal. Gemeint sind Kürzel wie KREISE oder GEMEIN."
        ),
        "region_variable_missing": _(
            "Zu welchem Merkmal %(value)s gehört, sagt der Schlüssel nicht. Bitte angeben, zum Beispiel --region-variable"
            " KREISE, beim Zensus das aus der Tabelle (GEOGM4 oder ähnlich)."
        ),
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
