"""Why a formula cannot be kept, as a German sentence: on forms and in reports of imports."""

from django.utils.translation import gettext as _


def formula_sentence(code: str, *, words: str = "", at: int = 0) -> str:
    """What is wrong, in one sentence. `at` is counted from 0, people count from 1."""
    said = {**_of_reading(), **_of_meaning()}.get(code, _("An Stelle %(at)s geht es nicht weiter."))
    return said % {"words": words, "at": at + 1}


def _of_reading() -> dict[str, str]:
    return {
        "empty": _("Die Formel ist leer."),
        "too_long": _("Die Formel ist zu lang."),
        "too_deep": _("Die Formel hat zu viele Klammern ineinander."),
        "unknown_sign": _("Das Zeichen an Stelle %(at)s gehört in keine Formel."),
        "unknown_function": _("Die Funktion an Stelle %(at)s gibt es nicht."),
        "bad_key": _("An Stelle %(at)s steht kein Kurzname eines Indikators."),
        "bad_number": _("An Stelle %(at)s steht keine Zahl."),
        "ambiguous_number": _(
            "Die Zahl an Stelle %(at)s kann zweierlei heißen. Schreiben Sie sie ohne Tausenderpunkt."
        ),
        "decimal_comma": _(
            "An Stelle %(at)s: In Formeln steht ein Punkt vor den Dezimalstellen, kein Komma."
        ),
        "wrong_count": _("Die Funktion an Stelle %(at)s braucht eine andere Zahl von Angaben."),
        "years_expected": _("An Stelle %(at)s fehlt, über wie viele ganze Jahre."),
        "number_expected": _("An Stelle %(at)s wird eine Zahl erwartet."),
        "change_in_change": _("Eine Änderung von Änderungen lässt sich nicht rechnen (Stelle %(at)s)."),
        "value_expected": _("An Stelle %(at)s fehlt ein Wert."),
        "unclosed": _("Eine Klammer wird nicht geschlossen (Stelle %(at)s)."),
    }


def _of_meaning() -> dict[str, str]:
    return {
        "nothing_named": _(
            "Die Formel nennt keinen Indikator. Schreiben Sie seinen Kurznamen in eckige Klammern."
        ),
        "unit_mismatch": _("Die Einheiten passen nicht zusammen: %(words)s."),
        "unit_unknown": _("Der Indikator %(words)s hat noch keine Einheit."),
        "formula_needs_unit": _("Eine Formel braucht eine Einheit für ihr Ergebnis."),
        "unknown_input": _("Einen Indikator „%(words)s“ gibt es nicht."),
        "formula_in_circle": _("Die Indikatoren hängen im Kreis voneinander ab: %(words)s."),
    }
