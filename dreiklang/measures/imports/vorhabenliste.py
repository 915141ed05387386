"""The list of projects (Vorhabenliste) of Jena in the JSON edition of OffenesJena. docs/sources/vorhabenliste.md"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Candidate, ListField, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.reading import Cost, ReadPeriod, read_cost, read_date, read_period
from dreiklang.core.tables import CannotRead, Limits, Note, Row, Table, load_json
from dreiklang.goals.queries.written_links import task_lookup
from dreiklang.measures.imports.foreign import (
    FOREIGN_SENTENCES,
    ForeignMeasures,
    beside,
    cell_of,
    linked_or_text,
    with_stand,
)
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
NOTHING = frozenset({"-", "–"})
WHOLE_CITY = "gesamtstädtisch"
LONGEST_REFERENCE, LONGEST_WORDS, LONGEST_COST = 300, 300, 500


class Vorhabenliste(ForeignMeasures):
    """42 projects in 2015: costs, dates and decisions in words. What is not certain stays words."""

    kind = "vorhabenliste"
    title = gettext_noop("Vorhabenliste (OffenesJena, JSON)")
    intro = gettext_noop("Vorhaben mit Beschluss, Bearbeitungsstand, Kosten und Gebiet in Worten.")
    sort = 200
    row_word = gettext_noop("Vorhaben")
    endings = (".json",)
    fields = tuple(
        ListField(
            name,
            column,
            name in {"number", "title"},
            is_key=name == "number",
            is_multiple=name in {"areas", "topics"},
        )
        for column, name in COLUMNS.items()
    )
    sentences: Mapping[str, str] = {
        **FOREIGN_SENTENCES,
        "topic_stays_text": gettext_noop(
            "Das Thema „%(value)s“ ist keine Zukunftsaufgabe. Es bleibt als Schlagwort stehen."
        ),
        "area_stays_text": gettext_noop(
            "Das Gebiet „%(value)s“ ist nicht bekannt. Es bleibt als Ort in Worten stehen."
        ),
        "decision_without_day": gettext_noop("Zum Beschluss „%(value)s“ nennt die Quelle keinen Tag."),
        "costs_in_words": gettext_noop(
            "Aus „%(value)s“ geht kein Betrag hervor. Die Worte bleiben stehen, der Betrag bleibt unbekannt."
        ),
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
        rows = [
            Row(number, {name: cell_of(one.get(name)) for name in columns})
            for number, one in enumerate(projects, 1)
        ]
        notes, facts = _about(content)
        return Table(columns=columns, rows=rows, header_row=0, encoding="utf-8", notes=notes), facts

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Areas and topics are linked where we know them, else kept as text with a problem noted."""
        areas, tasks = area_lookup(), task_lookup()
        candidates = [_candidate(Draft(row), areas, tasks, options) for row in rows]
        return with_stand(candidates, [str(options.facts.get("stand") or "")] * len(candidates), options)


VORHABENLISTE = Vorhabenliste()


def _candidate(draft: Draft, areas: Lookup, tasks: Lookup, options: Options) -> Candidate:
    number = draft.text("number", longest=60)
    title = draft.text("title", longest=300)
    draft.text("description")
    decision = _read_decision(draft)
    _read_dates(draft)
    _read_costs(draft)
    _read_areas(draft, areas)
    _read_topics(draft, tasks)
    _read_state(draft)
    draft.set("source_note", decision)
    draft.keep_rest("source_note")
    key = options.known.get(number, number)
    draft.set("number", key)
    return draft.candidate(key=key, foreign_key=number, label=title)


def _read_decision(draft: Draft) -> str:
    """The decision's words and the day of the last one; returns the words if they are too long for the field."""
    words = _said(draft, "resolution_reference")
    days = [day for one in DECISION_DAY.findall(words) if isinstance(day := read_date(one), date)]
    draft.set("resolution_reference", _short(words, LONGEST_REFERENCE))
    draft.set("resolution_on", max(days).isoformat() if days else None)
    if words and not days:
        draft.note("decision_without_day", "resolution_reference", weight=Weight.WARNING)
    return f"Letzter Beschluss zum Vorhaben: {words}" if len(words) > LONGEST_REFERENCE else ""


def _read_dates(draft: Draft) -> None:
    """A stated period gives begin and end; a sentence that mentions days stays a sentence."""
    words = _said(draft, "ends_on")
    found = read_period(words)
    start, end = (found.period.start, found.period.end) if isinstance(found, ReadPeriod) else (None, None)
    draft.set("starts_on", start.isoformat() if start else None)
    draft.set("ends_on", end.isoformat() if end else None)
    draft.set("ends_words", _short(words, LONGEST_WORDS))


def _read_costs(draft: Draft) -> None:
    """One total in euros, or the words. The words stay in both cases: they say what the amount is for."""
    words = _said(draft, "cost_eur")
    found = read_cost(words)
    amount = found if isinstance(found, Cost) else None
    draft.set("cost_eur", str(amount.amount.amount) if amount else None)
    draft.set("cost_is_approximate", bool(amount and amount.approximate))
    draft.set("cost_words", _short(words, LONGEST_COST))
    if words and amount is None:
        draft.note("costs_in_words", "cost_eur", weight=Weight.WARNING)


def _read_areas(draft: Draft, known: Lookup) -> None:
    names = [name.strip() for name in re.split(r"[\n,]", _said(draft, "areas")) if name.strip()]
    parts = [name.removeprefix("Ortsteil ") for name in names if name.casefold() != WHOLE_CITY]
    draft.set("areas", linked_or_text(draft, "areas", parts, known, code="area_stays_text"))
    draft.set("place_words", _short(", ".join(names), LONGEST_WORDS))


def _read_topics(draft: Draft, tasks: Lookup) -> None:
    names = sorted({name.strip() for name in _said(draft, "topics").split("\n") if name.strip()})
    draft.set("topics", names)
    draft.set("tasks", linked_or_text(draft, "topics", names, tasks, code="topic_stays_text"))


def _read_state(draft: Draft) -> None:
    """What the source says about the work, as it says it: phase and timeliness stay unknown."""
    state, step = _said(draft, "state"), _said(draft, "ends_on")
    told = {"phase": "", "timeliness": "", "next_step": step, "note": state}
    draft.set("state", told if state or step else None)


def _said(draft: Draft, name: str) -> str:
    """The cell's words; the source writes a dash for nothing."""
    words = draft.cell(name)
    return "" if words in NOTHING else words


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rpartition(" ")[0] + "…"


def _about(content: Mapping[str, Any]) -> tuple[tuple[Note, ...], dict[str, Any]]:
    """What the file says of itself. The contact person of the source, her address and numbers stay out."""
    source, edition = _part(content, "DataSource"), _part(content, "DataLiberator")
    scraping = _part(edition, "Scraping")
    author = _part(source, "Autor").get("Name", "")
    editor = ", ".join(str(edition[name]) for name in ("Organization", "Name") if edition.get(name))
    notes = [
        *beside("Datei", {"Beschreibung": content.get("Description")}),
        *beside("Quelle", {name: source.get(name) for name in ("URL", "BrokenXMLURL", "License")}),
        *beside("Ausgabe", {name: edition.get(name) for name in ("URL", "License")}),
        *beside("Abruf", scraping),
    ]
    licences = dict.fromkeys(str(one["License"]) for one in (source, edition) if one.get("License"))
    facts = {
        "stand": _day(str(scraping.get("Timestamp", ""))),
        "licence": " / ".join(licences),
        "attribution": " / ".join(str(one) for one in (author, editor) if one),
    }
    return tuple(notes), {name: value for name, value in facts.items() if value}


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name)
    return found if isinstance(found, dict) else {}


def _day(stamp: str) -> str:
    try:
        return datetime.fromisoformat(stamp.replace("Z", "+00:00")).date().isoformat()
    except ValueError:
        return ""
