"""Why an address cannot become a map service, in sentences: what happened, and what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES: Mapping[str, str] = {
    "certificate": gettext_noop(
        "Das Zertifikat des Servers gilt nicht. Browser würden die Karte nicht laden. Bitte wenden Sie sich an den Betreiber."
    ),
    "credentials": gettext_noop(
        "In der Adresse stehen Name und Kennwort. Jeder Besucher könnte sie lesen. Nötig ist ein Dienst ohne Anmeldung."
    ),
    "crs_not_offered": gettext_noop(
        "Dieses Koordinatensystem bieten die gewählten Ebenen nicht an. Sie bieten: %(value)s."
    ),
    "entities": gettext_noop(
        "Die Antwort enthält Ersetzungen (Entitäten), mit denen sich Server angreifen lassen. Sie wurde nicht gelesen."
    ),
    "format_not_offered": gettext_noop(
        "Dieses Bildformat bieten die gewählten Ebenen nicht an. Sie bieten: %(value)s."
    ),
    "html": gettext_noop(
        "Unter der Adresse kommt eine Webseite statt einer Karte. Gesucht ist die Adresse des Dienstes; "
        "sie steht im Geoportal meist unter „WMS“ oder „GetCapabilities“."
    ),
    "http": gettext_noop("Der Server meldet Fehler %(value)s. Bitte prüfen Sie die Adresse."),
    "inside": gettext_noop(
        "Die Adresse leitet in ein internes Netz weiter (%(value)s). Dort können Besucher die Karte nicht laden."
    ),
    "login": gettext_noop(
        "Der Dienst verlangt eine Anmeldung (Fehler %(value)s). Besucher haben keine; nötig ist ein öffentlicher Dienst."
    ),
    "mixed_content": gettext_noop(
        "Diese Seite läuft über https, der Dienst nur über http. Browser laden solche Karten nicht. "
        "Versuchen Sie dieselbe Adresse mit https://."
    ),
    "moved": gettext_noop(
        "Der Dienst leitet zu einem anderen Server weiter (%(value)s). Browser laden seine Bilder von dort nicht. "
        "Bitte tragen Sie die Adresse dieses Servers ein."
    ),
    "no_choice": gettext_noop("Bitte wählen Sie mindestens eine Ebene."),
    "no_crs": gettext_noop(
        "Die gewählten Ebenen gibt es zusammen in keinem Koordinatensystem, das die Karte zeichnet "
        "(EPSG:25832, 25833, 3857, 4326). Gemeinsam ist ihnen: %(value)s."
    ),
    "no_layers": gettext_noop("Der Dienst nennt keine Ebene, die sich zeigen lässt."),
    "no_picture": gettext_noop("Das Probebild ist kein Bild. Es beginnt mit: %(value)s"),
    "not_a_map": gettext_noop(
        "Die Adresse antwortet, aber nicht wie ein Kartendienst (WMS oder WMTS). Die Antwort beginnt mit: %(value)s"
    ),
    "not_an_address": gettext_noop(
        "Das ist keine Web-Adresse. Sie beginnt mit https:// und nennt einen Server."
    ),
    "host_no_policy_names": gettext_noop(
        "Den Server %(value)s kann die Sicherheitsregel der Seite nicht nennen: Namen mit Unterstrich und "
        "IPv6-Adressen gehören nicht dazu. Browser zeigten seine Bilder nie. Bitte nehmen Sie einen anderen Namen des Servers."
    ),
    "of_the_machine": gettext_noop(
        "Diese Adresse gilt nur innerhalb eines Geräts oder Rechenzentrums (%(value)s). Dreiklang fragt dort nie. "
        "Nötig ist ein Server, den Besucher erreichen."
    ),
    "one_layer": gettext_noop("Ein Dienst mit Kacheln (WMTS) zeigt immer eine Ebene. Bitte wählen Sie eine."),
    "other_service": gettext_noop(
        "Unter der Adresse läuft ein anderer Dienst (%(value)s), zum Beispiel für Rohdaten. Gesucht ist WMS oder WMTS."
    ),
    "service_exception": gettext_noop("Der Dienst lehnt ab. Er sagt: %(value)s"),
    "too_large": gettext_noop("Die Antwort ist größer als erlaubt. Sie wurde nicht gelesen."),
    "too_slow": gettext_noop(
        "Der Server brauchte länger als 15 Sekunden. So lange wartet niemand auf eine Karte."
    ),
    "unknown_layer": gettext_noop("Die Ebene „%(value)s“ bietet der Dienst nicht an."),
    "unreachable": gettext_noop("Der Server antwortet nicht. Bitte prüfen Sie die Adresse."),
}
NOTES: Mapping[str, str] = {
    "beside": gettext_noop(
        "Die Karte liegt nach eigener Angabe neben der Stadt. Bitte sehen Sie nach, ob sie hier etwas zeigt."
    ),
    "inside": gettext_noop(
        "Der Server steht in einem internen Netz. Besucher von außen werden die Karte nicht sehen."
    ),
}


def sentence(code: str, value: str = "") -> str:
    """The refusal in words; a code of a later version stands as it is."""
    return _(SENTENCES[code]) % {"value": value} if code in SENTENCES else f"{code}: {value}"


def note(code: str) -> str:
    """What to mind of a service that gave a picture."""
    return _(NOTES[code]) if code in NOTES else code
