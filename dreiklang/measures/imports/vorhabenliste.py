"""The list of projects (Vorhabenliste) of Jena in the JSON edition of OffenesJena. docs/sources/vorhabenliste.md"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Candidate, ListField, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.reading import ReadPeriod, read_date, read_period
from dreiklang.core.tables import CannotRead, Cell, Limits, Row, Table, load_json
from dreiklang.core.values import Unknown
from dreiklang.goals.queries.written_links import task_lookup
from dreiklang.measures.imports.foreign import STAND, ForeignMeasures, stand_of
from dreiklang.places.queries import area_lookup

DECISION_DAY = re.compile(r"\bvom\s+(\d{2}\.\d{2}\.\d{4})")
# Column of the source → our field; the rest goes into the note with its own heading.
COLUMNS = {
    "@Id": "number",
    "Title": "title",
    "Description": "description",
    "Letzter Beschluss zum Vorhaben": "resolution_reference",
    "Aktueller Bearbeitungsstand": "state",
    "Geplanter Zeitpunkt der Umsetzung / nächste Schritte": "ends_on",
    "Kosten soweit bezifferbar": "cost_eur",
    "Betroffenes Gebiet": "areas",
    "Schwerpunktmäßig betroffene Themen": "topics",
}


class Vorhabenliste(ForeignMeasures):
    """42 projects in 2015: costs, dates and decisions in words. What is not certain stays words."""

    kind = "vorhabenliste"
    title = "Vorhabenliste (OffenesJena, JSON)"
    intro = "Vorhaben mit Beschluss, Bearbeitungsstand, Kosten und Gebiet in Worten."
    sort = 200
    endings = (".json",)
    fields = tuple(
        ListField(name, column, name in {"number", "title"}, is_key=name == "number", is_multiple=name in {"areas", "topics"})
        for column, name in COLUMNS.items()
    )
    sentences: Mapping[str, str] = {
        "topic_stays_text": "Das Thema „%(value)s“ ist keine Zukunftsaufgabe. Es bleibt als Schlagwort stehen.",
        "area_stays_text": "Das Gebiet „%(value)s“ ist nicht bekannt. Es bleibt als Ort in Worten stehen.",
        "decision_without_day": "Zum Beschluss nennt die Quelle keinen Tag.",
        "costs_in_words": "Aus den Worten geht kein Betrag hervor. Sie bleiben stehen, der Betrag bleibt unbekannt.",
    }

    def read(
        self, source: bytes | Path, *, file_name: str, options: Options, limits: Limits, **place: Any
    ) -> tuple[Table, Mapping[str, Any]]:
        """One row a project; lists become lines. Raises: CannotRead."""
        content = load_json(source, limits=limits)
        projects = content.get("Vorhaben") if isinstance(content, dict) else None
        if not isinstance(projects, list) or not all(isinstance(one, dict) for one in projects):
            raise CannotRead("wrong_type", "no_vorhaben")
        if not projects:
            raise CannotRead("empty", "no_vorhaben")
        columns = tuple(dict.fromkeys(name for one in projects for name in one))
        rows = [Row(number, {name: _cell(one.get(name)) for name in columns}) for number, one in enumerate(projects, 1)]
        stand = _scraped_on(content)
        return Table(columns=columns, rows=rows, header_row=0, encoding="utf-8"), {"stand": stand} if stand else {}

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Areas and topics are linked where we know them, else kept as text with a problem noted."""
        areas, tasks = area_lookup(), task_lookup()
        return [_candidate(Draft(row), areas, tasks, options) for row in rows]


VORHABENLISTE = Vorhabenliste()


def _candidate(draft: Draft, areas: Lookup, tasks: Lookup, options: Options) -> Candidate:
    number = draft.text("number", longest=60)
    title = draft.text("title", longest=300)
    draft.text("description")
    lines = [_read_decision(draft), _read_dates(draft)]
    _read_costs(draft)
    _read_areas(draft, areas)
    _read_topics(draft, tasks)
    state = draft.cell("state")
    step = draft.cell("ends_on")
    draft.set("state", {"phase": "", "timeliness": "", "next_step": step, "note": state} if state or step else None)
    draft.keep_rest("source_note")
    kept = "\n".join(line for line in (*lines, draft.values.get("source_note", "")) if line)
    draft.set("source_note", kept)
    candidate = draft.candidate(key=number, foreign_key=number, label=title)
    return Candidate(**{**vars(candidate), "cells": {**candidate.cells, STAND: stand_of(options)}})


def _read_decision(draft: Draft) -> str:
    """The decision's words and the day of the last one; returns what was too long for the field."""
    if not draft.has("resolution_reference"):
        return ""
    words = draft.cell("resolution_reference")
    days = [read_date(day) for day in DECISION_DAY.findall(words.replace("\xa0", " "))]
    known = [day for day in days if not isinstance(day, Unknown) and hasattr(day, "isoformat")]
    draft.set("resolution_reference", words[:300])
    draft.set("resolution_on", max(known).isoformat() if known else None)
    if words and not known:
        draft.note("decision_without_day", "resolution_reference", weight=Weight.WARNING)
    return f"Letzter Beschluss zum Vorhaben: {words}" if len(words) > 300 else ""


def _read_dates(draft: Draft) -> str:
    """A stated period gives begin and end; a sentence that mentions days stays a sentence."""
    if not draft.has("ends_on"):
        return ""
    words = draft.cell("ends_on")
    found = read_period(words)
    is_stated = isinstance(found, ReadPeriod)
    start, end = (found.period.start, found.period.end) if is_stated else (None, None)
    draft.set("starts_on", start.isoformat() if start else None)
    draft.set("ends_on", end.isoformat() if end else None)
    draft.set("ends_words", words[:300])
    return f"Geplanter Zeitpunkt der Umsetzung: {words}" if len(words) > 300 else ""


def _read_costs(draft: Draft) -> None:
    words = draft.cell("cost_eur")
    draft.set("cost_is_approximate", draft.cost("cost_eur", words="cost_words", longest=500))
    draft.set("cost_words", words[:500])
    if words and draft.values.get("cost_eur") is None:
        draft.note("costs_in_words", "cost_eur", weight=Weight.WARNING)
        draft.set("cost_eur", None)


def _read_areas(draft: Draft, known: Lookup) -> None:
    words = draft.cell("areas")
    names = [name.strip() for name in re.split(r"[\n,]", words) if name.strip()]
    found = {name: known.find(name) for name in names}
    draft.set("areas", sorted({key for key in found.values() if key}))
    draft.set("place_words", ", ".join(names)[:300])
    for name, key in found.items():
        if key is None:
            draft.note("area_stays_text", "areas", name, weight=Weight.WARNING, proposals=known.proposals(name))


def _read_topics(draft: Draft, tasks: Lookup) -> None:
    names = [name.strip() for name in draft.cell("topics").split("\n") if name.strip()]
    found = {name: tasks.find(name) for name in names}
    draft.set("topics", sorted(set(names)))
    draft.set("tasks", sorted({key for key in found.values() if key}))
    for name, key in found.items():
        if key is None:
            draft.note("topic_stays_text", "topics", name, weight=Weight.WARNING, proposals=tasks.proposals(name))


def _cell(value: Any) -> Cell:
    """Text, or the lines of a list; links as "title: address"."""
    if isinstance(value, list):
        lines = [f"{one.get('title', '')}: {one.get('url', '')}" if isinstance(one, dict) else str(one) for one in value]
        value = "\n".join(lines)
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").strip() or None
    return Cell(value)


def _scraped_on(content: Mapping[str, Any]) -> str:
    """The day the edition was made, which is the day its state describes."""
    stamp = ((content.get("DataLiberator") or {}).get("Scraping") or {}).get("Timestamp", "")
    try:
        return datetime.fromisoformat(str(stamp).replace("Z", "+00:00")).date().isoformat()
    except ValueError:
        return ""
