"""Measures from a city's list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.concepts.queries.lookups import concept_lookup
from dreiklang.core.enums import Visibility, Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.text import german
from dreiklang.goals.queries.written_links import LINK_SENTENCES, goal_lookup, read_goal_links, task_lookup
from dreiklang.measures.imports.records import BRIEF, stored_values, write_measures
from dreiklang.measures.imports.spans import read_price_date, read_span
from dreiklang.measures.imports.unnumbered import TITLE_SENTENCES, Named, names_of
from dreiklang.measures.models import Measure
from dreiklang.measures.models.labels import DURATION_LABELS, TASK_TYPE_LABELS, VISIBILITY_LABELS
from dreiklang.measures.rules import Duration, TaskType
from dreiklang.people.queries import account_names, department_names
from dreiklang.places.queries import area_lookup

TASK_TYPES = {german(label): kind.value for kind, label in TASK_TYPE_LABELS.items()} | {
    "freiwillig": TaskType.VOLUNTARY.value,
    "Pflicht": TaskType.MANDATORY.value,
    "unbekannt": TaskType.UNKNOWN.value,
}
DURATIONS = {german(label): kind.value for kind, label in DURATION_LABELS.items()} | {
    "Projekt": Duration.DATED.value,
    "laufend": Duration.CONTINUOUS.value,
    "fortlaufend": Duration.CONTINUOUS.value,
}
VISIBILITIES = {german(label): value.value for value, label in VISIBILITY_LABELS.items()}


class Measures(Importer):
    """One row a measure. Phase and timeliness are not here: they stand in reports."""

    kind = "measures"
    title = _("Maßnahmen")
    intro = _(
        "Ihre eigene Liste, so wie sie ist: Nummer und Titel genügen. Der Stand kommt mit den Berichten."
    )
    sort = 100
    fields = (
        ListField(
            "number",
            _("Nummer"),
            True,
            "",
            "V-17",
            ("Nr.", "Nr", "ID", "Kennung", "Maßnahmennummer"),
            is_key=True,
        ),
        ListField(
            "title",
            _("Titel"),
            True,
            "",
            "Radweg Nord",
            ("Maßnahme", "Name", "Bezeichnung", "Projekt", "Vorhaben"),
            is_key=True,
        ),
        ListField("teaser", _("Kurz"), False, _("In einem Satz"), "", ("Kurzbeschreibung", "In einem Satz")),
        ListField("description", _("Beschreibung"), False, "", "", ("Erläuterung", "Inhalt")),
        ListField(
            "concepts",
            _("Konzept"),
            False,
            _("Nummern oder Titel"),
            "FK-07",
            ("Fachkonzept", "Konzepte"),
            True,
        ),
        ListField(
            "lead_department",
            _("Federführendes Amt"),
            False,
            _("Kürzel oder Name"),
            "66",
            ("Amt", "Zuständig"),
        ),
        ListField("lead", _("Verantwortlich"), False, _("E-Mail"), "", ("Federführung", "Ansprechperson")),
        ListField("deputy", _("Vertretung"), False, _("E-Mail")),
        ListField(
            "involved",
            _("Beteiligte Ämter"),
            False,
            _("Kürzel, getrennt durch |"),
            "61|67",
            ("Beteiligte",),
            True,
        ),
        ListField(
            "partners",
            _("Partner"),
            False,
            _("Namen, getrennt durch |"),
            "Verkehrsbetriebe",
            ("Externe",),
            True,
        ),
        ListField(
            "goals",
            _("Ziele"),
            False,
            _("!5.2 + (3): Grund, getrennt durch |"),
            "!5.2 + (3): Mehr sichere Wege",
        ),
        ListField("tasks", _("Zukunftsaufgaben"), False, _("Nummern, getrennt durch |"), "5", (), True),
        ListField("task_type", _("Aufgabenart"), False, _("Pflichtaufgabe oder freiwillig"), "freiwillig"),
        ListField("duration", _("Art"), False, _("befristet oder Daueraufgabe"), "befristet", ("Dauer",)),
        ListField(
            "starts_on",
            _("Beginn"),
            False,
            _("Datum oder Worte"),
            "2. Quartal 2026",
            ("Start", "Baubeginn"),
        ),
        ListField(
            "ends_on",
            _("Ende"),
            False,
            _("Datum oder Worte"),
            "31.12.2027",
            ("Fertigstellung", "Abschluss"),
        ),
        ListField(
            "areas",
            _("Stadtteile"),
            False,
            _("Schlüssel oder Namen, getrennt durch |"),
            "01|02",
            ("Stadtteil",),
            True,
        ),
        ListField("place_words", _("Ort"), False, "", "Bahnhof bis Auenviertel", ("Lage", "Adresse")),
        ListField(
            "cost_eur",
            _("Kosten"),
            False,
            _("Betrag oder Worte"),
            "rd. 1,2 Mio. €",
            ("Gesamtkosten", "Kostenschätzung"),
        ),
        ListField("cost_price_on", _("Preisstand"), False, _("Jahr oder Datum"), "2025"),
        ListField("parent", _("Übergeordnete Maßnahme"), False, _("Nummer"), "", ("Teil von",)),
        ListField("needs_first", _("Braucht zuerst"), False, _("Nummern, getrennt durch |"), "", (), True),
        ListField("resolution_reference", _("Beschluss"), False, "", "B-118/2024"),
        ListField("resolution_on", _("Beschlussdatum"), False, "", "14.11.2024", ("Beschlossen am",)),
        ListField("visibility", _("Sichtbarkeit"), False, _("intern oder öffentlich"), "öffentlich"),
        ListField(
            "topics", _("Themen"), False, _("getrennt durch |"), "Verkehr|Klima", ("Schlagworte",), True
        ),
        *(ListField(name, label) for name, label in BRIEF.items()),
        ListField("brief_agreed_on", _("Auftrag vereinbart am"), False, "", "15.02.2026"),
        ListField("note", _("Interne Bemerkung"), False, "", "", ("Bemerkung",)),
    )
    sentences: Mapping[str, str] = {
        **LINK_SENTENCES,
        **TITLE_SENTENCES,
        "unknown_concept": _("Das Konzept „%(value)s“ gibt es nicht."),
        "unknown_measure": _("Die Maßnahme „%(value)s“ gibt es nicht, auch nicht in dieser Liste."),
        "measure_circle": _("Die Maßnahme wäre Teil ihrer selbst."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Lookups once, then row by row. A parent may stand before or after its parts."""
        drafts = [Draft(row) for row in rows]
        stored = dict(Measure.objects.order_by("pk").values_list("number", "title"))
        names = names_of(drafts, stored, options)
        listed = {
            one.number: draft.cell("title") for one, draft in zip(names, drafts, strict=True) if one.number
        }
        lookups = all_lookups({**stored, **listed})
        return [
            _candidate(draft, named, lookups, options) for draft, named in zip(drafts, names, strict=True)
        ]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Measures by number, with their links and brief."""
        return stored_values(keys)

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New measures, what changed, then all links; in bulk."""
        write_measures(new=new, changed=changed)


MEASURES = Measures()


def all_lookups(measures: Mapping[str, str]) -> dict[str, Lookup]:
    """Everything that a cell may name. `measures`: number → title, those of the list itself count as there."""
    return {
        "departments": Lookup.of(department_names()),
        "people": Lookup.of(account_names()),
        "goals": goal_lookup(),
        "tasks": task_lookup(),
        "areas": area_lookup(),
        "concepts": concept_lookup(),
        "measures": Lookup.of(measures.items()),
    }


def _candidate(draft: Draft, named: Named, lookups: Mapping[str, Lookup], options: Options) -> Candidate:
    draft.text("number", longest=60)
    number = named.number
    title = " ".join(draft.text("title", longest=300).split())
    if draft.has("title"):
        draft.set("title", title)
    for name, longest in (
        ("teaser", 400),
        ("description", None),
        ("place_words", 300),
        ("resolution_reference", 300),
    ):
        draft.text(name, longest=longest)
    draft.choice("task_type", TASK_TYPES, empty=TaskType.UNKNOWN.value)
    draft.choice("duration", DURATIONS, empty=Duration.DATED.value)
    draft.choice("visibility", VISIBILITIES, empty=Visibility.INTERNAL.value)
    read_span(draft)
    read_price_date(draft)
    if draft.has("cost_eur"):
        draft.set("cost_is_approximate", draft.cost("cost_eur", words="cost_words", longest=500))
    draft.day("resolution_on", options)
    draft.day("brief_agreed_on", options)
    _read_names(draft, lookups)
    for name in BRIEF:
        draft.text(name)
    draft.text("note")
    draft.keep_rest("source_note")
    parent = draft.values.get("parent")
    return draft.candidate(
        key=number,
        foreign_key=named.row_key,
        label=f"{number} {title}".strip(),
        needs=[parent] if parent != number else [],
    )


def _read_names(draft: Draft, lookups: Mapping[str, Lookup]) -> None:
    draft.reference("lead_department", lookups["departments"], code="unknown_department")
    for name in ("lead", "deputy"):
        draft.reference(name, lookups["people"], code="unknown_person", weight=Weight.WARNING)
    draft.references("involved", lookups["departments"], code="unknown_department")
    read_goal_links(draft, "goals", lookups["goals"])
    draft.references("tasks", lookups["tasks"], code="unknown_task")
    draft.references("areas", lookups["areas"], code="unknown_area")
    draft.references("concepts", lookups["concepts"], code="unknown_concept")
    draft.references("needs_first", lookups["measures"], code="unknown_measure")
    parent = draft.reference("parent", lookups["measures"], code="unknown_measure")
    if parent and parent == draft.values.get("number"):
        draft.note("measure_circle", "parent")
    draft.names("partners")
    draft.names("topics")
