"""Milestones from a list: measure, title, due, done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
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
from dreiklang.core.reading import ReadPeriod, Refused, read_period
from dreiklang.measures.models import Measure, Milestone

DAYS = ("due_on", "done_on")


class Milestones(Importer):
    """One row a milestone; its key is the measure with the title."""

    kind = "milestones"
    title = _("Meilensteine")
    intro = _("Schritte der Maßnahmen mit Termin.")
    sort = 110
    fields = (
        ListField("measure", _("Maßnahme"), True, _("Nummer oder Titel"), "V-17", ("Nummer",), is_key=True),
        ListField("title", _("Meilenstein"), True, "", "Baubeginn", ("Titel", "Schritt")),
        ListField("due_on", _("Fällig"), False, _("Datum oder Worte"), "15.03.2026", ("Fällig am", "Termin")),
        ListField("done_on", _("Erledigt"), False, "", "", ("Erledigt am",)),
        ListField("is_public", _("Öffentlich"), False, _("ja oder nein"), "ja"),
    )
    sentences: Mapping[str, str] = {"unknown_measure": _("Die Maßnahme „%(value)s“ gibt es nicht.")}

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Measures are looked up once."""
        known = Lookup.of(Measure.objects.order_by("pk").values_list("number", "title"))
        return [_candidate(Draft(row), known, options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Milestones by "number · title"."""
        return {key: _values(one) for key, one in _stored(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New milestones, then what changed."""
        numbers = {one.values["measure"] for one in new}
        ids = dict(Measure.objects.filter(number__in=numbers).values_list("number", "pk"))
        fresh = [Milestone(measure_id=ids[one.values["measure"]], title=one.values["title"]) for one in new]
        for milestone, one in zip(fresh, new, strict=True):
            _apply(milestone, one.values)
        Milestone.objects.bulk_create(fresh)
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            milestone = stored[row.candidate.key]
            _apply(milestone, row.after)
            milestone.version += 1
            milestone.changed_at = timezone.now()
        Milestone.objects.bulk_update(
            stored.values(), [*DAYS, "due_words", "is_public", "version", "changed_at"]
        )


MILESTONES = Milestones()


def _candidate(draft: Draft, known: Lookup, options: Options) -> Candidate:
    measure = draft.reference("measure", known, code="unknown_measure")
    title = draft.text("title", longest=300)
    _read_due(draft)
    draft.day("done_on", options)
    draft.flag("is_public")
    return draft.candidate(key=f"{measure} · {title}" if measure and title else "")


def _read_due(draft: Draft) -> None:
    """A day, or a stretch in words whose last day counts; the words stay."""
    if not draft.has("due_on"):
        return
    found = read_period(draft.row.cells["due_on"])
    if isinstance(found, Refused):
        draft.note(found.code, "due_on")
        return
    day = found.period.end if isinstance(found, ReadPeriod) else None
    is_plain = isinstance(found, ReadPeriod) and found.period.start == found.period.end
    draft.set("due_on", day.isoformat() if day else None)
    draft.set("due_words", "" if is_plain else draft.cell("due_on")[:200])


def _stored(keys: Sequence[str]) -> dict[str, Milestone]:
    numbers = {key.partition(" · ")[0] for key in keys}
    found = (
        Milestone.objects.filter(measure__number__in=numbers)
        .select_related("measure")
        .defer("measure__search")
    )
    by_key = {f"{one.measure.number} · {one.title}": one for one in found}
    return {key: by_key[key] for key in keys if key in by_key}


def _values(milestone: Milestone) -> dict[str, Any]:
    days = {name: day.isoformat() if (day := getattr(milestone, name)) else None for name in DAYS}
    facts = {"due_words": milestone.due_words, "is_public": milestone.is_public}
    return {"measure": milestone.measure.number, "title": milestone.title, **days, **facts}


def _apply(milestone: Milestone, given: Mapping[str, Any]) -> None:
    for name in DAYS:
        if name in given:
            setattr(milestone, name, date.fromisoformat(given[name]) if given[name] else None)
    milestone.due_words = given.get("due_words", milestone.due_words)
    milestone.is_public = given.get("is_public", milestone.is_public)
