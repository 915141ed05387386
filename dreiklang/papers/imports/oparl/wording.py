"""What was wrong with an object or a list, in sentences: what happened, and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES: Mapping[str, str] = {
    "address_missing": gettext_noop("Die Datei hat keine Adresse. Sie steht ohne Verweis in der Liste."),
    "belongs_nowhere": gettext_noop(
        "Das Objekt gehört zu nichts, was bekannt ist (%(value)s). Es wird nur aufgehoben."
    ),
    "crashed": gettext_noop(
        "Der Abgleich brach ab. Was bis dahin gelesen war, bleibt. Bitte melden Sie es der Betreuung: %(value)s"
    ),
    "elsewhere": gettext_noop(
        "Die Adresse führt zu einem fremden Server. Sie wird nicht abgerufen: %(value)s"
    ),
    "ends_before_start": gettext_noop(
        "Das Ende liegt vor dem Beginn (%(value)s). Die Sitzung steht ohne Ende da."
    ),
    "file_unknown": gettext_noop("Zu diesem Text gibt es keine Datei. Er wird nur aufgehoben: %(value)s"),
    "id_missing": gettext_noop(
        "Das Objekt hat keine Kennung (%(value)s). Es kann nicht wiedererkannt werden und wird nur aufgehoben."
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
    "too_long": gettext_noop("Der Text ist zu lang und wurde gekürzt. Ganz steht er im aufgehobenen Objekt."),
    "too_slow": gettext_noop("Der Server brauchte zu lange: %(value)s"),
    "unreachable": gettext_noop("Der Server antwortet nicht: %(value)s"),
    "wrong_type": gettext_noop("„%(value)s“ ist hier nicht vorgesehen. Das Feld bleibt leer."),
}
HTTP = gettext_noop("Der Server meldet Fehler %(code)s: %(value)s")


def sentence(*, code: str, field: str = "", value: str = "") -> str:
    """The problem in words; a code of a later version stands as it is."""
    if code.startswith("http_"):
        return _(HTTP) % {"code": code.removeprefix("http_"), "value": value}
    if code not in SENTENCES:
        return f"{code}: {value}"
    return _(SENTENCES[code]) % {"field": field, "value": value}
