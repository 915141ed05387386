"""Checks from a list: their way, what they touch, who co-signed. Their answers come in a list of their own.

For cities that kept their checks elsewhere, and for the demo. A list adds to a check and takes nothing away.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.concepts.queries import concept_choices
from dreiklang.core.enums import Weight
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
from dreiklang.papers.imports.check_cells import read_comments, read_links, read_signatures, read_steps
from dreiklang.papers.imports.check_records import existing_checks, write_checks
from dreiklang.papers.imports.targets import target_lookups
from dreiklang.papers.imports.words import numbered
from dreiklang.papers.models import Check, Meeting, Paper
from dreiklang.papers.queries.checklists import published_until
from dreiklang.people.queries import account_names, department_names
from dreiklang.people.rules import SYSTEM

REFERENCES = {
    "concept": ("concepts", "unknown_concept", Weight.ERROR),
    "department": ("departments", "unknown_department", Weight.ERROR),
    "editor": ("people", "unknown_person", Weight.WARNING),
    "reader": ("people", "unknown_person", Weight.WARNING),
    "meeting": ("meetings", "unknown_meeting", Weight.ERROR),
}


class Checks(Importer):
    """One row a check, with the checklist in force."""

    kind = "checks"
    title = _("Prüfungen")
    intro = _("Prüfungen mit Verlauf, Bezügen und Mitzeichnung. Mehreres in einer Zelle trennt |.")
    sort = 180
    fields = (
        ListField("number", _("Nummer"), True, "", "PR-2026-012", is_key=True),
        ListField("title", _("Titel"), True, "", "Radweg Nord", ("Betreff",)),
        ListField("paper", _("Vorlage"), False, _("Nummer"), "2026/0412", ("Drucksache",)),
        ListField("concept", _("Konzept"), False, _("Nummer"), "FK-12"),
        ListField("department", _("Amt"), False, _("Kürzel oder Name"), "66"),
        ListField("editor", _("Bearbeitet von"), False, _("E-Mail")),
        ListField("reader", _("Zweitprüfung"), False, _("E-Mail")),
        ListField("meeting", _("Sitzung"), False, _("Kürzel"), "sr-2026-12-10"),
        ListField("committee_on", _("Soll ins Gremium am"), False, "", "10.12.2026"),
        ListField(
            "steps",
            _("Verlauf"),
            True,
            _("Stand und Tag, mit Grund wo nötig"),
            "in Arbeit 05.10.2026|freigegeben 02.11.2026",
        ),
        ListField("released_by_name", _("Freigegeben von"), False),
        ListField("is_relevant", _("Von Belang"), False, _("ja oder nein; leer: noch offen"), "ja"),
        ListField("relevance_reason", _("Begründung"), False),
        ListField("goals", _("Ziele"), False, _("Nummer, + oder −, Grund"), "5.2 +: Schließt eine Lücke"),
        ListField(
            "links", _("Bezüge"), False, _("Konzept, Maßnahme, Stadtteil"), "Maßnahme V-17|Stadtteil 02"
        ),
        ListField(
            "signatures",
            _("Mitzeichnung"),
            False,
            _("Amt, Antwort, Frist, Grund"),
            "20 Kämmerei mitgezeichnet bis 30.10.2026",
        ),
        ListField("comments", _("Anmerkungen"), False, _("E-Mail, offen oder erledigt, Text")),
        ListField("text", _("Text"), False, _("Leer: der Text der Vorlage")),
    )
    sentences: Mapping[str, str] = {
        "unknown_paper": _("Die Vorlage „%(value)s“ gibt es nicht, oder es gibt sie mehrfach."),
        "unknown_concept": _("Das Konzept „%(value)s“ gibt es nicht."),
        "unknown_meeting": _("Die Sitzung „%(value)s“ gibt es nicht."),
        "unknown_target": _("„%(value)s“ gibt es nicht."),
        "target_twice": _("Derselbe Bezug steht zweimal in der Zeile."),
        "cell_unreadable": _("„%(value)s“ ist nicht zu lesen."),
        "step_unreadable": _("„%(value)s“ ist kein Stand mit Tag. So geht es: freigegeben 02.11.2026."),
        "steps_not_in_order": _("Die Tage des Verlaufs stehen nicht in ihrer Reihenfolge."),
        "signature_unreadable": _("„%(value)s“ ist keine Antwort mit Frist."),
        "answer_without_reason": _("Die Antwort „%(value)s“ braucht ihren Grund."),
        "relevance_without_reason": _("Zu „von Belang“ fehlt die Begründung."),
        "no_checklist": _("Es gilt noch kein Prüfschema. Setzen Sie zuerst eines in Kraft."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Everything a row may name is looked up once."""
        drafts = [Draft(row) for row in rows]
        papers, doubled = numbered(Paper, [draft.cell("paper") for draft in drafts])
        known = {
            "concepts": Lookup.of(_split(label) for _pk, label in concept_choices(SYSTEM)),
            "departments": Lookup.of(department_names()),
            "people": Lookup.of(account_names()),
            "meetings": Lookup.of(Meeting.objects.order_by("pk").values_list("key", "name")),
        }
        targets = target_lookups()
        can_begin = published_until(timezone.localdate()).exists()
        there = set(Check.objects.values_list("number", flat=True))
        found = []
        for draft in drafts:
            if not can_begin and draft.cell("number") not in there:
                draft.note("no_checklist", "number")
            found.append(_candidate(draft, papers.keys() - doubled, known, targets, options))
        return found

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Checks by number."""
        return existing_checks(keys)

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New checks with all that belongs to them; to those there are, what is missing."""
        write_checks(
            new={one.key: one.values for one in new},
            changed={row.candidate.key: row.after for row in changed},
        )


CHECKS = Checks()


def _candidate(
    draft: Draft,
    papers: Iterable[str],
    known: Mapping[str, Lookup],
    targets: Mapping[str, Lookup],
    options: Options,
) -> Candidate:
    number = draft.text("number", longest=40)
    title = draft.text("title", longest=600)
    paper = draft.text("paper")
    if paper and paper not in papers:
        draft.note("unknown_paper", "paper")
    for name, (lookup, code, weight) in REFERENCES.items():
        draft.reference(name, known[lookup], code=code, weight=weight)
    draft.day("committee_on", options)
    steps = read_steps(draft, "steps")
    if steps:
        draft.set("state", steps[-1]["state"])
    draft.text("released_by_name", longest=200)
    _read_relevance(draft)
    read_links(draft, targets, goals="goals", links="links")
    read_signatures(draft, "signatures", known["departments"])
    read_comments(draft, "comments", known["people"])
    draft.text("text", longest=2_000_000)
    return draft.candidate(key=number, label=f"{number} {title}".strip())


def _read_relevance(draft: Draft) -> None:
    draft.text("relevance_reason")
    if not draft.has("is_relevant"):
        return
    if not draft.cell("is_relevant"):
        draft.set("is_relevant", None)
        return
    draft.flag("is_relevant")
    if not draft.cell("relevance_reason"):
        draft.note("relevance_without_reason", "is_relevant")


def _split(label: str) -> tuple[str, str]:
    number, _sign, title = label.partition(" ")
    return number, title
