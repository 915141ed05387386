"""What opened a candidate again, in words: each fact before and after."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dreiklang.conflicts.models import KIND_LABELS, SENSE_LABELS
from dreiklang.conflicts.rules import Kind, Sense
from dreiklang.conflicts.views.words import (
    Names,
    acts_words,
    area_words,
    euro,
    evidence_sentence,
    fact_day,
    length_words,
    share_words,
)
from dreiklang.core import text

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


def change_words(changes: Iterable[Change], *, names: Names, parties: Iterable[str]) -> str:
    """The first change in a line of a list: "Gemeinsame Fläche: 1,2 ha → 3,4 ha"."""
    for one in changes:
        label, was, now = _worded(one, names, sorted(parties))
        return f"{label}: {was or '–'} → {now or '–'}"
    return ""


def _worded(change: Change, names: Names, parties: list[str]) -> tuple[str, str, str]:
    kind = _first_large(str(KIND_LABELS[Kind(change["kind"])]))
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
    label = _labels().get(change["fact"], kind)
    return f"{kind}: {label}", *(_value(change["fact"], one, names, parties) for one in (was, now))  # type: ignore[return-value]  # three of them


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
    return str(value).replace(".", ",")


_WORDERS: dict[str, Callable[[Any], str]] = {
    "area_m2": lambda value: area_words(float(value)),
    "share": lambda value: share_words(float(value)),
    "districts": lambda value: share_words(float(value)),
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
