"""Meetings from a list: key, committee, day and time, place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

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
from dreiklang.papers.imports.words import VISIBILITY_WORDS
from dreiklang.papers.models import Meeting
from dreiklang.papers.models.labels import MEETING_STATE_LABELS
from dreiklang.papers.queries.papers.choices import others
from dreiklang.papers.rules.keys import key_of
from dreiklang.papers.rules.kinds import MeetingState
from dreiklang.papers.services.papers import checks_follow_meetings
from dreiklang.papers.services.resolutions import take_back_hidden

STATE_WORDS: dict[str, str] = {
    **{german(label): state.value for state, label in MEETING_STATE_LABELS.items()},
    **{state.value: state.value for state in MeetingState},
    "fand statt": MeetingState.HELD.value,
    "ausgefallen": MeetingState.CANCELLED.value,
}
PLAIN = ("name", "place", "state", "visibility")


class Meetings(Importer):
    """One row a meeting. Its Kürzel is its address and what agenda lists name it by."""

    kind = "meetings"
    title = _("Sitzungen")
    intro = _("Sitzungen der Gremien mit Tag, Uhrzeit und Ort.")
    sort = 130
    fields = (
        ListField(
            "key", _("Kürzel"), True, _("Bleibt; wird zur Adresse"), "gr-2026-12-08", ("Nr.",), is_key=True
        ),
        ListField("name", _("Name"), True, "", "Gemeinderat, 12. Sitzung", ("Sitzung", "Bezeichnung")),
        ListField("committee", _("Gremium"), False, _("Kürzel oder Name"), "GR"),
        ListField("on", _("Tag"), False, "", "08.12.2026", ("Datum", "Termin")),
        ListField("at", _("Uhrzeit"), False, _("Leer: der Tag zählt"), "16:00", ("Beginn", "Zeit")),
        ListField("place", _("Ort"), False, "", "Rathaus, Großer Saal", ("Raum",)),
        ListField("state", _("Stand"), False, "", "geplant", ("Status",)),
        ListField("visibility", _("Sichtbarkeit"), False, _("intern oder öffentlich"), "öffentlich"),
    )
    sentences: Mapping[str, str] = {
        "unknown_committee": _("Das Gremium „%(value)s“ gibt es nicht."),
        "not_a_time": _("„%(value)s“ ist keine Uhrzeit."),
        "time_without_day": _("Eine Uhrzeit ohne Tag sagt nichts."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Committees are looked up once."""
        known = Lookup.of(others(Meeting, "committee").order_by("pk").values_list("key", "name"))
        return [_candidate(Draft(row), known, options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Meetings by key."""
        found = Meeting.objects.filter(key__in=keys).select_related("committee")
        return {one.key: _values(one) for one in found}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New meetings, then what changed."""
        committees = dict(others(Meeting, "committee").values_list("key", "pk"))
        fresh = [Meeting(key=one.key) for one in new]
        for meeting, one in zip(fresh, new, strict=True):
            _apply(meeting, one.values, committees)
        Meeting.objects.bulk_create(fresh)
        keys = [row.candidate.key for row in changed]
        stored = {one.key: one for one in Meeting.objects.filter(key__in=keys)}
        for row in changed:
            meeting = stored[row.candidate.key]
            _apply(meeting, row.after, committees)
            meeting.version += 1
            meeting.changed_at = timezone.now()
        Meeting.objects.bulk_update(
            stored.values(), [*PLAIN, "committee", "starts_at", "version", "changed_at"]
        )
        checks_follow_meetings(meeting_ids=[one.pk for one in stored.values()])
        # What the list closed must not be read here until the night.
        take_back_hidden()


MEETINGS = Meetings()


def _candidate(draft: Draft, known: Lookup, options: Options) -> Candidate:
    key = key_of(draft.cell("key")) if draft.cell("key") else ""
    draft.set("key", key)
    name = draft.text("name", longest=400)
    draft.reference("committee", known, code="unknown_committee")
    _read_start(draft, options)
    draft.text("place", longest=300)
    draft.choice("state", STATE_WORDS, empty=MeetingState.PLANNED.value)
    draft.choice("visibility", VISIBILITY_WORDS, empty=Visibility.INTERNAL.value)
    return draft.candidate(key=key, label=name or key)


def _read_start(draft: Draft, options: Options) -> None:
    """Day and time as one instant in local time; a day alone begins at midnight."""
    day = draft.day("on", options)
    draft.values.pop("on", None)
    text = draft.cell("at").replace(".", ":").removesuffix("Uhr").strip()
    if day is None:
        if text and draft.has("on"):
            draft.note("time_without_day", "at")
        elif draft.has("on"):
            draft.set("starts_at", None)
        return
    try:
        clock = time.fromisoformat(text if ":" in text else f"{text}:00") if text else time()
    except ValueError:
        draft.note("not_a_time", "at")
        return
    draft.set("starts_at", timezone.make_aware(datetime.combine(day, clock.replace(tzinfo=None))).isoformat())


def _values(meeting: Meeting) -> dict[str, Any]:
    start = timezone.localtime(meeting.starts_at).isoformat() if meeting.starts_at else None
    return {
        "key": meeting.key,
        **{name: getattr(meeting, name) for name in PLAIN},
        "committee": meeting.committee.key if meeting.committee else None,
        "starts_at": start,
    }


def _apply(meeting: Meeting, given: Mapping[str, Any], committees: Mapping[str, int]) -> None:
    for name in PLAIN:
        if name in given:
            setattr(meeting, name, given[name])
    if "committee" in given:
        meeting.committee_id = committees[given["committee"]] if given["committee"] else None
    if "starts_at" in given:
        meeting.starts_at = datetime.fromisoformat(given["starts_at"]) if given["starts_at"] else None
