"""Invented values that show every component in all its states."""

from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from dreiklang.core.values import Unknown
from dreiklang.ui.gallery.lists import (
    COLUMNS,
    DIFF,
    FilterForm,
    ReportForm,
    VerdictForm,
    deadlines,
    entries,
    evidence,
    people,
    steps,
    table,
)
from dreiklang.ui.gallery.pictures import (
    BOARD,
    TODAY,
    board,
    figures,
    money_parts,
    parts,
    phases,
    picture,
    rail_items,
    spans,
)
from dreiklang.ui.rules import Sign, TableQuery
from dreiklang.ui.signs import DELAYED, IN_USE, ON_TRACK, STALLED, UNREPORTED

__all__ = ["COLUMNS", "FilterForm", "gallery", "phases", "spans"]


def gallery(query: TableQuery) -> dict[str, object]:
    """Everything the gallery page shows."""
    return {
        "today": TODAY,
        "stand": TODAY,
        "signs": [ON_TRACK, DELAYED, STALLED, UNREPORTED, IN_USE, Sign("phase", "Umsetzung")],
        "board": board(),
        "city": {
            "name": "Klarenbrück 2035",
            "subtitle": _("Stadtentwicklung im Überblick"),
            "arms_url": static("ui/klarenbrueck.svg"),
        },
        "demo_notice": True,
        "longest": max(sum(row[2]) for row in BOARD),
        "legend_parts": parts((1, 1, 1, 1)),
        "one_bar": parts((77, 33, 7, 30)),
        "money_parts": money_parts(),
        "phases": phases(),
        "spans": spans(),
        "rail_items": rail_items(),
        "figures": figures(),
        "evidence": evidence(),
        "deadlines": deadlines(),
        "people": people(),
        "entries": entries(),
        "steps": steps(),
        "table": table(query),
        "page_of_many": Paginator(range(160), 20).page(3),
        "diff": DIFF,
        "picture": picture(),
        "unknown_cost": Unknown("not_quantifiable"),
        "verdict_form": VerdictForm(prefix="abwaegung"),
        "form": ReportForm(prefix="leer"),
        "faulty_form": ReportForm({"fehler-on": "31.02.2026", "fehler-phase": ""}, prefix="fehler"),
    }
