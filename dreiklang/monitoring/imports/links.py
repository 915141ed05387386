"""Which goals and future tasks indicators tell of, from a list. One row a link; links a list does not name stay.

Columns: Indikator (Kurzname oder Name), Art (Ziel oder Zukunftsaufgabe), Nummer, Leitindikator (ja oder nein, nur bei Zielen),
Warum (nur bei Zielen).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    FoundProblem,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup, refused
from dreiklang.core.tables.write import Column, Written
from dreiklang.goals.queries.written_links import goal_ids, goal_lookup, task_ids, task_lookup
from dreiklang.goals.rules import FrameworkStatus
from dreiklang.monitoring.imports import cells
from dreiklang.monitoring.models import IndicatorGoal, IndicatorTask
from dreiklang.monitoring.queries.labels import indicator_ids, indicator_names

GOAL, TASK = "goal", "task"
KIND_WORDS = {GOAL: "Ziel", TASK: "Zukunftsaufgabe"}


class IndicatorLinks(Importer):
    """Links of the valid framework."""

    kind = "indicator-links"
    title = _("Ziele und Aufgaben der Indikatoren")
    intro = _("Welcher Indikator von welchem Ziel oder welcher Zukunftsaufgabe erzählt, und warum.")
    sort = 170
    fields = (
        ListField("indicator", _("Indikator"), True, _("Kurzname oder Name"), "leerstand", is_key=True),
        ListField("kind", _("Art"), True, _("Ziel oder Zukunftsaufgabe"), "Ziel", is_key=True),
        ListField("number", _("Nummer"), True, _("oder Titel"), "5.2", ("Ziel", "Bezug"), is_key=True),
        ListField("is_main", _("Leitindikator"), False, _("ja oder nein; einer je Ziel"), "nein"),
        ListField("reason", _("Warum"), False),
    )
    sentences: Mapping[str, str] = {
        "unknown_indicator": _("Einen Indikator „%(value)s“ gibt es nicht."),
        "two_main_indicators": _("Das Ziel „%(value)s“ hätte zwei Leitindikatoren; nur einer ist möglich."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Indicators, goals and tasks are looked up once; a goal has one main indicator."""
        known = Lookup.of(indicator_names())
        targets = {GOAL: goal_lookup(), TASK: task_lookup()}
        return _one_main_each([_candidate(Draft(row), known, targets) for row in rows])

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Links by "indicator · kind · number"."""
        wanted = set(keys)
        return {key: _values(key, link) for key, link in _all().items() if key in wanted}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New links, then what changed. Who becomes main indicator of a goal takes the place of another."""
        ids = indicator_ids()
        goals = goal_ids({one.values["number"] for one in new if one.values["kind"] == GOAL})
        tasks = task_ids({one.values["number"] for one in new if one.values["kind"] == TASK})
        fresh = [
            IndicatorGoal(
                indicator_id=ids[one.values["indicator"]],
                goal_id=goals[one.values["number"]],
                is_main=one.values.get("is_main", False),
                reason=one.values.get("reason", ""),
            )
            for one in new
            if one.values["kind"] == GOAL
        ]
        stored = _all()
        links = [(stored[row.candidate.key], row.after) for row in changed]
        moved = [(link, after) for link, after in links if isinstance(link, IndicatorGoal)]
        for link, after in moved:
            link.is_main = after.get("is_main", link.is_main)
            link.reason = after.get("reason", link.reason)
        mains = {link.goal_id for link in (*fresh, *(link for link, _after in moved)) if link.is_main}
        IndicatorGoal.objects.filter(goal__in=mains, is_main=True).update(is_main=False)
        IndicatorGoal.objects.bulk_update([link for link, _after in moved], ["is_main", "reason"])
        IndicatorGoal.objects.bulk_create(fresh)
        IndicatorTask.objects.bulk_create(
            IndicatorTask(indicator_id=ids[one.values["indicator"]], task_id=tasks[one.values["number"]])
            for one in new
            if one.values["kind"] == TASK
        )

    def all_rows(self) -> tuple[list[Column], list[tuple[Written, ...]]]:
        """Every link of the valid framework as this list reads it."""
        records = [_values(key, link) for key, link in _all().items()]
        return cells.written(self.fields, records, words={"kind": KIND_WORDS})


INDICATOR_LINKS = IndicatorLinks()


def _candidate(draft: Draft, known: Lookup, targets: Mapping[str, Lookup]) -> Candidate:
    indicator = draft.reference("indicator", known, code="unknown_indicator")
    kind = draft.choice("kind", {words: code for code, words in KIND_WORDS.items()})
    number = draft.reference("number", targets[kind], code=f"unknown_{kind}") if kind else None
    if kind == GOAL:
        draft.flag("is_main")
        draft.text("reason")
    key = f"{indicator} · {kind} · {number}" if indicator and kind and number else ""
    return draft.candidate(key=key, label=f"{indicator} {draft.cell('kind')} {number}".strip())


def _one_main_each(found: Sequence[Candidate]) -> list[Candidate]:
    """The first main indicator of a goal in a list holds, a second one is refused."""
    mains: set[str] = set()
    checked = []
    for one in found:
        number = one.values.get("number") if one.values.get("is_main") and not one.is_refused else None
        if number and number in mains:
            problem = FoundProblem("two_main_indicators", one.row, "is_main", number)
            checked.append(refused(one, problem))
            continue
        if number:
            mains.add(number)
        checked.append(one)
    return checked


def _all() -> dict[str, IndicatorGoal | IndicatorTask]:
    goals = IndicatorGoal.objects.filter(goal__framework__status=FrameworkStatus.VALID)
    tasks = IndicatorTask.objects.filter(task__framework__status=FrameworkStatus.VALID)
    found: dict[str, IndicatorGoal | IndicatorTask] = {}
    for link in (
        goals.select_related("indicator", "goal").defer("indicator__search", "goal__search").order_by("pk")
    ):
        found[f"{link.indicator.key} · {GOAL} · {link.goal.number}"] = link
    for other in (
        tasks.select_related("indicator", "task").defer("indicator__search", "task__search").order_by("pk")
    ):
        found[f"{other.indicator.key} · {TASK} · {other.task.number}"] = other
    return found


def _values(key: str, link: IndicatorGoal | IndicatorTask) -> dict[str, Any]:
    indicator, kind, number = key.split(" · ", 2)
    named = {"indicator": indicator, "kind": kind, "number": number}
    if isinstance(link, IndicatorTask):
        return named
    return named | {"is_main": link.is_main, "reason": link.reason}
