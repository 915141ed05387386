"""Refusals of checks in words: what happened, why, what to do next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core.errors import Refused
from dreiklang.papers.models import CheckText
from dreiklang.papers.rules.checks import Hindrance, HindranceCode

WORDS = {
    "no_checklist": gettext_lazy(
        "Es ist kein Prüfschema in Kraft. Die Koordination setzt eines in Kraft, dann kann es losgehen."
    ),
    "no_title": gettext_lazy("Bitte geben Sie der Prüfung einen Titel."),
    "nothing_to_check": gettext_lazy(
        "Bitte laden Sie eine Datei, fügen Sie Text ein oder wählen Sie eine Vorlage mit Text oder ein Konzept."
    ),
    "reads_own": gettext_lazy("Die Zweitprüfung macht eine andere Person als Sie."),
    "is_over": gettext_lazy("Diese Prüfung ist abgeschlossen."),
    "not_editable": gettext_lazy(
        "Jetzt liegt die Prüfung bei anderen. Antworten ändern Sie, wenn sie zurückkommt."
    ),
    "empty": gettext_lazy("Es steht noch kein Text da."),
    "unchanged": gettext_lazy("Der neue Text ist derselbe wie der alte."),
    "needs_reason": gettext_lazy("Bitte nennen Sie den Grund."),
    "needs_amount": gettext_lazy("Bitte nennen Sie den Betrag, oder wählen Sie „nicht bekannt“."),
    "unknown_question": gettext_lazy("Diese Frage gibt es in diesem Prüfschema nicht."),
    "unknown_value": gettext_lazy("Diese Antwort steht nicht zur Wahl."),
    "unknown_goal": gettext_lazy("Dieses Ziel wurde inzwischen verworfen. Öffnen Sie die Seite neu."),
    "own_office": gettext_lazy("Das zuständige Amt zeichnet nicht bei sich selbst mit."),
    "in_the_past": gettext_lazy("Eine Frist liegt in der Vergangenheit."),
    "has_answered": gettext_lazy("Ein Amt hat schon geantwortet. Es bleibt auf der Liste."),
    "not_open": gettext_lazy("Mitzeichnen ist erst möglich, wenn die Zweitprüfung abgeschlossen ist."),
    "not_released": gettext_lazy("Vor der Freigabe nennen Sie die Vorlage bei den Angaben zur Prüfung."),
    "has_paper": gettext_lazy("Zu dieser Prüfung ist schon eine Vorlage genannt."),
    "wrong_state": gettext_lazy("Das geht in diesem Stand nicht. Jemand war vielleicht schneller."),
}
HINDRANCES = {
    HindranceCode.INCOMPLETE: gettext_lazy("Antworten, die noch fehlen: %(names)s"),
    HindranceCode.NO_READER: gettext_lazy("Es fehlt, wer gegenliest."),
    HindranceCode.READS_OWN: gettext_lazy("Bearbeitung und Zweitprüfung sind dieselbe Person."),
    HindranceCode.NO_TREASURY: gettext_lazy("Es kostet Geld, aber die Kämmerei wurde nicht gefragt."),
    HindranceCode.ANSWERS_OUTSTANDING: gettext_lazy("Die Frist läuft noch: %(names)s"),
    HindranceCode.DEADLINE_PASSED: gettext_lazy("Ohne Antwort trotz abgelaufener Frist: %(names)s"),
    HindranceCode.OBJECTIONS: gettext_lazy("Widerspruch: %(names)s"),
    HindranceCode.COMMENTS_OPEN: gettext_lazy("Anmerkungen, die niemand erledigt hat: %(names)s"),
    HindranceCode.PROPOSALS_OPEN: gettext_lazy("Vorschläge ohne Ja oder Nein: %(names)s"),
    HindranceCode.WRONG_STATE: gettext_lazy("Das geht in diesem Stand nicht."),
}
# What reading a file may say; the codes of core.documents.
FILE_WORDS = {
    "empty": gettext_lazy("Die Datei ist leer."),
    "too_large": gettext_lazy(
        "Die Datei ist zu groß, mehr als 25 MB lesen wir hier nicht. Fügen Sie den Text ein, oder laden Sie nur die Vorlage ohne Anlagen."
    ),
    "wrong_type": gettext_lazy("Diese Art von Datei lesen wir nicht. Gut sind PDF, DOCX und reiner Text."),
    "password": gettext_lazy(
        "Die Datei ist mit einem Passwort geschützt. Speichern Sie sie ohne Passwort, und laden Sie sie noch einmal."
    ),
    "macros": gettext_lazy("Die Datei enthält Makros. Speichern Sie sie als DOCX ohne Makros."),
    "zip_bomb": gettext_lazy("Die Datei wird beim Öffnen unsinnig groß. Fügen Sie den Text ein."),
    "legacy_doc": gettext_lazy("Das ist ein altes Word-Format. Speichern Sie die Datei als DOCX."),
    "broken": gettext_lazy(
        "Die Datei ist beschädigt und lässt sich nicht öffnen. Speichern Sie sie noch einmal, oder fügen Sie den Text ein."
    ),
    "too_slow": gettext_lazy("Das Lesen dauerte zu lange. Fügen Sie den Text ein."),
    "scanned": gettext_lazy(
        "Die Datei ist ein Scan: Bilder von Text, aber kein Text. Laden Sie die Datei, aus der gedruckt wurde, oder fügen Sie den Text ein."
    ),
}
# What reading a file left out, though it could be read: what is missing, and what to do.
NOTE_WORDS = {
    "scanned_pages": gettext_lazy(
        "Einige Seiten sind Bilder von Text. Was auf ihnen steht, fehlt in der Prüfung. Fügen Sie den ganzen Text von Hand ein, wenn es wichtig ist."
    ),
    "broken_pages": gettext_lazy(
        "Einige Seiten ließen sich nicht lesen. Was auf ihnen steht, fehlt in der Prüfung. Speichern Sie die Datei neu, und laden Sie sie noch einmal."
    ),
    "cut_short": gettext_lazy(
        "Die Datei ist sehr lang. Gelesen wurde nur der Anfang. Laden Sie besser die Vorlage ohne Anlagen."
    ),
    "external_links": gettext_lazy(
        "Die Datei holt Teile ihres Inhalts von außerhalb. Denen folgen wir nicht: Geprüft wird nur, was in der Datei selbst steht."
    ),
}


def worded(refusal: Refused) -> str:
    """The refusal as a sentence."""
    if refusal.code in set(HindranceCode) and refusal.code not in WORDS:
        return hindrance_words(Hindrance(HindranceCode(refusal.code), tuple(refusal.facts.get("names", ()))))
    return str(WORDS.get(refusal.code, _("Das war nicht möglich.")))


def hindrance_words(one: Hindrance) -> str:
    """Why not, as a sentence."""
    return str(HINDRANCES[one.code]) % {"names": ", ".join(one.names)}


def left_out(text: CheckText | None) -> list[str]:
    """What reading the text's file left out, as sentences; codes nobody has words for stay out."""
    return [str(NOTE_WORDS[one]) for one in (text.notes if text else ()) if one in NOTE_WORDS]


def file_words(problem: str) -> str:
    """Why a file could not be read, and what to do."""
    return str(FILE_WORDS.get(problem, FILE_WORDS["broken"]))
