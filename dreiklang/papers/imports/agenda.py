"""Agenda items from a list: meeting, number, title, paper, result, resolution text."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

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
from dreiklang.papers.imports.words import numbered
from dreiklang.papers.models import AgendaItem, Consultation, Meeting, Paper
from dreiklang.papers.models.labels import CONSULTATION_ROLE_LABELS, RESULT_LABELS
from dreiklang.papers.rules.kinds import ConsultationRole, Result
from dreiklang.papers.services.papers.meetings import link_item
from dreiklang.papers.services.resolutions import take_back_hidden

RESULT_WORDS: dict[str, str] = {
    **{german(label): result.value for result, label in RESULT_LABELS.items()},
    **{result.value: result.value for result in Result},
    "angenommen": Result.ADOPTED.value,
    "zugestimmt": Result.ADOPTED.value,
    "mehrheitlich beschlossen": Result.ADOPTED.value,
    "einstimmig beschlossen": Result.ADOPTED.value,
    "Kenntnisnahme": Result.NOTED.value,
}
ROLE_WORDS: dict[str, str] = {
    **{german(label): role.value for role, label in CONSULTATION_ROLE_LABELS.items()},
    **{role.value: role.value for role in ConsultationRole},
    "Beschluss": ConsultationRole.DECISION.value,
    "Beratung": ConsultationRole.ADVICE.value,
}
PLAIN = ("title", "is_public", "result", "resolution_text")


class Agenda(Importer):
    """One row an item; its key is the meeting with the number. Each item with a paper is a step of its route."""

    kind = "agenda"
    title = _("Tagesordnungen")
    intro = _("Punkte der Sitzungen mit Vorlage, Ergebnis und Beschlusstext.")
    sort = 140
    fields = (
        ListField("meeting", _("Sitzung"), True, _("Kürzel"), "gr-2026-12-08", is_key=True),
        ListField("number", _("TOP"), True, "", "3", ("Punkt", "Nr."), is_key=True),
        ListField("title", _("Titel"), True, "", "Radweg Nordfeld", ("Betreff",)),
        ListField("is_public", _("Öffentlich"), False, _("ja oder nein; leer: nein"), "ja"),
        ListField("paper", _("Vorlage"), False, _("Nummer"), "2026/0412", ("Vorlagennummer", "Drucksache")),
        ListField("role", _("Zuständigkeit"), False, _("Vorberatung, Entscheidung …"), "Entscheidung"),
        ListField("result", _("Ergebnis"), False, "", "beschlossen"),
        ListField("resolution_text", _("Beschlusstext"), False, "", "", ("Wortlaut",)),
    )
    sentences: Mapping[str, str] = {
        "unknown_meeting": _("Die Sitzung „%(value)s“ gibt es nicht."),
        "unknown_paper": _("Die Vorlage „%(value)s“ gibt es nicht."),
        "number_twice": _("Die Nummer „%(value)s“ gibt es zweimal; wählen Sie die Vorlage von Hand."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Meetings and papers are looked up once."""
        meetings = Lookup.of(Meeting.objects.order_by("pk").values_list("key", "name"))
        papers = numbered(Paper, [Draft(row).cell("paper") for row in rows])
        return [_candidate(Draft(row), meetings, papers) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Items by "meeting · number"."""
        found = _stored(keys)
        steps = Consultation.objects.filter(item__in=found.values()).order_by("-pk")
        by_item = {
            item: (number, role)
            for item, number, role in steps.values_list("item_id", "paper__number", "role")
        }
        return {key: _values(one, by_item.get(one.pk)) for key, one in found.items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New items in the order of the list, then what changed; papers get their steps."""
        meetings = {
            one.key: one for one in Meeting.objects.filter(key__in={c.values["meeting"] for c in new})
        }
        given = [dict(one.values) for one in new] + [row.after for row in changed]
        papers = numbered(Paper, [str(one["paper"]) for one in given if one.get("paper")])[0]
        fresh = [
            _filled(
                AgendaItem(
                    meeting=meetings[one.values["meeting"]],
                    number=one.values["number"],
                    position=_place(one.values["number"], place),
                ),
                one.values,
            )
            for place, one in enumerate(new)
        ]
        AgendaItem.objects.bulk_create(fresh)
        _link_new([(item, one.values) for item, one in zip(fresh, new, strict=True)], papers)
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            _write(stored[row.candidate.key], row.after, row.candidate.values, papers)
        # What the list closed must not be read here until the night.
        take_back_hidden()


AGENDA = Agenda()


def _candidate(draft: Draft, meetings: Lookup, papers: tuple[Mapping[str, int], frozenset[str]]) -> Candidate:
    known, doubled = papers
    meeting = draft.reference("meeting", meetings, code="unknown_meeting")
    number = draft.text("number", longest=40)
    title = draft.text("title", longest=1000)
    draft.flag("is_public")
    paper = draft.text("paper")
    if paper and paper in doubled:
        draft.note("number_twice", "paper")
    elif paper and paper not in known:
        draft.note("unknown_paper", "paper")
    draft.choice("role", ROLE_WORDS, empty=ConsultationRole.UNKNOWN.value)
    draft.choice("result", RESULT_WORDS, empty=Result.OPEN.value)
    draft.text("resolution_text")
    return draft.candidate(key=f"{meeting} · {number}" if meeting and number else "", label=title)


def _place(number: str, otherwise: int) -> int:
    """Where an item stands: by its number, so that a list in two parts keeps its order."""
    parts = [int(part) for part in number.split(".") if part.isascii() and part.isdecimal()][:3]
    if not parts:
        return 100_000_000 + otherwise
    padded = [*(min(part, 999) for part in parts), 0, 0][:3]
    return padded[0] * 1_000_000 + padded[1] * 1_000 + padded[2]


def _stored(keys: Sequence[str]) -> dict[str, AgendaItem]:
    meetings = {key.partition(" · ")[0] for key in keys}
    found = AgendaItem.objects.filter(meeting__key__in=meetings).select_related("meeting").order_by("-pk")
    by_key = {f"{one.meeting.key} · {one.number}": one for one in found}
    return {key: by_key[key] for key in keys if key in by_key}


def _values(item: AgendaItem, step: tuple[str, str] | None) -> dict[str, Any]:
    return {
        "meeting": item.meeting.key,
        "number": item.number,
        **{name: getattr(item, name) for name in PLAIN},
        "paper": step[0] if step else "",
        "role": step[1] if step else ConsultationRole.UNKNOWN.value,
    }


def _filled(item: AgendaItem, given: Mapping[str, Any]) -> AgendaItem:
    for name in PLAIN:
        if name in given:
            setattr(item, name, given[name])
    return item


def _link_new(rows: Sequence[tuple[AgendaItem, Mapping[str, Any]]], papers: Mapping[str, int]) -> None:
    """Papers without a route get theirs at once; where steps are planned, each item looks for its own."""
    wanted = [(item, papers[one["paper"]], one) for item, one in rows if one.get("paper")]
    planned = Consultation.objects.filter(paper__in={paper for _item, paper, _one in wanted})
    with_route = set(planned.values_list("paper_id", flat=True))
    lengths: dict[int, int] = {}
    steps = []
    for item, paper, one in wanted:
        role = one.get("role") or ConsultationRole.UNKNOWN.value
        if paper in with_route:
            link_item(item=item, paper_id=paper, role=role)
            continue
        lengths[paper] = lengths.get(paper, 0) + 1
        steps.append(
            Consultation(
                paper_id=paper,
                committee_id=item.meeting.committee_id,
                meeting=item.meeting,
                item=item,
                role=role,
                is_deciding=role == ConsultationRole.DECISION,
                position=lengths[paper],
            )
        )
    Consultation.objects.bulk_create(steps)


def _write(
    item: AgendaItem, given: Mapping[str, Any], whole: Mapping[str, Any], papers: Mapping[str, int]
) -> None:
    _filled(item, given).save()
    if "paper" in given or "role" in given:
        number = whole.get("paper") or ""
        paper = papers.get(number) or numbered(Paper, [number])[0].get(number)
        link_item(item=item, paper_id=paper, role=whole.get("role") or "")
