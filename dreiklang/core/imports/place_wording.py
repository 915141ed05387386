"""Codes of geometries in sentences: why a place cannot be kept, what was done to it, why a file has none."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop

# Of one feature; an importer with words of its own (a district, a measure) says them instead.
PLACE_ROWS: Mapping[str, str] = {
    "empty_geometry": gettext_noop("Das Objekt hat keine Geometrie. Bitte ergänzen Sie sie in der Quelle."),
    "broken_geometry": gettext_noop(
        "Die Geometrie ist beschädigt. Bitte geben Sie das Objekt aus dem Geoinformationssystem neu aus."
    ),
    "unsupported_type": gettext_noop(
        "Geometrien der Art %(value)s werden nicht gelesen. Bitte geben Sie das Objekt als Polygon, Linie oder Punkt aus."
    ),
    "linked_geometry": gettext_noop(
        "Die Geometrie steht nicht beim Objekt, sondern unter einem Verweis (%(value)s). Verweisen wird nicht gefolgt; bitte geben Sie die Geometrie beim Objekt aus."
    ),
    "not_an_area": gettext_noop(
        "Die Geometrie mischt Flächen, Linien und Punkte, oder sie ist keine Fläche. Bitte geben Sie eine einzige Art aus."
    ),
    "cannot_repair": gettext_noop(
        "Der Umriss überschneidet sich selbst so stark, dass eine Reparatur die Fläche verändern würde. Bitte in der Quelle berichtigen."
    ),
    "ring_repaired": gettext_noop(
        "Der Umriss überschnitt sich selbst und wurde repariert; die Fläche blieb gleich. Bitte sehen Sie die Karte an."
    ),
    "height_dropped": gettext_noop("Die Koordinaten haben eine Höhe. Sie wird nicht übernommen."),
    "axes_turned": gettext_noop(
        "Rechts- und Hochwert standen in der anderen Reihenfolge und wurden gedreht. Bitte sehen Sie die Karte an."
    ),
    "collection_opened": gettext_noop("Die Sammlung von Flächen wurde zu einer Fläche vereint."),
    "thinned_out": gettext_noop(
        "Der Umriss hatte mehr als 50.000 Punkte. Er wurde auf wenige Meter genau vereinfacht."
    ),
    "too_many_points": gettext_noop(
        "Der Umriss hat %(value)s Punkte; auch vereinfacht sind es zu viele. Bitte vereinfachen Sie ihn in der Quelle auf höchstens 50.000."
    ),
    "coordinates_swapped": gettext_noop(
        "Länge und Breite sind vertauscht: So läge das Objekt außerhalb Deutschlands. Setzen Sie „Länge und Breite vertauschen“ (--swap)."
    ),
    "other_crs": gettext_noop(
        "Die Koordinaten passen nicht zum angegebenen Koordinatensystem: So läge das Objekt außerhalb Deutschlands. Sie passen zu %(value)s. Wählen Sie das richtige unter „Koordinatensystem“ (--srid)."
    ),
    "metres_as_degrees": gettext_noop(
        "Die Koordinaten sind Meter, ein Koordinatensystem steht nicht dabei. Sie passen zu %(value)s. Wählen Sie das richtige unter „Koordinatensystem“ (--srid)."
    ),
    "metres_called_degrees": gettext_noop(
        "Die Koordinaten sind Meter, angegeben sind aber Grad (EPSG:4326). Sie passen zu %(value)s. Wählen Sie das richtige unter „Koordinatensystem“ (--srid)."
    ),
    "outside_germany": gettext_noop(
        "Das Objekt läge außerhalb Deutschlands. Prüfen Sie die Koordinaten und das Koordinatensystem (--srid)."
    ),
    "unknown_crs": gettext_noop(
        "Das Koordinatensystem „%(value)s“ ist nicht bekannt. Wählen Sie das richtige unter „Koordinatensystem“ (--srid)."
    ),
    "far_from_city": gettext_noop(
        "Das Objekt liegt nicht in der Stadt, sondern %(value)s entfernt. Stimmt das Koordinatensystem?"
    ),
}
# Of a whole file or address.
PLACE_FILES: Mapping[str, str] = {
    "unknown_crs": gettext_noop(
        "Das Koordinatensystem „%(detail)s“ ist nicht bekannt. Bitte wählen Sie eines (--srid), zum Beispiel EPSG:25833."
    ),
    "metres_as_degrees": gettext_noop(
        "Die Koordinaten sind Meter (%(detail)s), die Datei sagt aber nichts dazu. Bitte wählen Sie das Koordinatensystem (--srid), zum Beispiel EPSG:25832 oder EPSG:25833."
    ),
    "metres_called_degrees": gettext_noop(
        "Die Koordinaten sind Meter (%(detail)s), angegeben sind aber Grad (EPSG:4326). Bitte wählen Sie das richtige Koordinatensystem (--srid), zum Beispiel EPSG:25832 oder EPSG:25833."
    ),
    "degrees_as_metres": gettext_noop(
        "Die Koordinaten sind Grad, angegeben ist aber %(detail)s. Bitte geben Sie EPSG:4326 an oder nichts."
    ),
    "no_such_layer": gettext_noop("Eine Ebene „%(detail)s“ gibt es nicht. Bitte wählen Sie eine andere."),
    "several_layers": gettext_noop(
        "Der Dienst bietet mehrere Ebenen: %(detail)s. Bitte nennen Sie eine (--sheet)."
    ),
    "not_an_address": gettext_noop(
        "„%(detail)s“ ist keine Adresse eines Dienstes. Sie beginnt mit https:// oder http://."
    ),
    "no_answer": gettext_noop(
        "Der Dienst antwortet nicht (%(detail)s). Bitte prüfen Sie die Adresse, oder versuchen Sie es später noch einmal."
    ),
    "not_public": gettext_noop(
        "Der Dienst verweist in ein Netz, das von hier nicht erreicht werden darf (%(detail)s)."
    ),
    "no_access": gettext_noop(
        "Der Dienst verlangt eine Anmeldung. Dreiklang liest nur offene Dienste; bitte laden Sie die Daten als Datei herunter."
    ),
    "nothing_there": gettext_noop("Unter der Adresse gibt es nichts (%(detail)s). Bitte prüfen Sie sie."),
    "service_error": gettext_noop("Der Dienst meldet einen Fehler: %(detail)s"),
    "web_page": gettext_noop(
        "Der Dienst antwortet mit einer Webseite statt mit Daten. Bitte nehmen Sie die Adresse der Daten selbst, meist mit WFS oder /collections/ darin."
    ),
    "no_places": gettext_noop(
        "Unter der Adresse antwortet kein WFS, kein OGC-API-Dienst und kein GeoJSON. Bitte prüfen Sie die Adresse."
    ),
    "service_too_large": gettext_noop(
        "Der Dienst liefert mehr als erlaubt (%(limit)s). Bitte grenzen Sie die Abfrage ein, oder laden Sie eine Datei hoch."
    ),
    "incomplete": gettext_noop(
        "Der Dienst gibt nur einen Teil her (%(detail)s) und sagt nicht, wo der Rest ist. Bitte laden Sie die Daten als Datei herunter."
    ),
    "endless": gettext_noop(
        "Der Dienst verweist von einer Seite immer wieder auf dieselbe. Das Lesen wurde abgebrochen."
    ),
}
# Sentences that repeat what the user gave, or what a service said; all others keep the parser's words to themselves.
NAMING: frozenset[str] = frozenset(
    {
        "unknown_crs",
        "metres_as_degrees",
        "metres_called_degrees",
        "degrees_as_metres",
        "no_such_layer",
        "several_layers",
        "not_an_address",
        "no_answer",
        "not_public",
        "nothing_there",
        "service_error",
        "incomplete",
    }
)
# Where more is known than the code: "code/detail".
PLACE_REASONS: Mapping[str, str] = {
    "no_answer/unreachable": gettext_noop(
        "Der Dienst ist nicht zu erreichen. Bitte prüfen Sie die Adresse, oder versuchen Sie es später noch einmal."
    ),
    "no_answer/too_slow": gettext_noop(
        "Der Dienst antwortet zu langsam, das Lesen wurde abgebrochen. Bitte grenzen Sie die Abfrage ein, oder laden Sie eine Datei hoch."
    ),
    "no_answer/certificate": gettext_noop(
        "Der Dienst zeigt ein ungültiges Zertifikat; ihm wird nicht vertraut. Bitte sagen Sie es seiner Betreuung."
    ),
    "broken/xml": gettext_noop(
        "Die Datei ist kein gültiges XML%(place)s. Bitte lassen Sie sie von dem Programm, aus dem sie kommt, neu ausgeben."
    ),
    "broken/entities": gettext_noop(
        "Die Datei enthält eine Dokumenttyp-Angabe oder Entitäten und wird deshalb nicht geöffnet. Bitte geben Sie sie ohne aus."
    ),
    "broken/geopackage": gettext_noop(
        "Die Datei ist kein lesbares GeoPackage. Bitte geben Sie sie aus dem Geoinformationssystem neu aus."
    ),
    "wrong_type/no_geopackage": gettext_noop(
        "Die Datei ist eine SQLite-Datenbank, aber kein GeoPackage: Das Verzeichnis der Ebenen fehlt."
    ),
    "wrong_type/no_features": gettext_noop("In der Datei stehen keine Objekte mit Geometrie."),
    "wrong_type/no_feature_collection": gettext_noop(
        "Das ist kein GeoJSON: Erwartet wird eine FeatureCollection."
    ),
    "wrong_type/no_gml": gettext_noop("Die XML-Datei enthält kein GML und kein XPlanGML."),
    "empty/no_features": gettext_noop("In der Datei steht kein einziges Objekt."),
    "empty/no_plan": gettext_noop(
        "In der Datei steht kein Plan (BP_Plan, FP_Plan, SO_Plan, RP_Plan, LP_Plan)."
    ),
    "too_large/memory": gettext_noop(
        "Die Datei braucht beim Lesen zu viel Speicher. Bitte teilen oder vereinfachen Sie sie."
    ),
    "too_large/rows": gettext_noop("In der Datei stehen zu viele Objekte. Bitte teilen Sie sie."),
}
PLACE_NOTES: Mapping[str, str] = {
    "crs": gettext_noop("Koordinatensystem: %(value)s."),
    "crs_each": gettext_noop("Koordinatensystem: bei jedem Objekt angegeben."),
    "other_layer": gettext_noop("Die Ebene „%(value)s“ wurde nicht gelesen."),
    "format": gettext_noop("Format: %(value)s."),
    "not_a_plan": gettext_noop("%(value)s Objekte der Datei sind keine Pläne und wurden nicht gelesen."),
}
