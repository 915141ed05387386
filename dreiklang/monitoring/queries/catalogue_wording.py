"""Codes of harvests as German sentences, on pages and on the command line."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

# Under this kind harvests stand among all imports.
KIND = "catalogue"
TITLE = gettext_noop("Datenkatalog")

PARTS = {
    "dataset": gettext_lazy("Datensatz"),
    "resource": gettext_lazy("Ressource"),
    "contact": gettext_lazy("Ansprechstelle"),
    "span": gettext_lazy("Zeitraum"),
    "agent": gettext_lazy("Beteiligte Stelle"),
    "service": gettext_lazy("Datendienst"),
    "catalogue": gettext_lazy("Datenkatalog"),
}


def sentence(code: str, *, value: str = "", proposals: Sequence[str] = ()) -> str:
    """What is wrong, in one or two sentences."""
    said = _sentences().get(code)
    if said is None:
        said = _("Die Adresse war nicht zu erreichen: %(value)s")
    text = said % {"value": value or code}
    if "skip_preface" in proposals:
        text += " " + _(
            "Ohne die Zeilen vor dem ersten @prefix lässt sich die Datei lesen (--skip-before-prefix)."
        )
    return text


def gap_sentence(code: str) -> str:
    """What DCAT-AP.de 3.0 asks for and is missing."""
    return str(_gaps().get(code, code))


def _sentences() -> dict[str, str]:
    return _of_files() | _of_addresses() | _of_datasets() | _rewritten() | _gaps()


def _of_files() -> dict[str, str]:
    return {
        "empty": _("Die Datei ist leer."),
        "html_page": _("Das ist eine Internetseite („%(value)s“) und kein Datenkatalog."),
        "not_rdf": _("Das ist kein Datenkatalog. Die erste Zeile lautet: „%(value)s“."),
        "not_utf8": _("Die Datei ist nicht in UTF-8 geschrieben: %(value)s"),
        "cut_off": _("Die Datei ist abgeschnitten. Zuletzt steht da: „%(value)s“."),
        "syntax": _("Diese Zeile lässt sich nicht lesen: „%(value)s“."),
        "entities": _("Die Datei enthält Ersetzungen (Entities), die wir nicht ausführen: „%(value)s“."),
        "remote_context": _("Die Datei verweist auf einen Kontext, der erst zu holen wäre: %(value)s."),
        "too_large": _("Die Datei ist zu groß (%(value)s)."),
        "password": _("Die Datei ist mit einem Kennwort geschützt."),
        "several_files": _("In dem Archiv stecken %(value)s Dateien. Bitte jede einzeln einlesen."),
        "too_slow": _("Das Lesen der Datei dauerte zu lange."),
        "stopped": _("Das Lesen der Datei brach ab: %(value)s"),
        "no_dataset": _("In der Datei steht weder ein Datenkatalog noch ein Datensatz."),
        "service_answer": _("Der Dienst antwortet mit einem Fehler: %(value)s"),
        "not_ckan": _("Das ist keine Antwort von CKAN."),
        "too_many_datasets": _(
            "Der Katalog hat mehr als %(value)s Datensätze. So viele nehmen wir nicht auf."
        ),
    }


def _of_addresses() -> dict[str, str]:
    return {
        "unreachable": _("Der Server antwortet nicht: %(value)s"),
        "certificate": _("Das Zertifikat des Servers ist ungültig: %(value)s"),
        "not_public": _("Die Adresse führt in ein Netz, das nicht öffentlich ist: %(value)s"),
        "of_the_machine": _("Die Adresse führt zu diesem Rechner selbst: %(value)s"),
        "elsewhere": _("Das ist keine Adresse im Internet: %(value)s"),
        "http_401": _("Der Server verlangt eine Anmeldung."),
        "http_403": _("Der Server lässt uns nicht zu."),
        "http_404": _("Unter dieser Adresse gibt es nichts."),
    }


def _of_datasets() -> dict[str, str]:
    return {
        "name_too_long": _("Der Name dieses Datensatzes ist zu lang: %(value)s"),
        "node_named": _("Dieser Datensatz hat keinen Namen. Wir haben ihm einen gegeben."),
        "more_pages": _("Gelesen und angekündigt: %(value)s Datensätze. Der Rest steht auf weiteren Seiten."),
        "names_nothing": _(
            "Die Quelle nannte keinen Datensatz; es wurde nichts als verschwunden vermerkt. Bitte sehen Sie die Adresse an:"
            " %(value)s. Ist der Katalog wirklich leer, sagt das „dreiklang import catalogue … --emptied“."
        ),
        "kept": _("Dieses Feld kennen wir nicht. Es bleibt aufgehoben: „%(value)s“."),
    }


def _rewritten() -> dict[str, str]:
    """Lines of the table in docs/sources/dcat-ap-de.md after which the words of the source are kept."""
    return {
        "date": _("„%(value)s“ ist kein Datum nach ISO 8601. Der Wortlaut bleibt aufgehoben."),
        "licence": _("Die Lizenz steht in Worten da: „%(value)s“. Der Wortlaut bleibt aufgehoben."),
        "unlisted": _("„%(value)s“ steht in keiner Liste von DCAT-AP.de. Der Wortlaut bleibt aufgehoben."),
        "legal_basis": _("Die Rechtsgrundlage steht ab 3.0 als Herkunft: „%(value)s“."),
        "checksum": _("Eine Prüfsumme ohne Wert oder Verfahren bleibt weg: „%(value)s“."),
        "only_one": _("Erlaubt ist nur eine Angabe. Diese bleibt aufgehoben: „%(value)s“."),
        "byte_size": _("„%(value)s“ ist keine Zahl von Bytes."),
        "mail": _("„%(value)s“ ist keine Adresse für E-Mail."),
        "address": _("„%(value)s“ ist keine Adresse im Internet."),
        "telephone": _("„%(value)s“ ist keine Telefonnummer."),
    }


def _gaps() -> dict[str, str]:
    return {
        "no_title": _("Der Titel fehlt."),
        "no_description": _("Die Beschreibung fehlt."),
        "no_publisher": _("Es steht nicht da, wer veröffentlicht."),
        "more_publishers": _("Mehrere veröffentlichen; erlaubt ist einer."),
        "publisher_without_name": _("Wer veröffentlicht, hat keinen Namen."),
        "no_address": _("Die Adresse fehlt."),
        "no_licence": _("Die Lizenz fehlt."),
        "more_licences": _("Es stehen mehrere Lizenzen da; erlaubt ist eine."),
        "no_way_to_reach": _("E-Mail, Internetseite oder Telefon fehlt."),
        "no_begin_or_end": _("Beginn oder Ende fehlt."),
        "agent_not_described": _("Von dieser Stelle steht nur eine Adresse da."),
        "no_endpoint": _("Die Adresse des Dienstes fehlt."),
    }
