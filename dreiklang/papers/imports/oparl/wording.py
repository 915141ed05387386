"""What was wrong with an object or a list, in sentences: what happened, and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES: Mapping[str, str] = {
    "address_missing": gettext_noop("Die Datei hat keine Adresse. Sie steht ohne Verweis in der Liste."),
    "belongs_nowhere": gettext_noop(
        "Das Objekt gehört zu nichts, was bekannt ist (%(value)s). Es wird nur aufbewahrt."
    ),
    "certificate": gettext_noop("Das Zertifikat des Servers gilt nicht. Er wird nicht gelesen: %(value)s"),
    "crashed": gettext_noop(
        "Der Abgleich brach ab. Was bis dahin gelesen war, bleibt. Bitte melden Sie es der Betreuung: %(value)s"
    ),
    "elsewhere": gettext_noop(
        "Die Adresse führt zu einem fremden Server. Sie wird nicht abgerufen: %(value)s"
    ),
    "ends_before_start": gettext_noop(
        "Das Ende liegt vor dem Beginn (%(value)s). Die Sitzung steht ohne Ende da."
    ),
    "file_unknown": gettext_noop("Zu diesem Text gibt es keine Datei. Er wird nur aufbewahrt: %(value)s"),
    "id_missing": gettext_noop(
        "Das Objekt hat keine Kennung (%(value)s). Es kann nicht wiedererkannt werden und wird nur aufbewahrt."
    ),
    "id_twice": gettext_noop("Zwei verschiedene Objekte tragen dieselbe Kennung. Beide bleiben: %(value)s"),
    "list_missing": gettext_noop("Die Körperschaft nennt keine Liste „%(field)s“."),
    "more_problems": gettext_noop("%(value)s weitere Hinweise stehen nicht einzeln da."),
    "name_missing": gettext_noop("Der Name fehlt. Da steht jetzt „Ohne Titel“."),
    "next_elsewhere": gettext_noop(
        "Die nächste Seite der Liste läge auf einem fremden Server. Die Liste endet hier: %(value)s"
    ),
    "next_endless": gettext_noop(
        "Die Liste verweist im Kreis und nimmt kein Ende. Sie wurde hier abgebrochen: %(value)s"
    ),
    "no_folder": gettext_noop("Den Ordner gibt es nicht, oder er enthält keine JSON-Dateien: %(value)s"),
    "no_such_time": gettext_noop("Die Zeit „%(value)s“ kann nicht stimmen. Das Feld bleibt leer."),
    "not_a_time": gettext_noop("„%(value)s“ ist keine Zeit. Das Feld bleibt leer."),
    "not_an_address": gettext_noop("„%(value)s“ ist keine Web-Adresse. Das Feld bleibt leer."),
    "not_an_object": gettext_noop("Statt eines Objekts steht da: %(value)s"),
    "not_json": gettext_noop("Die Antwort ist kein lesbares JSON: %(value)s"),
    "not_public": gettext_noop("Die Adresse führt in ein internes Netz. Sie wird nicht abgerufen: %(value)s"),
    "not_known": gettext_noop(
        "Das Objekt nennt etwas, das noch nicht bekannt ist. Es wird verbunden, sobald es da ist: %(value)s"
    ),
    "of_the_machine": gettext_noop(
        "Die Adresse gilt nur innerhalb eines Geräts oder Rechenzentrums. Sie wird nicht abgerufen: %(value)s"
    ),
    "object_for_list": gettext_noop("Statt einer Liste steht ein einzelnes Objekt da. Es wurde übernommen."),
    "reference_missing": gettext_noop(
        "Die Vorlage hat keine Nummer. Sie steht unter dem Ende ihrer Kennung da."
    ),
    "reference_twice": gettext_noop("Eine andere Vorlage trägt dieselbe Nummer. Beide bleiben."),
    "repaired": gettext_noop("Das JSON war beschädigt (Steuerzeichen oder Zeichensatz) und wurde repariert."),
    "several_organizations": gettext_noop(
        "Mehrere Gremien sind genannt. Das erste steht in der Beratungsfolge: %(value)s"
    ),
    "taken_back": gettext_noop(
        "Der Beschluss %(value)s war öffentlich, weil das Ratsinformationssystem ihn zeigte. Dort ist er nicht mehr "
        "öffentlich oder zurückgezogen; hier ist er jetzt intern."
    ),
    "too_large": gettext_noop("Größer als erlaubt; nicht gelesen: %(value)s"),
    "too_long": gettext_noop("Der Text ist zu lang und wurde gekürzt. Ganz steht er im aufbewahrten Objekt."),
    "too_slow": gettext_noop("Der Server brauchte zu lange: %(value)s"),
    "unreachable": gettext_noop("Der Server antwortet nicht: %(value)s"),
    "wrong_type": gettext_noop("„%(value)s“ ist hier nicht vorgesehen. Das Feld bleibt leer."),
}
# Why a file has no text, or only a part of it.
FILES: Mapping[str, str] = {
    "broken": gettext_noop("Die Datei ist beschädigt. Sie steht ohne Text da."),
    "broken_pages": gettext_noop("Einige Seiten sind beschädigt. Gelesen wurde der Rest."),
    "certificate": gettext_noop("Das Zertifikat des Servers gilt nicht. Die Datei steht ohne Text da."),
    "cut_short": gettext_noop("Die Datei ist sehr lang. Gelesen wurde der Anfang."),
    "empty": gettext_noop("Die Datei ist leer."),
    "external_links": gettext_noop(
        "Die Datei verweist auf fremde Adressen. Gelesen wurde der Text; den Verweisen folgt niemand."
    ),
    "legacy_doc": gettext_noop(
        "Das alte Word-Format (.doc) wird nicht gelesen. Bitte als PDF oder DOCX anbieten."
    ),
    "macros": gettext_noop("Die Datei enthält Makros. Sie wurde nicht geöffnet."),
    "password": gettext_noop("Die Datei ist mit einem Kennwort geschützt. Sie steht ohne Text da."),
    "scanned": gettext_noop(
        "Die Datei ist ein Bild ohne Text, zum Beispiel gescannt. Sie steht ohne Text da."
    ),
    "scanned_pages": gettext_noop("Einige Seiten sind Bilder ohne Text. Gelesen wurde der Rest."),
    "too_large": gettext_noop("Die Datei ist größer als erlaubt. Sie wurde nicht abgerufen."),
    "too_slow": gettext_noop("Die Datei zu lesen dauerte zu lange. Sie steht ohne Text da."),
    "unreachable": gettext_noop("Der Server gab die Datei nicht her."),
    "unreadable": gettext_noop("Die Datei konnte nicht gelesen werden."),
    "wrong_type": gettext_noop("Das Format der Datei wird nicht gelesen."),
    "zip_bomb": gettext_noop("Die Datei ist gepackt und entpackt viel zu groß. Sie wurde nicht geöffnet."),
    "not_public": gettext_noop("Die Adresse führt in ein internes Netz. Sie wird nicht abgerufen."),
    "of_the_machine": gettext_noop(
        "Die Adresse gilt nur innerhalb eines Geräts oder Rechenzentrums. Sie wird nicht abgerufen."
    ),
    "elsewhere": gettext_noop("Die Adresse der Datei ist keine Web-Adresse."),
}
HTTP_FILE = gettext_noop("Der Server meldet Fehler %(code)s. Die Datei steht ohne Text da.")
HTTP = gettext_noop("Der Server meldet Fehler %(code)s: %(value)s")


def sentence(*, code: str, field: str = "", value: str = "") -> str:
    """The problem in words; a code of a later version stands as it is."""
    if code.startswith("http_"):
        return _(HTTP) % {"code": code.removeprefix("http_"), "value": value}
    if code not in SENTENCES:
        return f"{code}: {value}"
    return _(SENTENCES[code]) % {"field": field, "value": value}


def file_sentence(code: str) -> str:
    """Why a file has no text or only a part of it; a code of a later version stands as it is."""
    if code.startswith("http_"):
        return _(HTTP_FILE) % {"code": code.removeprefix("http_")}
    return _(FILES[code]) if code in FILES else code
