"""Definitions of indicators from a list. One row an indicator; its short name (Kurzname) is its key.

Columns: Kurzname, Name, Art, Was er sagt, Was er nicht sagt, Einheit, Nachkommastellen, Richtung, Formel, Größe, Herausgeber,
Quelle genauer, Kontakt, Lizenz, Quellenangabe, Kleinste Ebene, Rhythmus, Stichtag, Tage bis zur Veröffentlichung, Nächste
Werte bis, Gleich bleibend unter, Kleine Zahlen unter, Amt, Zuständig, Leitindikator, Sichtbar, Gilt ab, Grund der Änderung,
Vergleichbar. Where a list changes what an indicator means, a new version begins.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.tables.write import Column, Written
from dreiklang.core.text import german
from dreiklang.monitoring.imports import cells
from dreiklang.monitoring.imports.indicator_records import (
    indicator_values,
    stored_indicators,
    write_indicators,
)
from dreiklang.monitoring.imports.indicator_rows import candidates
from dreiklang.monitoring.models.labels import (
    DIRECTION_LABELS,
    INDICATOR_KIND_LABELS,
    VISIBILITY_LABELS,
)

NUMBERS, DAYS = ("steady_below",), ("next_due_on", "valid_from")


class Indicators(Importer):
    """Definitions; values, targets and links have lists of their own."""

    kind = "indicators"
    title = _("Indikatoren")
    intro = _("Was die Stadt beobachtet: Bedeutung, Einheit, Quelle, Rhythmus, Zuständigkeit.")
    sort = 150
    fields = (
        ListField(
            "key",
            _("Kurzname"),
            True,
            _("kleine Buchstaben, Ziffern, Bindestrich"),
            "einwohner",
            ("Kennung", "Indikator"),
            is_key=True,
        ),
        ListField("name", _("Name"), True, "", "Einwohnerinnen und Einwohner", ("Bezeichnung",)),
        ListField("kind", _("Art"), False, _("in Zahlen oder in Worten"), "in Zahlen"),
        ListField("meaning", _("Was er sagt"), False, "", "", ("Bedeutung", "Beschreibung")),
        ListField("limits_words", _("Was er nicht sagt"), False, "", "", ("Grenzen der Aussage",)),
        ListField("unit", _("Einheit"), False, _("Name oder Zeichen"), "%"),
        ListField("decimals", _("Nachkommastellen"), False, _("0 bis 6"), "1"),
        ListField("direction", _("Richtung"), False, _("Was gut ist"), "weniger ist besser"),
        ListField(
            "formula", _("Formel"), False, _("über andere Indikatoren"), "share([leerstand], [wohnungen])"
        ),
        ListField(
            "quantity",
            _("Größe"),
            False,
            _("Herausgeber, Tabelle und Größe; leer lassen, wenn Werte aus eigenen Listen kommen"),
            "regionalstatistik:12411-01-01-4:BEVSTD",
        ),
        ListField("provider", _("Herausgeber"), False, "", "regionalstatistik"),
        ListField("source_words", _("Quelle genauer"), False, "", "Melderegister", ("Quelle", "Datenquelle")),
        ListField("source_contact", _("Kontakt"), False, _("der Quelle; wird veröffentlicht")),
        ListField("licence", _("Lizenz"), False, "", "dl-de/by-2-0"),
        ListField("attribution", _("Quellenangabe"), False),
        ListField("level", _("Kleinste Ebene"), False, "", "Stadtteil", ("Kleinste räumliche Ebene",)),
        ListField("rhythm", _("Rhythmus"), False, "", "jährlich"),
        ListField("reference_words", _("Stichtag"), False, _("oder Zeitraum"), "31. Dezember"),
        ListField("lag_days", _("Tage bis zur Veröffentlichung"), False, "", "90"),
        ListField("next_due_on", _("Nächste Werte bis"), False, "", "31.03.2027"),
        ListField("steady_below", _("Gleich bleibend unter"), False, _("in der Einheit"), "0,5"),
        ListField("suppress_below", _("Kleine Zahlen unter"), False, _("werden nicht gezeigt"), "5"),
        ListField("department", _("Amt"), False, _("Kürzel oder Name"), "12", ("Zuständiges Amt",)),
        ListField("responsible", _("Zuständig"), False, _("E-Mail oder Name; bleibt intern")),
        ListField("is_headline", _("Leitindikator"), False, _("ja oder nein"), "nein"),
        ListField("visibility", _("Sichtbar"), False, _("öffentlich oder intern"), "öffentlich"),
        ListField("valid_from", _("Gilt ab"), False, _("die neueste Fassung"), "01.01.2024"),
        ListField("change_reason", _("Grund der Änderung"), False, _("der neuesten Fassung")),
        ListField("is_comparable", _("Vergleichbar"), False, _("mit früheren Werten, ja oder nein"), "ja"),
    )
    sentences: Mapping[str, str] = {
        "key_not_plain": _(
            "„%(value)s“ geht nicht als Kurzname: nur kleine Buchstaben ohne Umlaute, Ziffern und Bindestriche."
        ),
        "unknown_unit": _("Die Einheit „%(value)s“ ist nicht bekannt."),
        "unknown_quantity": _("Eine Größe „%(value)s“ wurde noch nicht geliefert."),
        "unknown_provider": _("Ein Herausgeber „%(value)s“ ist nicht bekannt."),
        "unknown_level": _("Eine Ebene „%(value)s“ gibt es nicht."),
        "values_and_formula": _("Werte und eine Formel zugleich gehen nicht: „%(value)s“."),
        "needs_department": _("Öffentlich wird ein Indikator erst, wenn ein Amt für ihn steht."),
        "formula": _("Die Formel lässt sich nicht rechnen: %(value)s"),
        "threshold_elsewhere": _(
            "„%(value)s“ würde kleine Zahlen wieder zeigen. Das entscheidet die Statistikstelle auf ihrer Seite."
        ),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Formulas are checked over the whole list: they may name indicators of later rows."""
        return candidates(rows, options)

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Indicators by short name, with the facts of their newest version."""
        return {key: indicator_values(one) for key, one in stored_indicators(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New indicators in their first version; a further version where a list changes what one means."""
        write_indicators(new=new, changed=changed, by=by, today=timezone.localdate())

    def all_rows(self) -> tuple[list[Column], list[tuple[Written, ...]]]:
        """Every indicator as this list reads it, in order of the keys."""
        records = [indicator_values(one) for one in stored_indicators(None).values()]
        return cells.written(self.fields, records, words=_words(), numbers=NUMBERS, days=DAYS)


INDICATORS = Indicators()


def _words() -> dict[str, dict[str, str]]:
    labels: dict[str, Mapping[Any, Any]] = {
        "kind": INDICATOR_KIND_LABELS,
        "direction": DIRECTION_LABELS,
        "visibility": VISIBILITY_LABELS,
    }
    closed = {name: {code.value: german(label) for code, label in of.items()} for name, of in labels.items()}
    return closed | {"unit": cells.unit_words(), "rhythm": cells.rhythm_words()}
