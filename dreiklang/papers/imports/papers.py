"""Papers from a list: number, title, kind, date, office, links to goals."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.concepts.queries import concept_choices
from dreiklang.core.enums import Visibility
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
from dreiklang.goals.queries import goal_choices
from dreiklang.papers.imports.words import VISIBILITY_WORDS, numbered
from dreiklang.papers.models import Paper, PaperLink, PaperVersion
from dreiklang.papers.models.labels import PAPER_KIND_LABELS
from dreiklang.papers.rules.keys import free_key
from dreiklang.papers.rules.kinds import PaperKind, TargetKind
from dreiklang.papers.services.papers import keep_version
from dreiklang.papers.services.resolutions import take_back_hidden
from dreiklang.people.queries import departments_by_id, departments_choices
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.places.queries import areas

KIND_WORDS: dict[str, str] = {
    **{german(label): kind.value for kind, label in PAPER_KIND_LABELS.items()},
    **{kind.value: kind.value for kind in PaperKind},
    "Vorlage": PaperKind.PROPOSAL.value,
    "Beschlussvorschlag": PaperKind.PROPOSAL.value,
    "Mitteilung": PaperKind.INFORMATION.value,
    "Information": PaperKind.INFORMATION.value,
}
DAYS = ("dated_on", "withdrawn_on")
TEXTS = ("earlier_text", "text")
PLAIN = ("title", "kind", "summary", "originator", "web", "note", "visibility")
LINKS = {"goals": TargetKind.GOAL, "concepts": TargetKind.CONCEPT, "areas": TargetKind.AREA}


class Papers(Importer):
    """One row a paper. Its number is its key in a list; a council system with doubled numbers comes by OParl."""

    kind = "papers"
    title = _("Vorlagen")
    intro = _("Vorlagen, Anträge und Anfragen mit Amt und Bezügen.")
    sort = 120
    fields = (
        ListField("number", _("Nummer"), True, "", "2026/0412", ("Vorlage", "Drucksache"), is_key=True),
        ListField("title", _("Titel"), True, "", "Radweg Nordfeld", ("Betreff", "Bezeichnung")),
        ListField("kind", _("Art"), False, "", "Beschlussvorlage", ("Vorlageart", "Typ")),
        ListField("dated_on", _("Datum"), False, "", "02.11.2026", ("Vorlagedatum",)),
        ListField("department", _("Federführung"), False, _("Kürzel oder Name"), "66", ("Amt",)),
        ListField("originator", _("Eingebracht von"), False, _("Fraktion oder Amt"), "", ("Antragsteller",)),
        ListField("summary", _("Kurzfassung"), False, "", ""),
        ListField("earlier_text", _("Frühere Fassung"), False, _("Text der Fassung davor"), ""),
        ListField("text", _("Text"), False, "", ""),
        ListField("goals", _("Ziele"), False, _("Nummern, durch Komma getrennt"), "5.2", is_multiple=True),
        ListField("concepts", _("Konzepte"), False, "", "FK-01", is_multiple=True),
        ListField("areas", _("Stadtteile"), False, "", "Nordfeld", ("Ortsteile",), is_multiple=True),
        ListField("is_strategic", _("Strategisch"), False, _("ja oder nein; leer: wie geregelt"), ""),
        ListField("visibility", _("Sichtbarkeit"), False, _("intern oder öffentlich"), "intern"),
        ListField("withdrawn_on", _("Zurückgezogen am"), False, "", ""),
        ListField("web", _("Adresse im Ratsinformationssystem"), False, "", ""),
        ListField("note", _("Interne Bemerkung"), False, "", ""),
    )
    sentences: Mapping[str, str] = {
        "number_twice": _("Die Nummer „%(value)s“ gibt es schon zweimal; ändern Sie diese Vorlagen von Hand.")
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Offices, goals, concepts and areas are looked up once."""
        known = _lookups()
        doubled = numbered(Paper, [Draft(row).cell("number") for row in rows])[1]
        return [_candidate(Draft(row), known, doubled, options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Papers by number."""
        found = _stored(keys)
        links = _links_of([one.pk for one in found.values()])
        earlier = _earlier_texts([one.pk for one in found.values()])
        return {
            number: _values(one, links.get(one.pk, {})) | {"earlier_text": earlier.get(one.pk, "")}
            for number, one in found.items()
        }

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New papers with their addresses, then what changed; a new text becomes the next version."""
        actor = Viewer(account_id=by.id, name=by.name)
        taken = set(Paper.objects.values_list("key", flat=True))
        offices, ids = _office_ids(), _target_ids()
        pairs: list[tuple[Paper, Mapping[str, Any]]] = []
        for one in new:
            paper = Paper(number=one.key, key=free_key(one.key, taken=taken))
            taken.add(paper.key)
            pairs.append((paper, one.values))
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            paper = stored[row.candidate.key]
            paper.version += 1
            pairs.append((paper, row.after))
        for paper, given in pairs:
            _apply(paper, given, offices)
            paper.save()
            # An earlier text is history: it can only be told of a paper that has none of its own yet.
            if not paper.text and given.get("earlier_text"):
                keep_version(paper=paper, text=given["earlier_text"], by=actor, origin=_("Liste"))
            if "text" in given and keep_version(paper=paper, text=given["text"], by=actor, origin=_("Liste")):
                paper.save(update_fields=["text"])
            _link(paper, given, ids)
        # What the list closed must not be read here until the night.
        take_back_hidden()


PAPERS = Papers()


def _lookups() -> dict[str, Lookup]:
    offices = departments_by_id([pk for pk, _label in departments_choices()])
    return {
        "department": Lookup.of((one.key, one.name) for one in offices.values()),
        "goals": Lookup.of(_split(label) for _pk, label in goal_choices(SYSTEM)),
        "concepts": Lookup.of(_split(label) for _pk, label in concept_choices(SYSTEM)),
        "areas": Lookup.of((one.key or one.name, one.name) for one in areas(SYSTEM)),
    }


def _office_ids() -> dict[str, int]:
    return {
        one.key: pk for pk, one in departments_by_id([pk for pk, _label in departments_choices()]).items()
    }


def _target_ids() -> dict[str, dict[str, int]]:
    return {
        "goals": {_split(label)[0]: pk for pk, label in goal_choices(SYSTEM)},
        "concepts": {_split(label)[0]: pk for pk, label in concept_choices(SYSTEM)},
        "areas": {one.key or one.name: one.pk for one in areas(SYSTEM)},
    }


def _split(label: str) -> tuple[str, str]:
    number, _sign, title = label.partition(" ")
    return number, title


def _candidate(
    draft: Draft, known: Mapping[str, Lookup], doubled: frozenset[str], options: Options
) -> Candidate:
    number = draft.text("number", longest=60)
    if number in doubled:
        draft.note("number_twice", "number")
    title = draft.text("title", longest=600)
    draft.choice("kind", KIND_WORDS, empty=PaperKind.PROPOSAL.value)
    for name in DAYS:
        draft.day(name, options)
    draft.reference("department", known["department"], code="unknown_department")
    for name, longest in (("originator", 300), ("summary", 20_000), ("web", 500)):
        draft.text(name, longest=longest)
    for name in TEXTS:
        draft.text(name, longest=2_000_000)
    for name in LINKS:
        draft.references(name, known[name], code=f"unknown_{name[:-1]}")
    if draft.has("is_strategic"):
        if draft.cell("is_strategic"):
            draft.flag("is_strategic")
        else:
            draft.set("is_strategic", None)
    draft.choice("visibility", VISIBILITY_WORDS, empty=Visibility.INTERNAL.value)
    draft.text("note")
    draft.keep_rest("note")
    return draft.candidate(key=number, label=f"{number} {title}".strip())


def _stored(numbers: Sequence[str]) -> dict[str, Paper]:
    found = Paper.objects.filter(number__in=numbers).select_related("lead_department").defer("search")
    return {one.number: one for one in found.order_by("-pk")}


def _links_of(ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    names = {kind: name for name, kind in LINKS.items()}
    keys = {name: {pk: key for key, pk in known.items()} for name, known in _target_ids().items()}
    found: dict[int, dict[str, list[str]]] = {}
    # What a released check says is not the list's: naming it makes it so.
    links = PaperLink.objects.filter(paper__in=ids, kind__in=list(names), from_check=None)
    for paper, kind, target in links.values_list("paper_id", "kind", "target"):
        name = names[TargetKind(kind)]
        if target in keys[name]:
            found.setdefault(paper, {}).setdefault(name, []).append(keys[name][target])
    return found


def _earlier_texts(ids: Sequence[int]) -> dict[int, str]:
    """Paper → its text before the one it has now, where there was one."""
    texts: dict[int, list[str]] = {}
    versions = PaperVersion.objects.filter(paper__in=ids).order_by("paper_id", "number")
    for paper, text in versions.values_list("paper_id", "text"):
        texts.setdefault(paper, []).append(text)
    return {paper: found[-2] for paper, found in texts.items() if len(found) > 1}


def _values(paper: Paper, links: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "number": paper.number,
        **{name: getattr(paper, name) for name in PLAIN},
        "text": paper.text,
        "dated_on": paper.dated_on.isoformat() if paper.dated_on else None,
        "withdrawn_on": timezone.localdate(paper.withdrawn_at).isoformat() if paper.withdrawn_at else None,
        "department": paper.lead_department.key if paper.lead_department else None,
        "is_strategic": paper.is_strategic,
        **{name: sorted(links.get(name, [])) for name in LINKS},
    }


def _apply(paper: Paper, given: Mapping[str, Any], offices: Mapping[str, int]) -> None:
    for name in (*PLAIN, "is_strategic"):
        if name in given:
            setattr(paper, name, given[name])
    if "dated_on" in given:
        paper.dated_on = date.fromisoformat(given["dated_on"]) if given["dated_on"] else None
    if "withdrawn_on" in given:
        paper.withdrawn_at = _noon(given["withdrawn_on"]) if given["withdrawn_on"] else None
    if "department" in given:
        paper.lead_department_id = offices[given["department"]] if given["department"] else None
    paper.changed_at = timezone.now()


def _noon(day: str) -> datetime:
    """An instant of that day, in every time zone a city can be in."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(12)))


def _link(paper: Paper, given: Mapping[str, Any], ids: Mapping[str, Mapping[str, int]]) -> None:
    """The links the list names; those of a kind that it does not name stay. Signs and reasons stay."""
    for name, kind in LINKS.items():
        if name not in given:
            continue
        wanted = [ids[name][key] for key in given[name]]
        of_list = paper.links.filter(kind=kind, from_check=None)
        of_list.filter(target__in=ids[name].values()).exclude(target__in=wanted).delete()
        taken_over = paper.links.filter(kind=kind, target__in=wanted, from_check__isnull=False)
        taken_over.update(from_check=None, origin=_("Liste"))
        there = set(paper.links.filter(kind=kind).values_list("target", flat=True))
        PaperLink.objects.bulk_create(
            PaperLink(paper=paper, kind=kind, target=target, origin=_("Liste"))
            for target in wanted
            if target not in there
        )
