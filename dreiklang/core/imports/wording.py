"""Codes of imports in sentences: what happened, why, what to do. The same in the web and on the command line."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from dreiklang.core.enums import Outcome
from dreiklang.core.imports.contract import Importer
from dreiklang.core.imports.place_wording import PLACE_FILES, PLACE_NOTES, PLACE_REASONS, PLACE_ROWS
from dreiklang.core.tables import CannotRead

# %(field)s is the column as the file calls it, %(value)s what stands in the cell.
ROWS: Mapping[str, str] = {
    **PLACE_ROWS,
    "required_empty": gettext_noop(
        "„%(field)s“ ist leer. Die Angabe ist nötig: Bitte in der Liste ergänzen."
    ),
    "too_long": gettext_noop("Der Text ist zu lang: %(value)s. Bitte in der Liste kürzen."),
    "unknown_word": gettext_noop(
        "„%(value)s“ ist hier kein bekanntes Wort. Bitte eines der vorgesehenen Wörter eintragen."
    ),
    "unknown_department": gettext_noop(
        "Ein Amt „%(value)s“ gibt es nicht. Bitte die Schreibweise prüfen oder das Amt zuerst anlegen."
    ),
    "unknown_person": gettext_noop(
        "Eine Person „%(value)s“ gibt es noch nicht. Das Feld bleibt, wie es ist; importieren Sie die Personen und danach diese Liste noch einmal."
    ),
    "unknown_goal": gettext_noop(
        "Ein Ziel „%(value)s“ gibt es nicht. Bitte die Nummer prüfen oder zuerst die Ziele importieren."
    ),
    "unknown_task": gettext_noop(
        "Eine Zukunftsaufgabe „%(value)s“ gibt es nicht. Bitte die Nummer prüfen oder sie zuerst importieren."
    ),
    "unknown_concept": gettext_noop(
        "Ein Konzept „%(value)s“ gibt es nicht. Bitte die Nummer prüfen oder zuerst die Konzepte importieren."
    ),
    "unknown_measure": gettext_noop(
        "Eine Maßnahme „%(value)s“ gibt es nicht. Bitte die Nummer prüfen oder zuerst die Maßnahmen importieren."
    ),
    "unknown_area": gettext_noop(
        "Einen Stadtteil „%(value)s“ gibt es nicht. Bitte die Schreibweise prüfen oder zuerst die Stadtteile importieren."
    ),
    "duplicate_key": gettext_noop(
        "Der Schlüssel steht schon in Zeile %(value)s. Nur die erste Zeile gilt; bitte die Liste bereinigen."
    ),
    "key_again": gettext_noop(
        "Derselbe Schlüssel steht noch einmal in Zeile %(value)s. Diese Zeile gilt, die spätere nicht."
    ),
    "needs_refused": gettext_noop(
        "Die Zeile gehört zu „%(value)s“, und das wurde abgelehnt oder fehlt. Bitte zuerst diese Zeile berichtigen."
    ),
    "changed_on_both_sides": gettext_noop(
        "Die Liste und die Software wurden beide geändert. Nichts wird überschrieben, bis Sie entscheiden."
    ),
    "error_value": gettext_noop(
        "In der Zelle steht ein Fehler aus der Tabellenkalkulation (%(value)s). Das Feld bleibt, wie es ist."
    ),
    "formula_without_result": gettext_noop(
        "Die Formel hat kein gespeichertes Ergebnis. Öffnen und speichern Sie die Datei einmal in der Tabellenkalkulation."
    ),
    "department_circle": gettext_noop(
        "Das Amt stünde im Kreis über sich selbst („%(value)s“). Bitte „%(field)s“ berichtigen."
    ),
    "not_an_email": gettext_noop("„%(value)s“ ist keine E-Mail-Adresse. Bitte berichtigen."),
    "own_deputy": gettext_noop("Niemand vertritt sich selbst. Bitte eine andere Person eintragen."),
    "may_not_appoint": gettext_noop(
        "Wer die Software betreut, bestimmt die Betreuung selbst. Bitte die Rolle weglassen und nachtragen lassen."
    ),
    "not_a_number": gettext_noop("„%(value)s“ ist keine Zahl. Bitte eine Zahl eintragen."),
    "not_a_whole_number": gettext_noop("„%(value)s“ ist hier keine passende ganze Zahl. Bitte berichtigen."),
    "number_too_large": gettext_noop("Die Zahl %(value)s ist zu groß."),
    "ambiguous_number": gettext_noop(
        "„%(value)s“ kann deutsch oder englisch gemeint sein. Bitte bei der Zuordnung angeben, wie Zahlen geschrieben sind."
    ),
    "not_a_share": gettext_noop("„%(value)s“ ist kein Anteil zwischen 0 und 100 %%. Bitte berichtigen."),
    "unit_missing": gettext_noop("Bei „%(value)s“ fehlt die Einheit. Bitte ergänzen."),
    "not_a_day": gettext_noop("„%(value)s“ ist kein Datum. Erwartet wird zum Beispiel 30.09.2026."),
    "no_such_day": gettext_noop("Den Tag „%(value)s“ gibt es nicht. Bitte das Datum berichtigen."),
    "number_as_date": gettext_noop(
        "„%(value)s“ ist eine Zahl, kein Datum. Bitte die Spalte in der Tabelle als Datum formatieren."
    ),
    "other_notation": gettext_noop(
        "Bei „%(value)s“ ist unklar, ob Tag oder Monat vorn steht. Bitte bei der Zuordnung angeben."
    ),
    "ambiguous_period": gettext_noop(
        "„%(value)s“ ist als Zeitraum nicht eindeutig. Bitte genauer schreiben, zum Beispiel 4. Quartal 2026."
    ),
    "ends_before_start": gettext_noop("Das Ende liegt vor dem Beginn („%(value)s“). Bitte berichtigen."),
    "other_currency": gettext_noop("„%(value)s“ ist kein Betrag in Euro. Bitte umrechnen."),
    "more_than_cents": gettext_noop("„%(value)s“ ist genauer als ein Cent. Bitte runden."),
    "negative_cost": gettext_noop("„%(value)s“ ist negativ. Kosten sind null oder mehr."),
    "crashed": gettext_noop(
        "Der Import brach ab, und nichts davon wurde übernommen. Bitte melden Sie es der Betreuung: %(value)s"
    ),
    "abandoned": gettext_noop(
        "Der Import wurde unterbrochen (zum Beispiel durch einen Neustart). Nichts davon wurde übernommen. Bitte starten Sie ihn noch einmal."
    ),
    "key_column_missing": gettext_noop(
        "Keine Spalte ist „%(field)s“ zugeordnet. Daran werden die Zeilen wiedererkannt: Bitte eine Spalte wählen."
    ),
    "column_absent": gettext_noop(
        "Die Datei hat keine Spalte „%(value)s“ mehr. Bitte „%(field)s“ neu zuordnen."
    ),
}
FILES: Mapping[str, str] = {
    "wrong_type": gettext_noop(
        "Diese Art von Datei%(ending)s kann hier nicht gelesen werden. Erwartet wird: %(endings)s."
    ),
    "empty": gettext_noop("Die Datei ist leer. Bitte prüfen Sie, ob es die richtige ist."),
    "too_large": gettext_noop("Die Datei ist größer als erlaubt (%(limit)s). Bitte teilen Sie die Liste."),
    "password": gettext_noop(
        "Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort."
    ),
    "macros": gettext_noop(
        "Die Datei enthält Makros und wird nicht geöffnet. Bitte speichern Sie sie als XLSX ohne Makros."
    ),
    "zip_bomb": gettext_noop(
        "Die Datei entpackt sich auf ein Vielfaches ihrer Größe und wird nicht geöffnet."
    ),
    "legacy_xls": gettext_noop("Das ist eine Datei im alten Format XLS. Bitte speichern Sie sie als XLSX."),
    "broken": gettext_noop(
        "Die Datei ist beschädigt und nicht zu lesen%(place)s. Bitte öffnen Sie sie in dem Programm, aus dem sie kommt, speichern Sie sie neu und wählen Sie sie noch einmal."
    ),
    "too_slow": gettext_noop(
        "Das Lesen dauert zu lange und wurde abgebrochen. Bitte teilen Sie die Liste oder speichern Sie sie als CSV."
    ),
    **PLACE_FILES,
}
# Where more is known than the code: "code/detail".
REASONS: Mapping[str, str] = {
    **PLACE_REASONS,
    "empty/no_such_sheet": gettext_noop(
        "Dieses Blatt gibt es in der Datei nicht, oder es ist leer. Bitte wählen Sie ein anderes."
    ),
    "empty/header_row": gettext_noop(
        "In Zeile %(line)s steht nichts. Bitte nennen Sie die Zeile mit den Überschriften."
    ),
    "broken/encoding": gettext_noop(
        "Der Zeichensatz passt nicht zum Inhalt der Datei%(place)s. Bitte wählen Sie einen anderen, oder speichern Sie die Liste als CSV mit dem Zeichensatz UTF-8."
    ),
    "broken/quote_without_end": gettext_noop(
        "Ein Anführungszeichen beginnt und endet nicht. Bitte berichtigen Sie es in der Liste, oder speichern Sie sie als XLSX."
    ),
    "broken/json": gettext_noop(
        "Die Datei ist kein gültiges JSON%(place)s. Bitte lassen Sie sie von dem Programm, aus dem sie kommt, neu ausgeben."
    ),
    "wrong_type/no_list_of_objects": gettext_noop(
        "In der Datei steht keine Liste von Einträgen. Bitte prüfen Sie, ob es die richtige ist."
    ),
    "wrong_type/several_lists": gettext_noop(
        "In der Datei stehen mehrere Listen. Bitte geben Sie jede in einer eigenen Datei aus."
    ),
}
NOTES: Mapping[str, str] = {
    "title_lines": gettext_noop("Über der Kopfzeile stehen %(value)s Zeilen, die nicht gelesen wurden."),
    "duplicate_column": gettext_noop("Eine Spalte gibt es doppelt; die zweite heißt hier „%(value)s“."),
    "unnamed_column": gettext_noop("Eine Spalte hat keine Überschrift; sie heißt hier „%(value)s“."),
    "merged_header": gettext_noop("Die Überschrift „%(value)s“ geht über mehrere Spalten."),
    "merged_cells": gettext_noop("%(value)s Zellen sind verbunden; der Wert steht nur in der ersten."),
    "no_rows": gettext_noop("Unter der Kopfzeile steht nichts."),
    "other_sheet": gettext_noop("Das Blatt „%(value)s“ wurde nicht gelesen."),
    "hidden_sheet_skipped": gettext_noop("Das ausgeblendete Blatt „%(value)s“ wurde nicht gelesen."),
    "unclean_quotes": gettext_noop(
        "Anführungszeichen stehen nicht an Anfang und Ende von Feldern; bitte sehen Sie genau hin."
    ),
    "mixed_encoding": gettext_noop("Ein Teil der Datei hat einen anderen Zeichensatz („%(value)s“)."),
    "other_field": gettext_noop("Die Angabe „%(value)s“ steht neben der Liste und wurde nicht gelesen."),
    "nested_value": gettext_noop("„%(value)s“ ist verschachtelt und wird als Text behalten."),
    "error_value": gettext_noop("Fehlerwert der Tabellenkalkulation: %(value)s."),
    "formula_without_result": gettext_noop("Formel ohne gespeichertes Ergebnis: %(value)s."),
    **PLACE_NOTES,
}


def sentence(
    *,
    code: str,
    importer: Importer | None = None,
    field: str = "",
    value: str = "",
    proposals: Sequence[str] = (),
) -> str:
    """The problem of a cell or row. `field` is the header in the file."""
    own = importer.sentences if importer else {}
    template = own.get(code) or ROWS.get(code)
    if code == "changed_on_both_sides":
        return " ".join([_(ROWS[code]), *_both(value)])
    said = _(template) % {"field": field, "value": value} if template else f"{code}: {value}".rstrip(": ")
    if not proposals:
        return said
    # Not inside the f-string: texts are not found there for translation.
    meant = _("Meinten Sie: %s?") % _(" oder ").join(_("„%s“") % one for one in proposals)
    return f"{said} {meant}"


def file_sentence(refusal: CannotRead, *, importer: Importer, limit_bytes: int) -> str:
    """Why a file was refused as a whole."""
    return worded_file(
        code=refusal.code,
        detail=refusal.detail,
        line=refusal.line,
        column=refusal.column,
        endings=importer.endings,
        limit_bytes=limit_bytes,
    )


def worded_file(
    *,
    code: str,
    detail: str,
    line: int | None,
    column: int | None,
    endings: Sequence[str] = (),
    limit_bytes: int = 0,
) -> str:
    """The same from its parts, as a run keeps them."""
    facts = {
        "detail": detail or _("ohne Angabe"),
        "ending": f" ({detail})" if detail.startswith(".") else "",
        "line": line,
        "place": _place(line, column),
        "endings": ", ".join(one.lstrip(".").upper() for one in endings),
        "limit": f"{limit_bytes // 1_000_000} MB",
    }
    return _(REASONS.get(f"{code}/{detail}") or FILES.get(code, FILES["broken"])) % facts


def _place(line: int | None, column: int | None) -> str:
    if line and column:
        return _(" in Zeile %(line)s, Spalte %(column)s") % {"line": line, "column": column}
    return _(" in Zeile %(line)s") % {"line": line} if line else ""


def note_sentence(note: Mapping[str, Any]) -> str:
    """Something to know about how the file was read."""
    said = _(NOTES.get(note["code"], "%(value)s")) % {"value": note.get("value", "")}
    return _("Zeile %(row)s: %(said)s") % {"row": note["row"], "said": said} if note.get("row") else said


def counts_sentence(counts: Mapping[str, int], *, is_dry_run: bool) -> str:
    """All counts in one sentence: "3 neu, 2 geändert, 40 unverändert, 1 abgelehnt"."""
    words = {name: _(word) for name, word in OUTCOMES.items()}
    said = [f"{counts[name]} {word}" for name, word in words.items() if counts.get(name)]
    listed = ", ".join(said) or _("keine Zeile")
    return (_("Probelauf: %s.") if is_dry_run else _("Ergebnis: %s.")) % listed


def button_words(*, new: int, changed: int) -> str:
    """What the button takes over: "12 neue und 3 geänderte Zeilen übernehmen"."""
    parts = []
    if new:
        parts.append(ngettext("%s neue", "%s neue", new) % new)
    if changed:
        parts.append(ngettext("%s geänderte", "%s geänderte", changed) % changed)
    said = _(" und ").join(parts)
    return ngettext("%s Zeile übernehmen", "%s Zeilen übernehmen", new + changed) % said


OUTCOMES: Mapping[str, str] = {
    Outcome.NEW.value: gettext_noop("neu"),
    Outcome.CHANGED.value: gettext_noop("geändert"),
    Outcome.UNCHANGED.value: gettext_noop("unverändert"),
    Outcome.REFUSED.value: gettext_noop("abgelehnt"),
    Outcome.MISSING.value: gettext_noop("nicht mehr in der Liste"),
}


def shown_value(value: Any) -> str:
    """A value of a report for people; empty text for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nein")
    if isinstance(value, list):
        return " | ".join(shown_value(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(
            f"{name}: {shown_value(one)}" for name, one in value.items() if one not in (None, "")
        )
    return str(value)


def sides_of(value: str) -> dict[str, Any]:
    """The two sides of a `changed_on_both_sides`: "list" and "ours"."""
    found = json.loads(value)
    return found if isinstance(found, dict) else {}


def _both(value: str) -> list[str]:
    sides = sides_of(value)
    return [
        _("In der Liste: „%s“.") % shown_value(sides.get("list")),
        _("In der Software: „%s“.") % shown_value(sides.get("ours")),
    ]
