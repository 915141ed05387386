"""Changes of priority from a list: what changed, when, why, who decided."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
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
from dreiklang.goals.models import FutureTask, PriorityChange
from dreiklang.goals.rules import ChangeCause

CAUSES = {
    "lokal": ChangeCause.LOCAL.value,
    "örtlich": ChangeCause.LOCAL.value,
    "global": ChangeCause.GLOBAL.value,
    "überörtlich": ChangeCause.GLOBAL.value,
}
TEXTS = ("trigger", "reason", "decision_reference", "old_rank", "new_rank", "cause")
DAYS = ("effective_on", "decision_on")


class Priorities(Importer):
    """One row an event; its key is the task with the day it takes effect."""

    kind = "priorities"
    title = _("Änderungen der Rangfolge")
    intro = _("Wann sich der Rang einer Zukunftsaufgabe änderte, und warum.")
    sort = 70
    fields = (
        ListField("task", _("Zukunftsaufgabe"), True, _("Nummer oder Titel"), "3", is_key=True),
        ListField("effective_on", _("Wirksam ab"), True, "", "01.08.2026", ("Gilt ab",)),
        ListField("cause", _("Anlass"), True, _("lokal oder global"), "lokal"),
        ListField("trigger", _("Auslöser"), True, "", "Hochwasser im Mai"),
        ListField("reason", _("Begründung"), True),
        ListField("decision_reference", _("Beschluss"), False, "", "B-068/2026"),
        ListField("decision_on", _("Beschlussdatum"), False),
        ListField("old_rank", _("Alter Rang"), False, "", "4"),
        ListField("new_rank", _("Neuer Rang"), False, "", "2"),
    )
    sentences: Mapping[str, str] = {"unknown_task": _("Diese Zukunftsaufgabe gibt es nicht.")}

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Events of the valid framework's tasks."""
        tasks = (
            FutureTask.objects.filter(framework__status="valid").order_by("pk").values_list("number", "title")
        )
        known = Lookup.of(tasks)
        return [_candidate(Draft(row), known, options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Events by "task day"."""
        return {key: _values(change) for key, change in _stored(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Events that the city published before: they count as published on the day they took effect."""
        ids = dict(FutureTask.objects.filter(framework__status="valid").values_list("number", "pk"))
        PriorityChange.objects.bulk_create(_made(one.values, ids) for one in new)
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            change = stored[row.candidate.key]
            for name, value in row.after.items():
                if name in TEXTS:
                    setattr(change, name, value)
                elif name in DAYS:
                    setattr(change, name, date.fromisoformat(value) if value else None)
            change.version += 1
            change.changed_at = timezone.now()
        PriorityChange.objects.bulk_update(stored.values(), [*TEXTS, *DAYS, "version", "changed_at"])


PRIORITIES = Priorities()


def _candidate(draft: Draft, known: Lookup, options: Options) -> Candidate:
    task = draft.reference("task", known, code="unknown_task")
    effective = draft.day("effective_on", options)
    draft.day("decision_on", options)
    draft.choice("cause", CAUSES)
    draft.text("trigger", longest=300)
    draft.text("reason")
    draft.text("decision_reference", longest=120)
    for name in ("old_rank", "new_rank"):
        _read_rank(draft, name)
    key = f"{task} {effective.isoformat()}" if task and effective else ""
    return draft.candidate(key=key, label=key)


def _read_rank(draft: Draft, name: str) -> None:
    text = draft.cell(name)
    if not draft.has(name):
        return
    if text and not text.isdecimal():
        draft.note("not_a_whole_number", name)
    else:
        draft.set(name, int(text) if text else None)


def _stored(keys: Sequence[str]) -> dict[str, PriorityChange]:
    found = PriorityChange.objects.filter(task__framework__status="valid").select_related("task")
    by_key = {f"{one.task.number} {one.effective_on.isoformat()}": one for one in found}
    return {key: by_key[key] for key in keys if key in by_key}


def _values(change: PriorityChange) -> dict[str, Any]:
    days = {name: day.isoformat() if (day := getattr(change, name)) else None for name in DAYS}
    return {"task": change.task.number, **days, **{name: getattr(change, name) for name in TEXTS}}


def _made(values: Mapping[str, Any], ids: Mapping[str, int]) -> PriorityChange:
    effective = date.fromisoformat(values["effective_on"])
    decided = values.get("decision_on")
    return PriorityChange(
        task_id=ids[values["task"]],
        effective_on=effective,
        decision_on=date.fromisoformat(decided) if decided else None,
        published_at=timezone.make_aware(datetime.combine(effective, time())),
        **{name: values[name] for name in TEXTS if name in values},
    )
