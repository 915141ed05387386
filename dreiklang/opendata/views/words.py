"""What a refusal says to whoever reads it, and what a property is called."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

_REFUSALS = {
    "unknown_parameter": gettext_noop("Diesen Parameter gibt es hier nicht. Es gibt: %(known)s."),
    "given_twice": gettext_noop("Geben Sie diesen Parameter nur einmal an."),
    "empty": gettext_noop("Dieser Parameter ist leer. Lassen Sie ihn weg, oder geben Sie einen Wert an."),
    "odd_characters": gettext_noop("Der Wert enthält ein Zeichen, das kein Text ist."),
    "not_whole": gettext_noop("„%(value)s“ ist keine ganze Zahl ab 0."),
    "limit_too_small": gettext_noop("Mindestens 1: ohne Objekte gibt es keine Antwort."),
    "too_large": gettext_noop("Die Zahl ist zu groß."),
    "bbox_count": gettext_noop(
        "Ein Rechteck hat vier Zahlen (oder sechs, mit Höhen), durch Kommas getrennt. Angegeben: %(count)s."
    ),
    "not_a_number": gettext_noop("„%(value)s“ ist keine Zahl. Das Dezimalzeichen ist ein Punkt."),
    "bbox_height": gettext_noop(
        "%(system)s hat keine Höhe: vier Zahlen. Sechs Zahlen gehen ohne „bbox-crs“."
    ),
    "bbox_swapped": gettext_noop(
        "Die erste Ecke muss südwestlich der zweiten liegen. Sind Werte vertauscht? „%(value)s“"
    ),
    "outside_crs": gettext_noop(
        "„%(value)s“ liegt außerhalb dessen, was das Koordinatensystem beschreibt. "
        "Stimmen System und Reihenfolge der Achsen?"
    ),
    "not_an_instant": gettext_noop(
        "„%(value)s“ ist kein Zeitpunkt nach RFC 3339. Zum Beispiel: 2027-01-01T00:00:00Z oder 2027-01-01."
    ),
    "datetime_open": gettext_noop("Ein Zeitraum braucht mindestens einen Anfang oder ein Ende."),
    "datetime_swapped": gettext_noop("Der Zeitraum endet, bevor er beginnt: „%(value)s“."),
    "unknown_crs": gettext_noop(
        "Das Koordinatensystem „%(value)s“ wird hier nicht gesprochen. Die Adressen stehen in der Sammlung unter „crs“."
    ),
    "not_one_of": gettext_noop("„%(value)s“ gibt es nicht. Es gibt: %(choices)s."),
    "missing": gettext_noop("Das gibt es nicht, oder es ist nicht öffentlich: „%(key)s“."),
    "method": gettext_noop("Diese Schnittstelle liest nur: GET, HEAD und OPTIONS."),
    "form": gettext_noop("Hier gibt es JSON und HTML; nichts davon nimmt Ihr Programm an."),
}
_TITLES = {
    400: gettext_noop("Das hat die Schnittstelle nicht verstanden"),
    404: gettext_noop("Hier ist nichts"),
    405: gettext_noop("Hier wird nur gelesen"),
    406: gettext_noop("In dieser Form gibt es das nicht"),
}
PROPERTIES = {
    "number": gettext_lazy("Nummer"),
    "title": gettext_lazy("Titel"),
    "teaser": gettext_lazy("In einem Satz"),
    "department": gettext_lazy("Kürzel des federführenden Amts"),
    "department_name": gettext_lazy("Federführendes Amt"),
    "task_type": gettext_lazy("Aufgabenart"),
    "duration": gettext_lazy("Dauer"),
    "starts_on": gettext_lazy("Beginn"),
    "ends_on": gettext_lazy("Zuerst geplantes Ende"),
    "expected_end_on": gettext_lazy("Jetzt erwartetes Ende"),
    "standing": gettext_lazy("Stand"),
    "phase": gettext_lazy("Phase"),
    "timeliness": gettext_lazy("Im Zeitplan?"),
    "reported_on": gettext_lazy("Bericht vom"),
    "cost_eur": gettext_lazy("Kosten in Euro"),
    "cost_words": gettext_lazy("Kosten in Worten"),
    "place": gettext_lazy("Ort"),
    "areas": gettext_lazy("Stadtteile und Gebiete"),
    "tasks": gettext_lazy("Zukunftsaufgaben"),
    "goals": gettext_lazy("Ziele"),
    "concepts": gettext_lazy("Konzepte"),
    "status": gettext_lazy("Stand"),
    "valid_from": gettext_lazy("Gültig ab"),
    "valid_to": gettext_lazy("Gültig bis"),
    "resolution": gettext_lazy("Beschluss"),
    "resolution_on": gettext_lazy("Beschlossen am"),
    "summary": gettext_lazy("Kurzfassung"),
    "plan_type": gettext_lazy("Planart"),
    "initiated_on": gettext_lazy("Aufstellungsbeschluss"),
    "display_from": gettext_lazy("Öffentliche Auslegung von"),
    "display_until": gettext_lazy("Öffentliche Auslegung bis"),
    "resolved_on": gettext_lazy("Satzungs- oder Planbeschluss"),
    "in_force_on": gettext_lazy("Inkrafttreten"),
    "key": gettext_lazy("Schlüssel"),
    "name": gettext_lazy("Name"),
    "level": gettext_lazy("Kurzname der Ebene"),
    "level_name": gettext_lazy("Ebene"),
    "part_of": gettext_lazy("Teil von"),
    "attribution": gettext_lazy("Quellenangabe"),
    "url": gettext_lazy("Seite für Menschen"),
}


def refusal_words(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a refusal, with what was found."""
    return _(_REFUSALS[code]) % {name: str(value)[:200] for name, value in facts.items()}


def refusal_title(status: int) -> str:
    """What stands above it."""
    return _(_TITLES[status])
