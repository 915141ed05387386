"""Resolutions, motions, inquiries and promises from a list, with what became of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

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
from dreiklang.measures.queries import ids_of
from dreiklang.papers.imports.resolution_reports import (
    REPORTED,
    add_reports,
    latest_reports,
    take_states,
)
from dreiklang.papers.imports.resolution_steps import link_steps
from dreiklang.papers.models import Paper, Resolution, ResolutionMeasure
from dreiklang.papers.models.labels import RESOLUTION_STATE_LABELS, RESULT_LABELS, TRACKED_KIND_LABELS
from dreiklang.papers.models.papers import VISIBILITY_LABELS
from dreiklang.papers.queries.papers import paper_choices
from dreiklang.papers.queries.resolutions.choices import measure_names
from dreiklang.papers.rules.kinds import ResolutionState, Result, TrackedKind
from dreiklang.papers.rules.resolutions import is_reserved
from dreiklang.people.queries import (
    account_ids,
    account_names,
    committee_ids,
    committee_names,
    department_ids,
    department_names,
)
from dreiklang.people.rules import HeldRole, Role, Viewer

KIND_WORDS = {german(label): one.value for one, label in TRACKED_KIND_LABELS.items()} | {
    "Haushaltsantrag": TrackedKind.MOTION.value,
    "Prüfauftrag": TrackedKind.MOTION.value,
}
RESULT_WORDS = {german(label): one.value for one, label in RESULT_LABELS.items()} | {
    "angenommen": Result.ADOPTED.value,
    "zugestimmt": Result.ADOPTED.value,
    "mit Änderungen beschlossen": Result.ADOPTED_CHANGED.value,
}
STATE_WORDS = {german(label): one.value for one, label in RESOLUTION_STATE_LABELS.items()} | {
    "in Umsetzung": ResolutionState.IN_WORK.value,
    "umgesetzt": ResolutionState.DONE.value,
    "nicht weiterverfolgt": ResolutionState.DROPPED.value,
}
VISIBILITY_WORDS = {german(label): one.value for one, label in VISIBILITY_LABELS.items()}
TEXTS = ("title", "text", "money_words")
CHOICES = ("kind", "result", "visibility")
DAYS = ("decided_on", "due_on")
# Lists come from the administration; what a row names may be internal.
_ALL = Viewer(held=frozenset({HeldRole(Role.COORDINATOR)}))


class Resolutions(Importer):
    """One row a resolution."""

    kind = "resolutions"
    title = _("Beschlüsse")
    intro = _("Beschlüsse, Anträge, Anfragen und Zusagen, und was daraus wurde.")
    sort = 170
    fields = (
        ListField(
            "number",
            _("Nummer"),
            True,
            "",
            "B-012/2026",
            ("Nr.", "Beschlussnummer", "Beschluss"),
            is_key=True,
        ),
        ListField("title", _("Titel"), True, "", "Radweg Nord bauen", ("Betreff", "Gegenstand")),
        ListField("kind", _("Art"), False, _("Beschluss, Antrag, Anfrage oder Zusage"), "Beschluss"),
        ListField("text", _("Wortlaut"), False, "", "", ("Beschlusstext",)),
        ListField("paper", _("Vorlage"), False, _("Nummer der Vorlage"), "2026/0044", ("Drucksache",)),
        ListField("committee", _("Gremium"), False, _("Kürzel oder Name"), "SR", ("Ausschuss",)),
        ListField("decided_on", _("Beschlossen am"), False, "", "04.03.2026", ("Datum", "Beschlussdatum")),
        ListField("result", _("Ergebnis"), False, _("beschlossen, abgelehnt …"), "beschlossen"),
        ListField("state", _("Stand"), False, _("offen, in Arbeit, erledigt, aufgegeben"), "in Arbeit"),
        ListField("state_on", _("Stand vom"), False, "", "30.09.2026"),
        ListField("public_note", _("Was daraus wurde"), False, _("Für Bürger:innen"), "", ("Sachstand",)),
        ListField("is_released", _("Notiz freigegeben"), False, _("ja oder nein"), "ja"),
        ListField("due_on", _("Zu erledigen bis"), False, "", "31.12.2026", ("Frist", "Termin")),
        ListField("department", _("Zuständiges Amt"), False, _("Kürzel oder Name"), "66", ("Amt",)),
        ListField("lead", _("Verantwortlich"), False, _("E-Mail")),
        ListField(
            "measures", _("Maßnahmen"), False, _("Nummern, getrennt durch |"), "V-17", is_multiple=True
        ),
        ListField("money_eur", _("Mittel"), False, _("Betrag oder Worte"), "120.000 €", ("Kosten",)),
        ListField("needs_money", _("Braucht Mittel"), False, _("ja oder nein"), "ja"),
        ListField("visibility", _("Sichtbarkeit"), False, _("intern oder öffentlich"), "öffentlich"),
    )
    sentences: Mapping[str, str] = {
        "unknown_committee": _("Das Gremium „%(value)s“ gibt es nicht."),
        "unknown_paper": _("Die Vorlage „%(value)s“ gibt es nicht, oder es gibt sie mehrfach."),
        "unknown_measure": _("Die Maßnahme „%(value)s“ gibt es nicht."),
        "number_reserved": _("Die Nummer „%(value)s“ kann nicht in einer Adresse stehen."),
        "in_the_future": _("Der Tag „%(value)s“ liegt in der Zukunft."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Lookups once, then row by row."""
        drafts = [Draft(row) for row in rows]
        wanted = [draft.cell("paper") for draft in drafts if draft.cell("paper")]
        lookups = {
            "departments": Lookup.of(department_names()),
            "people": Lookup.of(account_names()),
            "committees": Lookup.of(committee_names()),
            "measures": Lookup.of(measure_names()),
        }
        papers = paper_choices(_ALL, numbers=wanted)
        return [_candidate(draft, lookups, papers, options) for draft in drafts]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Resolutions by number, with their measures and newest report."""
        found = Resolution.objects.filter(number__in=keys).defer("search")
        stored = list(found.select_related("paper", "committee", "department", "lead"))
        reports = latest_reports([one.pk for one in stored])
        measures = _measures_of([one.pk for one in stored])
        return {
            one.number: _values(one) | reports.get(one.pk, {}) | {"measures": measures.get(one.pk, [])}
            for one in stored
        }

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New resolutions, then what changed, then their measures and reports."""
        given = {one.key: dict(one.values) for one in new} | {row.candidate.key: row.after for row in changed}
        if not given:
            return
        known = _known(given.values())
        stored = Resolution.objects.filter(number__in=[row.candidate.key for row in changed]).defer("search")
        touched = list(stored)
        fresh = [Resolution(number=one.key) for one in new]
        records = {one.number: one for one in (*fresh, *touched)}
        for number, values in given.items():
            _apply(records[number], values, known)
        Resolution.objects.bulk_create(fresh)
        for one in touched:
            one.version += 1
            one.changed_at = timezone.now()
        columns = [*TEXTS, *CHOICES, *DAYS, "money_eur", "needs_money", "version", "changed_at"]
        Resolution.objects.bulk_update(touched, [*columns, "paper", "committee", "department", "lead"])
        link_steps([records[number].pk for number in given])
        _link({records[number].pk: values for number, values in given.items()})
        # A changed row tells only what differs: what it says of the state stands in the whole row.
        rows = {one.key: one.values for one in (*new, *(row.candidate for row in changed))}
        said = {
            records[number].pk: rows[number] for number, values in given.items() if values.keys() & REPORTED
        }
        add_reports(said, by=by)
        take_states(list(said))


RESOLUTIONS = Resolutions()


def _candidate(
    draft: Draft, lookups: Mapping[str, Lookup], papers: Mapping[str, int], options: Options
) -> Candidate:
    number = draft.text("number", longest=80)
    if number and is_reserved(number):
        draft.note("number_reserved", "number")
    title = draft.text("title", longest=600)
    draft.choice("kind", KIND_WORDS, empty=TrackedKind.RESOLUTION.value)
    draft.choice("result", RESULT_WORDS, empty=Result.ADOPTED.value)
    draft.choice("visibility", VISIBILITY_WORDS, empty=Visibility.INTERNAL.value)
    draft.text("text")
    for name in DAYS:
        draft.day(name, options)
    _read_state(draft, options)
    draft.reference("committee", lookups["committees"], code="unknown_committee")
    draft.reference("department", lookups["departments"], code="unknown_department")
    draft.reference("lead", lookups["people"], code="unknown_person", weight=Weight.WARNING)
    draft.references("measures", lookups["measures"], code="unknown_measure")
    _read_paper(draft, papers)
    draft.cost("money_eur", words="money_words")
    if draft.cell("needs_money"):
        draft.flag("needs_money")
    elif draft.has("needs_money"):
        draft.set("needs_money", None)
    return draft.candidate(key=number, label=f"{number} {title}".strip())


def _read_state(draft: Draft, options: Options) -> None:
    """The state with its day. An empty cell says nothing: it does not take a state back."""
    if draft.cell("state"):
        draft.choice("state", STATE_WORDS)
    if draft.cell("state_on"):
        day = draft.day("state_on", options)
        if day is not None and day > timezone.localdate():
            draft.note("in_the_future", "state_on")
    if draft.cell("public_note"):
        draft.text("public_note")
        draft.flag("is_released")


def _read_paper(draft: Draft, papers: Mapping[str, int]) -> None:
    """A paper that is not there costs the link, not the row."""
    if not draft.has("paper"):
        return
    number = draft.cell("paper")
    if number and number not in papers:
        draft.note("unknown_paper", "paper", weight=Weight.WARNING)
        return
    draft.set("paper", papers.get(number))


def _known(given: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, int]]:
    rows = list(given)

    def named(name: str) -> list[str]:
        return [one[name] for one in rows if one.get(name)]

    return {
        "committee": committee_ids(named("committee")),
        "department": department_ids(named("department")),
        "lead": account_ids(named("lead")),
    }


def _apply(one: Resolution, given: Mapping[str, Any], known: Mapping[str, Mapping[str, int]]) -> None:
    for name in given.keys() & {*TEXTS, *CHOICES, "needs_money"}:
        setattr(one, name, given[name])
    for name in given.keys() & set(DAYS):
        setattr(one, name, date.fromisoformat(given[name]) if given[name] else None)
    if "money_eur" in given:
        one.money_eur = Decimal(given["money_eur"]) if given["money_eur"] is not None else None
    for name in given.keys() & known.keys():
        setattr(one, f"{name}_id", known[name].get(given[name] or ""))
    if "paper" in given:
        one.paper_id = given["paper"]


def _link(given: Mapping[int, Mapping[str, Any]]) -> None:
    wanted = {pk: values["measures"] for pk, values in given.items() if "measures" in values}
    ids = ids_of(_ALL, numbers=[number for numbers in wanted.values() for number in numbers])
    pairs = {(pk, ids[number]) for pk, numbers in wanted.items() for number in numbers}
    there = {
        (one.resolution_id, one.measure_id): one.pk
        for one in ResolutionMeasure.objects.filter(resolution__in=wanted)
    }
    ResolutionMeasure.objects.filter(pk__in=[pk for pair, pk in there.items() if pair not in pairs]).delete()
    fresh = [
        ResolutionMeasure(resolution_id=one, measure_id=other) for one, other in sorted(pairs - there.keys())
    ]
    ResolutionMeasure.objects.bulk_create(fresh)


def _measures_of(ids: Sequence[int]) -> dict[int, list[str]]:
    links = ResolutionMeasure.objects.filter(resolution__in=ids)
    found: dict[int, list[str]] = {}
    for pk, number in links.values_list("resolution_id", "measure__number"):
        found.setdefault(pk, []).append(number)
    return {pk: sorted(numbers) for pk, numbers in found.items()}


def _values(one: Resolution) -> dict[str, Any]:
    paper: Paper | None = one.paper
    plain = {name: getattr(one, name) for name in (*TEXTS, *CHOICES, "needs_money")}
    days = {name: day.isoformat() if (day := getattr(one, name)) else None for name in DAYS}
    return {
        **plain,
        **days,
        "number": one.number,
        "state": one.state,
        "state_on": one.state_on.isoformat() if one.state_on else None,
        "money_eur": str(one.money_eur) if one.money_eur is not None else None,
        "paper": paper.pk if paper else None,
        "committee": one.committee.key if one.committee else None,
        "department": one.department.key if one.department else None,
        "lead": one.lead.email if one.lead else None,
    }
