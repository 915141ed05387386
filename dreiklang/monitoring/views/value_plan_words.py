"""The page of columns: what stands in each, what it may be, how the file was read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.core.reading import Notation
from dreiklang.core.tables.delimited import ENCODINGS
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.value_plans import AREA, PART, SAID, TIME, UNIT, WHAT, use_of
from dreiklang.monitoring.imports.observations import FoundList, words_in
from dreiklang.monitoring.models.labels import VALUE_KIND_LABELS
from dreiklang.monitoring.queries import bringing
from dreiklang.monitoring.rules.layout_heads import text_of
from dreiklang.monitoring.rules.value_plans import BY_WORDS, SERIES, SKIP, TIMES, ValuePlan
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

PREVIEW, EXAMPLES, MOST_WORDS, LONGEST = 6, 3, 100, 60


@dataclass(frozen=True)
class ColumnLine:
    """A column on the page. `years`: the times its several columns are about."""

    label: str
    name: str
    letters: str
    years: str
    example: str
    use: str
    unit: str


def plan_context(viewer: Viewer, found: FoundList, plan: ValuePlan) -> dict[str, Any]:
    """All that the page of columns shows."""
    indicators = bringing.indicators_to_bring(viewer)
    may_keep_series = may(viewer, permissions.DELIVER)
    return {
        "columns": _lines(found, plan),
        "roles": _roles(plan),
        "uses": _uses(may_keep_series=may_keep_series),
        "indicators": indicators,
        "words": _words(found, plan),
        "areas": bringing.area_choices(),
        "kinds": list(VALUE_KIND_LABELS.items()),
        "notations": [(str(Notation.GERMAN), "1.234,56"), (str(Notation.ENGLISH), "1,234.56")],
        "legends": bringing.legend_choices(),
        "sheets": found.grid.sheets,
        "encodings": ENCODINGS if found.grid.encoding else (),
        "facts": _facts(found),
        "titles": found.shape.titles,
        "footnotes": found.shape.footnotes,
        "total_count": len(found.shape.total_rows),
        "row_count": len(found.shape.body_rows),
        "preview": _preview(found),
    }


def _lines(found: FoundList, plan: ValuePlan) -> list[ColumnLine]:
    cells = dict(found.grid.rows)
    body = [cells[row] for row in found.shape.body_rows]
    lines = []
    for one in found.columns:
        at = one.heads[0].at
        texts = (text_of(values[at]) for values in body if at < len(values))
        examples = list(dict.fromkeys(filter(None, texts)))[:EXAMPLES]
        years = [str(head.period.ends_on.year) for head in one.heads if head.period]
        lines.append(
            ColumnLine(
                label=one.label,
                name=_("Spalten mit Jahreszahl") if one.label == TIMES else one.label,
                letters=one.letters,
                years=", ".join(years) if len(years) < 4 else f"{years[0]}–{years[-1]}",
                example=" · ".join(examples)[:LONGEST],
                use=use_of(plan, one.label),
                unit=plan.units.get(one.label, ""),
            )
        )
    return lines


def _roles(plan: ValuePlan) -> list[tuple[str, str]]:
    said = [(SAID, _("eine Angabe zum Wert (Art, Szenario, Zeichen …)"))] if plan.said else []
    return [
        (AREA, _("das Gebiet (Schlüssel oder Name)")),
        (PART, _("eine Aufteilung (Alter, Geschlecht …)")),
        (TIME, _("die Zeit")),
        (WHAT, _("die Kennzahl (lange Liste)")),
        (UNIT, _("die Einheit")),
        *said,
    ]


def _uses(*, may_keep_series: bool) -> list[tuple[str, str]]:
    found = [(SKIP, _("– nicht einlesen –")), (BY_WORDS, _("Werte; welche, sagt die Zeile"))]
    return [*found, (SERIES, _("Werte einer Reihe ohne Indikator"))] if may_keep_series else found


def _words(found: FoundList, plan: ValuePlan) -> list[tuple[str, str]]:
    """What a long list counts, with what was chosen for it."""
    if not plan.quantity:
        return []
    return [(word, plan.words.get(word, BY_WORDS)) for word in words_in(found, plan.quantity)[:MOST_WORDS]]


def _facts(found: FoundList) -> list[tuple[str, str]]:
    heads = found.shape.header_rows
    named = str(heads[0]) if len(heads) == 1 else f"{heads[0]}–{heads[-1]}"
    facts = (
        (_("Zeichensatz"), found.grid.encoding.upper()),
        (_("Blatt"), found.grid.sheet),
        (_("Überschriften in Zeile"), named),
        (_("Zeilen"), str(len(found.shape.body_rows))),
        (_("davon Summen"), str(len(found.shape.total_rows) or "")),
    )
    return [(label, value) for label, value in facts if value]


def _preview(found: FoundList) -> list[tuple[int, bool, list[str]]]:
    """The heads and the first rows as they stand in the file: number, whether it is a head, cells."""
    cells = dict(found.grid.rows)
    wanted = [*found.shape.header_rows, *found.shape.body_rows[:PREVIEW]]
    width = max((len(cells[row]) for row in wanted), default=0)
    return [
        (
            row,
            row in found.shape.header_rows,
            [text_of(cells[row][at])[:LONGEST] if at < len(cells[row]) else "" for at in range(width)],
        )
        for row in wanted
    ]
