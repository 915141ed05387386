"""Sector plans and formal plans from a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.concepts.imports.links import link_all, links_of
from dreiklang.concepts.models import KIND_LABELS, STATUS_LABELS, VISIBILITY_LABELS, Concept
from dreiklang.concepts.rules import ConceptKind, ConceptStatus, lacks_summary
from dreiklang.core.enums import Visibility, Weight
from dreiklang.core.geodata.layer import GEOMETRY
from dreiklang.core.geometry import cube_text
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
from dreiklang.core.imports.place_options import SRID_OPTION
from dreiklang.core.imports.placing import (
    PLACE_ALIASES,
    place_from,
    place_hex,
    read_place,
    shown_place,
    without_place,
)
from dreiklang.core.text import german
from dreiklang.goals.queries.written_links import LINK_SENTENCES, goal_lookup, read_goal_links, task_lookup
from dreiklang.people.queries import account_ids, account_names, department_ids, department_names
from dreiklang.places.queries import area_lookup

KIND_WORDS = {german(label): kind.value for kind, label in KIND_LABELS.items()} | {
    "Konzept": ConceptKind.SECTOR_PLAN.value,
    "Bebauungsplan": ConceptKind.FORMAL_PLAN.value,
    "Satzung": ConceptKind.FORMAL_PLAN.value,
    "Flächennutzungsplan": ConceptKind.FORMAL_PLAN.value,
}
STATUS_WORDS = {german(label): status.value for status, label in STATUS_LABELS.items()} | {
    "Entwurf": ConceptStatus.DRAFTING.value,
    "in Beteiligung": ConceptStatus.PARTICIPATION.value,
    "gültig": ConceptStatus.ADOPTED.value,
    "ersetzt": ConceptStatus.SUPERSEDED.value,
}
VISIBILITY_WORDS = {german(label): value.value for value, label in VISIBILITY_LABELS.items()}
TEXTS = (
    "title",
    "resolution_reference",
    "summary",
    "summary_waived_reason",
    "framework_reference",
    "note",
    "cost_words",
    "gap_words",
)
CHOICES = ("kind", "status", "visibility")
DAYS = ("valid_from", "valid_to", "resolution_on")
MONEY = ("cost_eur", "gap_eur")
PEOPLE = ("lead", "deputy")
EMPTY = {
    "kind": ConceptKind.SECTOR_PLAN,
    "status": ConceptStatus.COMMISSIONED,
    "visibility": Visibility.INTERNAL,
}


class Concepts(Importer):
    """One row a concept."""

    kind = "concepts"
    title = _("Fachkonzepte und Pläne")
    intro = _("Ihr Register, auch unvollständig: Nummer und Titel genügen.")
    sort = 90
    fields = (
        ListField("number", _("Nummer"), True, "", "FK-07", ("Nr.", "Nr", "Kennung"), is_key=True),
        ListField(
            "title", _("Titel"), True, "", "Radverkehrskonzept 2030", ("Name", "Konzept", "Bezeichnung")
        ),
        ListField("kind", _("Art"), False, _("Fachkonzept oder Förmlicher Plan"), "Fachkonzept", ("Typ",)),
        ListField(
            "status",
            _("Status"),
            False,
            _("beauftragt, in Arbeit, beschlossen …"),
            "beschlossen",
            ("Stand",),
        ),
        ListField("valid_from", _("Gültig ab"), False, "", "01.01.2024"),
        ListField("valid_to", _("Gültig bis"), False, "", "31.12.2030"),
        ListField(
            "lead_department",
            _("Federführung"),
            False,
            _("Kürzel oder Name"),
            "66",
            ("Amt", "Federführendes Amt"),
        ),
        ListField("lead", _("Verantwortlich"), False, _("E-Mail")),
        ListField("deputy", _("Vertretung"), False, _("E-Mail")),
        ListField("resolution_reference", _("Beschluss"), False, "", "B-012/2024", ("Beschlussnummer",)),
        ListField("resolution_on", _("Beschlussdatum"), False, "", "20.03.2024", ("Beschlossen am",)),
        ListField(
            "goals",
            _("Ziele"),
            False,
            _("!5.2 + (3): Grund, getrennt durch |"),
            "!5.2 + (3): Mehr sichere Wege",
        ),
        ListField(
            "tasks", _("Zukunftsaufgaben"), False, _("Nummern, getrennt durch |"), "5", is_multiple=True
        ),
        ListField(
            "areas",
            _("Stadtteile"),
            False,
            _("Schlüssel oder Namen, getrennt durch |"),
            "01|02",
            is_multiple=True,
        ),
        ListField("cost_eur", _("Gesamtkosten"), False, _("Betrag oder Worte"), "1.200.000 €", ("Kosten",)),
        ListField("gap_eur", _("Finanzierungslücke"), False, _("Betrag oder Worte"), "300.000 €", ("Lücke",)),
        ListField("summary", _("Kurzfassung"), False, _("Für Bürger:innen"), "", ("Zusammenfassung",)),
        ListField(
            "summary_waived_reason",
            _("Warum ohne Kurzfassung"),
            False,
            _("Wenn es ohne in den Rat ging"),
            "",
            ("Ohne Kurzfassung, weil",),
        ),
        ListField("framework_reference", _("Bezug zum INSEK"), False),
        ListField("visibility", _("Sichtbarkeit"), False, _("intern oder öffentlich"), "öffentlich"),
        ListField("note", _("Interne Bemerkung"), False, "", "", ("Bemerkung",)),
        ListField(GEOMETRY, _("Geometrie"), False, _("WKT oder GeoJSON"), "", PLACE_ALIASES),
    )
    option_fields = (replace(SRID_OPTION, asked_first=False),)
    sentences: Mapping[str, str] = {
        **LINK_SENTENCES,
        "needs_summary": _(
            "Das Konzept geht ohne Kurzfassung für Bürger:innen in den Rat. Ergänzen Sie sie oder den Grund."
        ),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Lookups once, then row by row."""
        lookups = {
            "departments": Lookup.of(department_names()),
            "people": Lookup.of(account_names()),
            "goals": goal_lookup(),
            "tasks": task_lookup(),
            "areas": area_lookup(),
        }
        drafts = [Draft(row) for row in rows]
        numbers = [draft.cell("number") for draft in drafts]
        columns = ("number", "status", "summary", "summary_waived_reason")
        stored = {
            number: rest for number, *rest in Concept.objects.filter(number__in=numbers).values_list(*columns)
        }
        return [_candidate(draft, lookups, options, stored) for draft in drafts]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Concepts by number, with their links."""
        stored = Concept.objects.filter(number__in=keys).defer("search", "bounds")
        found = {one.number: one for one in stored.select_related("lead_department", "lead", "deputy")}
        links = links_of([one.pk for one in found.values()])
        return {number: _values(concept) | links[concept.pk] for number, concept in found.items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New concepts, then what changed, then all links."""
        given = {one.key: dict(one.values) for one in new} | {row.candidate.key: row.after for row in changed}
        if not given:
            return
        departments = department_ids(
            [one["lead_department"] for one in given.values() if one.get("lead_department")]
        )
        people = account_ids([one[name] for one in given.values() for name in PEOPLE if one.get(name)])
        stored = Concept.objects.filter(number__in=[row.candidate.key for row in changed])
        concepts = {one.number: one for one in stored.defer("search")}
        touched = list(concepts.values())
        fresh = [Concept(number=one.key) for one in new]
        concepts.update({one.number: one for one in fresh})
        for number, values in given.items():
            _apply(concepts[number], values, departments, people)
        Concept.objects.bulk_create(fresh)
        for concept in touched:
            concept.version += 1
            concept.changed_at = timezone.now()
        columns = [
            *TEXTS,
            *CHOICES,
            *DAYS,
            *MONEY,
            *PEOPLE,
            "lead_department",
            GEOMETRY,
            "bounds",
            "version",
            "changed_at",
        ]
        Concept.objects.bulk_update(touched, columns)
        link_all({concepts[number].pk: values for number, values in given.items()})

    def shown(self, name: str, value: Any) -> Any:
        """A place as its kind, an area with its size."""
        return shown_place(value) if name == GEOMETRY else value


CONCEPTS = Concepts()


def _candidate(
    draft: Draft,
    lookups: Mapping[str, Lookup],
    options: Options,
    stored: Mapping[str, Sequence[str]],
) -> Candidate:
    number = draft.text("number", longest=60)
    title = draft.text("title", longest=300)
    draft.choice("kind", KIND_WORDS, empty=EMPTY["kind"].value)
    draft.choice("status", STATUS_WORDS, empty=EMPTY["status"].value)
    draft.choice("visibility", VISIBILITY_WORDS, empty=EMPTY["visibility"].value)
    days = [draft.day(name, options) for name in DAYS]
    if days[0] and days[1] and days[1] < days[0]:
        draft.note("ends_before_start", "valid_to")
    draft.reference("lead_department", lookups["departments"], code="unknown_department")
    for name in PEOPLE:
        draft.reference(name, lookups["people"], code="unknown_person", weight=Weight.WARNING)
    draft.text("resolution_reference", longest=160)
    read_goal_links(draft, "goals", lookups["goals"])
    draft.references("tasks", lookups["tasks"], code="unknown_task")
    draft.references("areas", lookups["areas"], code="unknown_area")
    draft.cost("cost_eur", words="cost_words")
    draft.cost("gap_eur", words="gap_words")
    draft.text("summary")
    draft.text("summary_waived_reason")
    _warn_of_missing_summary(draft, stored.get(number, ("", "", "")))
    draft.text("framework_reference")
    draft.text("note")
    draft.keep_rest("note")
    _read_place(draft, options)
    return without_place(draft.candidate(key=number, label=f"{number} {title}".strip()), GEOMETRY)


def _read_place(draft: Draft, options: Options) -> None:
    """An empty cell takes the place away; most concepts of a register have none."""
    if draft.cell(GEOMETRY):
        read_place(draft, GEOMETRY, options)
    elif draft.has(GEOMETRY):
        draft.set(GEOMETRY, None)


def _warn_of_missing_summary(draft: Draft, stored: Sequence[str]) -> None:
    """What a form refuses, a list only tells: it may describe what happened long ago."""
    status, summary, reason = stored
    if lacks_summary(
        before=status,
        after=draft.values.get("status") or status,
        summary=draft.values.get("summary", summary),
        waived_reason=draft.values.get("summary_waived_reason", reason),
    ):
        draft.note("needs_summary", "summary", weight=Weight.WARNING)


def _values(concept: Concept) -> dict[str, Any]:
    days = {name: day.isoformat() if (day := getattr(concept, name)) else None for name in DAYS}
    money = {name: str(sum_) if (sum_ := getattr(concept, name)) is not None else None for name in MONEY}
    people = {name: person.email if (person := getattr(concept, name)) else None for name in PEOPLE}
    plain = {name: getattr(concept, name) for name in (*TEXTS, *CHOICES)}
    plain["lead_department"] = concept.lead_department.key if concept.lead_department else None
    plain[GEOMETRY] = place_hex(concept.geometry)
    return {"number": concept.number, **days, **money, **people, **plain}


def _apply(
    concept: Concept, given: Mapping[str, Any], departments: Mapping[str, int], people: Mapping[str, int]
) -> None:
    for name in given.keys() & set(TEXTS + CHOICES):
        setattr(concept, name, given[name])
    for name in given.keys() & set(DAYS):
        setattr(concept, name, date.fromisoformat(given[name]) if given[name] else None)
    for name in given.keys() & set(MONEY):
        setattr(concept, name, Decimal(given[name]) if given[name] is not None else None)
    for name in given.keys() & set(PEOPLE):
        setattr(concept, f"{name}_id", people.get(given[name] or ""))
    if "lead_department" in given:
        concept.lead_department_id = departments.get(given["lead_department"] or "")
    if GEOMETRY in given:
        concept.geometry = place_from(given[GEOMETRY])
    concept.bounds = None if concept.geometry is None else cube_text(concept.geometry.bounds)
