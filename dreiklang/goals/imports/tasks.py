"""Future tasks from a list: number, title, description, rank."""

from collections.abc import Iterable, Mapping, Sequence
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
from dreiklang.goals.imports.frameworks import INTO, bare, framework_for, mark, status_of
from dreiklang.goals.models import FutureTask

WRITTEN = ("title", "description", "plain", "rank", "position")


class Tasks(Importer):
    """One row a future task, in the order in which the city shows them."""

    kind = "tasks"
    title = _("Zukunftsaufgaben")
    intro = _("Die Aufgaben, die Prioritäten setzen, mit ihrem Rang.")
    sort = 40
    option_fields = (INTO,)
    fields = (
        ListField("number", _("Nummer"), True, "", "5", ("Nr.", "Nr", "Aufgabe Nr."), is_key=True),
        ListField(
            "title",
            _("Titel"),
            True,
            "",
            "Wege, die verbinden",
            ("Zukunftsaufgabe", "Name", "Bezeichnung"),
        ),
        ListField("description", _("Beschreibung"), False, "", "", ("Erläuterung", "Inhalt")),
        ListField(
            "plain",
            _("In einfachen Worten"),
            False,
            _("Für Leser:innen ohne Vorwissen"),
            "",
            ("Einfach gesagt",),
        ),
        ListField("rank", _("Rang"), False, _("1 ist zuerst; leer ohne Rang"), "3", ("Priorität",)),
    )

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """The order of the rows becomes the order on the page."""
        return [_candidate(Draft(row), mark(options), place) for place, row in enumerate(rows, start=1)]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Tasks by key; the key holds the version."""
        found = {}
        for key, task in _stored(keys).items():
            found[key] = {"number": task.number, **{name: getattr(task, name) for name in WRITTEN}}
        return found

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New tasks, then what changed. A rank set by a list is a start, not a change of priority."""
        FutureTask.objects.bulk_create(
            FutureTask(framework=framework_for(one.key), number=bare(one.key), **_given(one.values))
            for one in new
        )
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            task = stored[row.candidate.key]
            for name, value in _given(row.after).items():
                setattr(task, name, value)
            task.version += 1
            task.changed_at = timezone.now()
        FutureTask.objects.bulk_update(stored.values(), [*WRITTEN, "version", "changed_at"])


TASKS = Tasks()


def _candidate(draft: Draft, before: str, place: int) -> Candidate:
    number = draft.text("number", longest=20)
    title = draft.text("title", longest=200)
    draft.text("description")
    draft.text("plain")
    draft.set("position", place)
    if draft.has("rank"):
        _read_rank(draft)
    draft.keep_rest("description")
    return draft.candidate(key=f"{before}{number}" if number else "", label=f"{number} {title}".strip())


def _read_rank(draft: Draft) -> None:
    text = draft.cell("rank")
    if not text:
        draft.set("rank", None)
    elif text.isdecimal() and int(text) > 0:
        draft.set("rank", int(text))
    else:
        draft.note("not_a_whole_number", "rank")


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in WRITTEN if name in values}


def _stored(keys: Sequence[str]) -> dict[str, FutureTask]:
    found: dict[str, FutureTask] = {}
    for status in {status_of(key) for key in keys}:
        of_version = {bare(key): key for key in keys if status_of(key) is status}
        for task in FutureTask.objects.filter(framework__status=status, number__in=of_version).defer(
            "search"
        ):
            found[of_version[task.number]] = task
    return found
