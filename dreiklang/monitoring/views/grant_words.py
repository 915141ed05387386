"""Values, gaps and roles of grant sheets in words; what is wrong with a layout in words."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core import text
from dreiklang.core.values import Unknown
from dreiklang.monitoring.queries.unit_names import unit_named
from dreiklang.monitoring.rules.sheets import FilledRow, InvalidLayout, Role, Sheet

ROLES = {
    Role.INPUT: gettext_lazy("Einsatz (Input)"),
    Role.OUTPUT: gettext_lazy("Ergebnis (Output)"),
    Role.CONTEXT: gettext_lazy("Umfeld (Kontext)"),
}
# Why a row has no value: what happened, and what to do where somebody can do something.
GAPS: dict[str, str | Promise] = {
    "to_enter": gettext_lazy("Bitte von Hand eintragen."),
    "not_delivered": gettext_lazy("Dafür wurde noch nichts geliefert."),
    "no_value_of_year": gettext_lazy("Für dieses Jahr gibt es keinen Wert."),
    "unknown_indicator": gettext_lazy("Diesen Indikator führt die Stadt noch nicht."),
    "unknown_split": gettext_lazy("Nach diesem Merkmal ist der Indikator nicht gegliedert."),
    "unknown_field": gettext_lazy("Diese Angabe der Vorlage ist nicht bekannt."),
    "no_funding": gettext_lazy("Fördermittel führt Dreiklang noch nicht. Bitte von Hand eintragen."),
    "no_border": gettext_lazy("Das Gebiet hat keine Grenze."),
    "suppressed": gettext_lazy("Wegen kleiner Zahl geheim gehalten."),
    "not_covered": gettext_lazy("Das Gebiet berührt keinen Stadtteil mit Werten."),
    "not_a_count": gettext_lazy("Ein Anteil lässt sich nicht auf ein gezeichnetes Gebiet umrechnen."),
    "input_unknown": gettext_lazy("Von einem Stadtteil des Gebietes fehlt der Wert."),
    "unit_mismatch": gettext_lazy("Der Wert hat eine andere Einheit als die Zeile."),
    "unit_unknown": gettext_lazy("Die Einheit des Wertes ist nicht bekannt."),
    "number_expected": gettext_lazy("Hier gehört eine Zahl hin."),
    "words_expected": gettext_lazy("Hier gehören Worte hin."),
    "division_by_zero": gettext_lazy("Nicht zu berechnen: geteilt durch null."),
}
# What `InvalidLayout.why` says, for whoever wrote the layout.
_WHYS: tuple[tuple[str, str | Promise], ...] = (
    (r"is too long", gettext_lazy("ist zu lang (höchstens 200 kB)")),
    (r"is a reference", gettext_lazy("verweist auf eine andere Stelle; bitte ausschreiben")),
    (r"cannot be read as YAML", gettext_lazy("lässt sich nicht als YAML lesen")),
    (r"is not a table", gettext_lazy("ist keine Aufstellung aus Namen und Werten")),
    (r"stands twice", gettext_lazy("enthält etwas doppelt")),
    (r"is no unit", gettext_lazy("ist keine Einheit der Liste")),
    (r"is no whole number", gettext_lazy("ist keine ganze Zahl von 0 bis 6")),
    (r"is none of", gettext_lazy("ist keines der vorgesehenen Wörter")),
    (r"or is not text", gettext_lazy("fehlt oder ist kein Text")),
    (r"neither yes nor no", gettext_lazy("ist weder true noch false")),
    (r"or is not a list", gettext_lazy("fehlt oder ist keine Liste")),
)


@dataclass(frozen=True)
class ShownRow:
    """A row as the page shows it; without a value `gap` says why."""

    filled: FilledRow
    value: str
    unit: str
    gap: str


def shown_parts(sheet: Sheet) -> list[tuple[str, bool, list[ShownRow]]]:
    """Part by part: its title, whether it is to be checked, its rows."""
    rows: dict[str, list[ShownRow]] = {}
    for one in sheet.rows:
        rows.setdefault(one.part, []).append(shown_row(one))
    return [(part.title, part.to_check, rows.get(part.key, [])) for part in sheet.layout.parts]


def shown_row(one: FilledRow) -> ShownRow:
    """The value in the unit of the row, rounded for showing; or why there is none."""
    unit = unit_words(one.row.unit)
    if isinstance(one.value, Unknown):
        return ShownRow(one, "", unit, gap_words(one.value))
    if isinstance(one.value, Decimal):
        return ShownRow(one, text.number(one.value, places=one.row.decimals), unit, "")
    return ShownRow(one, one.value, "", "")


def gap_words(why: Unknown) -> str:
    """Why there is no value."""
    said = GAPS.get(why.reason)
    return str(said) if said else text.unknown(why)


def unit_words(code: str) -> str:
    """The name of a unit."""
    unit = unit_named(code)
    return unit.name if unit else code


def gaps_sentence(gaps: int, rows: int) -> str:
    """How much of the sheet is filled."""
    if not gaps:
        return _("Alle %(n)s Zeilen sind gefüllt.") % {"n": rows}
    return _("%(n)s von %(all)s Zeilen sind gefüllt; bei %(gaps)s steht, was fehlt.") % {
        "n": rows - gaps,
        "all": rows,
        "gaps": gaps,
    }


def refusal_words(refused: InvalidLayout) -> str:
    """Where a layout is wrong and why."""
    why = next((said for pattern, said in _WHYS if re.search(pattern, refused.why)), refused.why)
    where = refused.where.replace("line ", _("Zeile "))
    return _("Die Vorlage wird nicht angenommen. %(where)s %(why)s.") % {"where": where, "why": why}
