"""Reporting rounds and restraint periods from lists."""

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
from dreiklang.core.imports.draft import Draft
from dreiklang.measures.models import RestraintPeriod, Round


class Rounds(Importer):
    """One row a round. Rounds whose deadline is past are closed on that day."""

    kind = "rounds"
    title = _("Berichtsrunden")
    intro = _("Wann berichtet wurde und wird.")
    sort = 120
    fields = (
        ListField("name", _("Name"), True, "", "Herbst 2026", ("Runde",), is_key=True),
        ListField("opens_on", _("Beginn"), True, "", "02.11.2026"),
        ListField("due_on", _("Frist"), True, "", "04.12.2026", ("Ende",)),
        ListField("note", _("Hinweis"), False),
    )

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Each row by itself."""
        return [_round(Draft(row), options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Rounds by name."""
        found = Round.objects.filter(name__in=keys)
        return {
            one.name: {
                "name": one.name,
                "opens_on": one.opens_on.isoformat(),
                "due_on": one.due_on.isoformat(),
                "note": one.note,
            }
            for one in found
        }

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """A handful of rounds, each by itself."""
        today = timezone.localdate()
        for one in new:
            due = date.fromisoformat(one.values["due_on"])
            Round.objects.create(
                name=one.key,
                opens_on=date.fromisoformat(one.values["opens_on"]),
                due_on=due,
                closed_on=due if due < today else None,
                note=one.values.get("note") or "",
            )
        for row in changed:
            found = Round.objects.get(name=row.candidate.key)
            for name, value in row.after.items():
                setattr(found, name, value if name == "note" else date.fromisoformat(value))
            found.version += 1
            found.save()


class Restraints(Importer):
    """One row a period before an election in which nothing is released."""

    kind = "restraints"
    title = _("Sperrzeiten vor Wahlen")
    intro = _("In diesen Tagen wird nichts freigegeben.")
    sort = 130
    fields = (
        ListField("reason", _("Grund"), True, "", "Kommunalwahl", ("Anlass",), is_key=True),
        ListField("starts_on", _("Von"), True, "", "28.04.2024", ("Beginn",)),
        ListField("ends_on", _("Bis"), True, "", "09.06.2024", ("Ende",)),
    )

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Each row by itself."""
        return [_restraint(Draft(row), options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Periods by their reason."""
        return {
            one.reason: {
                "reason": one.reason,
                "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat(),
            }
            for one in RestraintPeriod.objects.filter(reason__in=keys)
        }

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """A handful of periods, each by itself."""
        for one in new:
            days = {name: date.fromisoformat(one.values[name]) for name in ("starts_on", "ends_on")}
            RestraintPeriod.objects.create(reason=one.key, **days)
        for row in changed:
            found = RestraintPeriod.objects.get(reason=row.candidate.key)
            for name, value in row.after.items():
                setattr(found, name, date.fromisoformat(value))
            found.version += 1
            found.save()


ROUNDS = Rounds()
RESTRAINTS = Restraints()


def _round(draft: Draft, options: Options) -> Candidate:
    name = draft.text("name", longest=120)
    _span(draft, "opens_on", "due_on", options)
    draft.text("note")
    draft.keep_rest("note")
    return draft.candidate(key=name)


def _restraint(draft: Draft, options: Options) -> Candidate:
    reason = draft.text("reason", longest=200)
    _span(draft, "starts_on", "ends_on", options)
    return draft.candidate(key=reason)


def _span(draft: Draft, first: str, last: str, options: Options) -> None:
    start, end = draft.day(first, options), draft.day(last, options)
    if start and end and end < start:
        draft.note("ends_before_start", last)
