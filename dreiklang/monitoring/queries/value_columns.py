"""The columns of an indicator's values as they are downloaded, and how these files say things, in every language."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from dreiklang.monitoring.models.labels import MARK_MEANING_LABELS, REGION_LEVEL_LABELS, VALUE_KIND_LABELS
from dreiklang.monitoring.rules.row_facts import SaidWords
from dreiklang.monitoring.rules.values import MarkMeaning, RegionLevel, ValueKind

# Column → its head. What a row says of its value bears the name of its role (`rules.row_facts`).
HEADS: Mapping[str, str] = {
    "indicator": _("Indikator"),
    "level": _("Ebene"),
    "key": _("Schlüssel"),
    "ars": _("Regionalschlüssel (ARS)"),
    "name": _("Gebiet"),
    "starts_on": _("Von"),
    "ends_on": _("Bis"),
    "kind": _("Art"),
    "scenario": _("Szenario"),
    "made_on": _("Vorausberechnet am"),
    "breakdown": _("Aufteilung"),
    "value": _("Wert"),
    "unit": _("Einheit"),
    "mark": _("Zeichen"),
    "meaning": _("Bedeutung"),
    "source": _("Quelle"),
    "licence": _("Lizenz"),
}
# How the source wrote it is of use inside alone.
INSIDE: Mapping[str, str] = {"time_code": _("Zeitangabe der Quelle"), "words": _("Wortlaut")}
# Without these a list is none of ours.
_SURE = ("indicator", "level", "key", "starts_on", "ends_on", "kind", "made_on", "value", "mark", "meaning")


def columns_by_head(found: frozenset[str]) -> tuple[str, Mapping[str, str]] | None:
    """The language of our downloads that has such heads, with column → head; None for a list of another sort."""
    for language in (code for code, _name in settings.LANGUAGES):
        heads = _heads(language)
        if all(heads[column] in found for column in _SURE):
            return language, {column: head for column, head in heads.items() if head in found}
    return None


@lru_cache
def said_words() -> SaidWords:
    """How lists write the kinds of values and the meanings of signs: by code and in each language."""
    return SaidWords(
        {words: ValueKind(code) for words, code in _codes(VALUE_KIND_LABELS).items()},
        {words: MarkMeaning(code) for words, code in _codes(MARK_MEANING_LABELS).items()},
    )


@lru_cache
def level_words() -> Mapping[str, RegionLevel]:
    """The same for levels of regions."""
    return {words: RegionLevel(code) for words, code in _codes(REGION_LEVEL_LABELS).items()}


def _heads(language: str) -> Mapping[str, str]:
    with override(language):
        return {column: gettext(head) for column, head in (HEADS | INSIDE).items()}  # type: ignore[operator]


def _codes(labels: Mapping[Any, object]) -> dict[str, str]:
    found = {str(code).casefold(): str(code) for code in labels}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {str(label).casefold(): str(code) for code, label in labels.items()}
    return found
