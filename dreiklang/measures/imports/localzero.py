"""Measures of a LocalZero monitoring, with parts and five states. docs/sources/localzero.md"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Candidate, ListField, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.tables import Limits, Table
from dreiklang.measures.imports.foreign import FOREIGN_SENTENCES, ForeignMeasures, with_stand
from dreiklang.measures.imports.localzero_file import HEADINGS, read_localzero
from dreiklang.measures.imports.spans import read_span
from dreiklang.measures.rules import Phase, Timeliness
from dreiklang.people.queries import department_names

LONGEST_TEASER = 400


@dataclass(frozen=True)
class State:
    """What a state of the source means for us; empty is unknown."""

    words: str
    phase: str = ""
    timeliness: str = ""


# The table of docs/sources/localzero.md; a test compares both.
STATES = {
    "0": State("unbekannt"),
    "2": State("in Arbeit", Phase.IMPLEMENTATION.value, Timeliness.ON_TRACK.value),
    "4": State("abgeschlossen", Phase.IN_USE.value, Timeliness.ON_TRACK.value),
    "6": State("verzögert / fehlt", "", Timeliness.DELAYED.value),
    "8": State("gescheitert", Phase.DROPPED.value),
}
UNKNOWN_STATE = "0"
# Our field → the field of the source.
FIELDS = {
    "number": "id",
    "title": "title",
    "parent": "parent",
    "children": "numchild",
    "teaser": "teaser",
    "description": "description",
    "starts_on": "planned_start",
    "ends_on": "planned_completion",
    "lead_department": "responsible_organ",
    "state": "execution_status",
    "justification": "execution_justification",
    "completion": "execution_completion",
    "began_on": "actual_start",
    "ended_on": "actual_completion",
    "note": "internal_information",
    "as_of": "stand",
}
REQUIRED = frozenset({"number", "title"})
# Said with the state, in the words of the source.
REPORTED = ("justification", "completion", "began_on", "ended_on")


class LocalZero(ForeignMeasures):
    """Sectors, groups and measures as one tree. What has no field of ours stays in the source note."""

    kind = "localzero"
    title = gettext_noop("LocalZero-Monitoring (JSON)")
    intro = gettext_noop(
        "Maßnahmen mit ihren Teilen und ihrem Umsetzungsstand aus einem LocalZero-Monitoring."
    )
    sort = 210
    row_word = gettext_noop("Maßnahme")
    endings = (".json",)
    fields = tuple(
        ListField(name, HEADINGS[column], name in REQUIRED, is_key=name == "number")
        for name, column in FIELDS.items()
    )
    sentences: Mapping[str, str] = {
        **FOREIGN_SENTENCES,
        "state_unknown": gettext_noop(
            "Die Quelle kennt den Umsetzungsstand nicht (unbekannt). Die Maßnahme bleibt ohne Bericht dazu."
        ),
        "state_not_in_table": gettext_noop(
            "Der Umsetzungsstand „%(value)s“ ist keiner der fünf bekannten. Er bleibt unbekannt."
        ),
        "organ_stays_text": gettext_noop(
            "„%(value)s“ ist kein Amt dieser Stadt. Es steht bei den weiteren Angaben der Quelle."
        ),
        "parent_missing": gettext_noop(
            "Die übergeordnete Maßnahme („%(value)s“) fehlt in der Datei. Die Maßnahme steht für sich."
        ),
        "parts_missing": gettext_noop("Die Quelle zählt %(value)s Teile, die Datei enthält andere."),
    }

    def read(
        self, source: bytes | Path, *, file_name: str, options: Options, limits: Limits, **place: Any
    ) -> tuple[Table, Mapping[str, Any]]:
        """Nested measures or the records of a database. Raises: CannotRead."""
        return read_localzero(source, limits=limits), {
            "attribution": "LocalZero-Monitoring, GermanZero e. V."
        }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Departments are looked up once; the rows themselves say what is part of what."""
        departments = Lookup.of(department_names())
        drafts = [Draft(row) for row in rows]
        parts = Counter(draft.cell("parent") for draft in drafts)
        numbers = {one: options.known.get(one, f"LZ-{one}") for one in (d.cell("number") for d in drafts)}
        candidates = [_candidate(draft, departments, numbers, parts) for draft in drafts]
        return with_stand(candidates, [draft.cell("as_of") for draft in drafts], options)


LOCALZERO = LocalZero()


def _candidate(
    draft: Draft, departments: Lookup, numbers: Mapping[str, str], parts: Mapping[str, int]
) -> Candidate:
    own = draft.cell("number")
    title = draft.text("title", longest=300)
    _read_place_in_tree(draft, numbers, parts.get(own, 0))
    _read_texts(draft)
    read_span(draft)
    _read_state(draft)
    draft.text("note")
    draft.set("source_note", _read_organ(draft, departments))
    draft.keep_rest("source_note")
    number = numbers[own] if own else ""
    draft.set("number", number)
    return draft.candidate(key=number, foreign_key=own, label=title, needs=[draft.values.get("parent")])


def _read_place_in_tree(draft: Draft, numbers: Mapping[str, str], part_count: int) -> None:
    above = draft.cell("parent")
    draft.set("parent", numbers.get(above) if above else None)
    if above and above not in numbers:
        draft.note("parent_missing", "parent", weight=Weight.WARNING)
    if draft.cell("children") and draft.cell("children") != str(part_count):
        draft.note("parts_missing", "children", weight=Weight.WARNING)


def _read_texts(draft: Draft) -> None:
    """The short text; one that is longer than ours may be stands whole before the description."""
    teaser, description = draft.cell("teaser"), draft.cell("description")
    if len(teaser) > LONGEST_TEASER:
        description = "\n\n".join(part for part in (teaser, description) if part)
        teaser = teaser[: LONGEST_TEASER - 1].rpartition(" ")[0] + "…"
    draft.set("teaser", teaser)
    draft.set("description", description)


def _read_organ(draft: Draft, departments: Lookup) -> str:
    """Sets the lead department if the source names one of ours; else returns the line that keeps its words."""
    words = draft.cell("lead_department")
    if draft.reference("lead_department", departments, code="organ_stays_text", weight=Weight.WARNING):
        return ""
    return f"{HEADINGS['responsible_organ']}: {words}" if words else ""


def _read_state(draft: Draft) -> None:
    """Phase and timeliness by the table; what the source adds in words is the report's note."""
    code = draft.cell("state") or UNKNOWN_STATE
    state = STATES.get(code, STATES[UNKNOWN_STATE])
    if code == UNKNOWN_STATE:
        draft.note("state_unknown", "state", weight=Weight.WARNING)
    elif code not in STATES:
        draft.note("state_not_in_table", "state", weight=Weight.WARNING)
    said = [
        f"{HEADINGS[FIELDS[name]]}: {draft.cell(name)}" if name != "justification" else draft.cell(name)
        for name in REPORTED
        if draft.cell(name)
    ]
    told = {"phase": state.phase, "timeliness": state.timeliness, "next_step": "", "note": "\n".join(said)}
    draft.set("state", told if any(told.values()) else None)
