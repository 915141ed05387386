"""A city's list without numbers: its measures are known by their titles."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Options
from dreiklang.core.imports.draft import Draft

PREFIX = "M-"
TITLE_SENTENCES: Mapping[str, str] = {
    "matched_by_title": gettext_noop(
        "Die Liste hat keine Nummern. Am Titel wiedererkannt: Maßnahme %(value)s. Bitte prüfen Sie, ob es dieselbe ist."
    ),
    "numbers_given": gettext_noop(
        "Keine Spalte ist der Nummer zugeordnet. Neue Maßnahmen bekommen die nächste freie Nummer, ab %(value)s."
    ),
    "title_ambiguous": gettext_noop(
        "Diesen Titel tragen mehrere Maßnahmen (%(value)s). Bitte ordnen Sie eine Spalte mit Nummern zu."
    ),
}


@dataclass(frozen=True)
class Named:
    """The number of a row's measure, and the key under which the list knows the row (empty: the number)."""

    number: str
    row_key: str = ""


def names_of(drafts: Sequence[Draft], stored: Mapping[str, str], options: Options) -> list[Named]:
    """The number of each row. `stored`: number → title of the measures that are there.

    A list with a column for numbers says them itself. In one without, a row is what it became at an earlier import,
    else the measure of that title (with a warning), else a new one with the next free number.
    """
    by_title: dict[str, list[str]] = {}
    for number, title in stored.items():
        by_title.setdefault(_plain(title), []).append(number)
    first = free = _next_free(stored)
    given: dict[str, str] = {}
    names = []
    for draft in drafts:
        title = _plain(draft.cell("title"))
        if draft.has("number") or not title:
            names.append(Named(draft.cell("number")))
            continue
        number = given.get(title) or _found(draft, title, by_title, stored, options)
        if not number:
            if free == first:
                draft.note("numbers_given", "number", f"{PREFIX}{free}", weight=Weight.WARNING)
            number, free = f"{PREFIX}{free}", free + 1
        given[title] = number
        draft.set("number", number)
        names.append(Named(number, title))
    return names


def _found(
    draft: Draft,
    title: str,
    by_title: Mapping[str, Sequence[str]],
    stored: Mapping[str, str],
    options: Options,
) -> str:
    earlier = options.known.get(title, "")
    if earlier in stored:
        return earlier
    numbers = by_title.get(title, ())
    if len(numbers) > 1:
        draft.note("title_ambiguous", "title", ", ".join(numbers))
    elif numbers:
        draft.note("matched_by_title", "title", numbers[0], weight=Weight.WARNING)
    return numbers[0] if numbers else ""


def _next_free(stored: Mapping[str, str]) -> int:
    taken = (re.fullmatch(rf"{PREFIX}(\d{{1,9}})", number) for number in stored)
    return max((int(one[1]) for one in taken if one), default=0) + 1


def _plain(title: str) -> str:
    """At most as long as the key of a row may be."""
    return " ".join(title.split()).casefold()[:200]
