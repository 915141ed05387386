"""Codes of the catalogue's lists as words: themes, rhythms, licences, formats, states."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from dreiklang.monitoring.rules.catalogue import DatasetOrigin
from dreiklang.monitoring.rules.dcat.vocabulary import Entry, shipped_vocabularies

ORIGIN_LABELS = {
    DatasetOrigin.OWN: _("eigene"),
    DatasetOrigin.HARVESTED: _("übernommen"),
    DatasetOrigin.STATISTICS: _("eingelesene Tabelle"),
}
# Which list a field of a dataset or a resource comes from.
LIST_OF = {
    "themes": "data-theme",
    "rhythm": "frequency",
    "political_level": "political-level",
    "access_rights": "access-right",
    "licence": "licence",
    "format": "file-type",
    "availability": "planned-availability",
    "status": "distribution-status",
}
# Nobody chooses among these by hand: old entries, and rhythms no office has.
_RARE_RHYTHMS = frozenset({"TRIDECENNIAL", "BIDECENNIAL", "BIHOURLY", "TRIHOURLY"})


def word_of(field: str, code: str) -> str:
    """The name of a code; what no list has stays as it is."""
    found = entry_of(field, code)
    return found.name if found else code


def words_of(field: str, codes: Iterable[str]) -> list[str]:
    """The names of several codes, in their order."""
    return [word_of(field, code) for code in codes]


def entry_of(field: str, code: str) -> Entry | None:
    """The entry of the field's list."""
    return shipped_vocabularies()[LIST_OF[field]].find(code) if code else None


def list_choices(field: str) -> list[tuple[str, str]]:
    """Code and name of what can be chosen, by name; entries no longer in use are left out."""
    entries = shipped_vocabularies()[LIST_OF[field]].entries
    found = [(one.code, one.name) for one in entries if one.is_active and one.code not in _RARE_RHYTHMS]
    return sorted(found, key=lambda one: one[1].casefold()) if field != "rhythm" else found
