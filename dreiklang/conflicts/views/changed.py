"""What opened a candidate again, in words: each fact before and after."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.conflicts.models import KIND_LABELS, SENSE_LABELS
from dreiklang.conflicts.rules import Kind, Sense
from dreiklang.conflicts.views.fact_words import area_words, euro, fact_day, length_words, share_words
from dreiklang.conflicts.views.words import Names, acts_words, evidence_sentence, kind_words
from dreiklang.core import text
from dreiklang.core.values import Share

Change = Mapping[str, Any]


def sides_of(
    changes: Iterable[Change], *, names: Names, parties: Iterable[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Label → words, before and after, as the component of differences reads them."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    keys = sorted(parties)
    for one in changes:
        label, was, now = _worded(one, names, keys)
        before[label], after[label] = was, now
    return before, after


def _worded(change: Change, names: Names, parties: list[str]) -> tuple[str, str, str]:
    is_told = "facts" in change
    name = kind_words(change["kind"], change["facts"]) if is_told else str(KIND_LABELS[Kind(change["kind"])])
    kind = _first_large(name)
    was, now = change.get("before"), change.get("after")
    if change["code"] == "new":
        return kind, "", _("neu hinzugekommen")
    if change["code"] == "gone" and "facts" in change:
        said = {"kind": Kind(change["kind"]), "sense": Sense(change["sense"]), "facts": change["facts"]}
        return kind, evidence_sentence(**said, names=names, parties=parties), _("trifft nicht mehr zu")
    if change["code"] == "gone":
        return kind, _("war ein Grund"), _("ist keiner mehr")
    if change["code"] == "sense":
        return kind, str(SENSE_LABELS[Sense(str(was))]), str(SENSE_LABELS[Sense(str(now))])
    fact = change["fact"]
    label = f"{kind}: {_labels().get(fact, kind)}"
    return label, _value(fact, was, names, parties), _value(fact, now, names, parties)


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _value(fact: str, value: Any, names: Names, parties: list[str]) -> str:
    if value is None:
        return _("offen")
    if fact == "on":
        return acts_words(value, parties, names)
    return _WORDERS.get(fact, str)(value)


def _month(value: Any) -> str:
    found = fact_day(value)
    return text.month(found) if found else _("offen")


def _nearness(value: Any) -> str:
    return text.number(Decimal(str(value)), places=2)


def _part(value: Any) -> str:
    return text.share(Share(str(round(min(max(float(value), 0.0), 1.0), 2))))


def _metres(value: Any) -> str:
    return _("%(n)s m") % {"n": text.number(round(float(value)))}


_WORDERS: dict[str, Callable[[Any], str]] = {
    "area_m2": lambda value: area_words(float(value)),
    "share": lambda value: share_words(float(value)),
    # Of all districts that either names, not of an area.
    "districts": _part,
    "distance_m": _metres,
    "gap_days": lambda value: length_words(float(value)),
    "from": _month,
    "to": _month,
    "first_ends": _month,
    "then_starts": _month,
    "then_ends": _month,
    "wanted": euro,
    "available": euro,
    "nearness": _nearness,
}


def _labels() -> dict[str, str]:
    return {
        "area_m2": _("gemeinsame Fläche"),
        "share": _("Anteil"),
        "districts": _("gemeinsame Stadtteile"),
        "distance_m": _("Abstand"),
        "from": _("Beginn"),
        "to": _("Ende"),
        "gap_days": _("Pause dazwischen"),
        "on": _("Wirkungen"),
        "first_ends": _("das Erste endet"),
        "then_starts": _("das Zweite beginnt"),
        "then_ends": _("das Zweite endet"),
        "nearness": _("Nähe der Texte"),
        "wanted": _("gebraucht"),
        "available": _("vorhanden"),
    }
