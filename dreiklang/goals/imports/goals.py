"""Goals from a list: level, number, title, what they belong to, which future tasks they serve."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
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
from dreiklang.goals.imports.frameworks import INTO, bare, framework_for, mark, status_of
from dreiklang.goals.models import Framework, FutureTask, Goal, GoalLevel, GoalTask

WRITTEN = ("title", "description", "plain", "position")
NO_LEVEL = "Ziel"


class Goals(Importer):
    """One row a goal; the parent may stand before or after it."""

    kind = "goals"
    title = _("Ziele")
    intro = _(
        "Leitziele, Entwicklungsziele und was Ihre Stadt sonst an Ebenen kennt. Die Namen der Ebenen bestimmt die Liste."
    )
    sort = 50
    option_fields = (INTO,)
    fields = (
        ListField(
            "level",
            _("Ebene"),
            False,
            _("Wie diese Ebene bei Ihnen heißt"),
            "Entwicklungsziel",
            ("Zielebene", "Art"),
        ),
        ListField("number", _("Nummer"), True, "", "5.2", ("Nr.", "Nr", "Ziel-Nr."), is_key=True),
        ListField("title", _("Titel"), True, "", "Sicher mit dem Rad", ("Ziel", "Name", "Bezeichnung")),
        ListField("description", _("Beschreibung"), False, "", "", ("Erläuterung", "Inhalt")),
        ListField(
            "plain",
            _("In einfachen Worten"),
            False,
            _("Für Leser:innen ohne Vorwissen"),
            "",
            ("Einfach gesagt",),
        ),
        ListField(
            "parent",
            _("Übergeordnet"),
            False,
            _("Nummer des Ziels darüber"),
            "5",
            ("Gehört zu", "Leitziel"),
        ),
        ListField(
            "tasks",
            _("Zukunftsaufgaben"),
            False,
            _("Nummern oder Titel, getrennt durch |"),
            "5|7",
            ("Zukunftsaufgabe",),
            is_multiple=True,
        ),
    )
    sentences: Mapping[str, str] = {
        "goal_circle": _("Das Ziel stünde über sich selbst."),
        "unknown_task": _("Diese Zukunftsaufgabe gibt es nicht."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Goals that would stand above themselves are refused; the others stay."""
        before = mark(options)
        status = status_of(before)
        stored = Goal.objects.filter(framework__status=status).order_by("pk")
        parents: dict[str, str | None] = dict(stored.values_list("number", "parent__number"))
        titles = dict(stored.values_list("number", "title"))
        drafts = [Draft(row) for row in rows]
        titles.update({draft.cell("number"): draft.cell("title") for draft in drafts if draft.cell("number")})
        tasks = (
            FutureTask.objects.filter(framework__status=status).order_by("pk").values_list("number", "title")
        )
        known, served = Lookup.of(titles.items()), Lookup.of(tasks)
        found = [
            _candidate(draft, before, place, known, served) for place, draft in enumerate(drafts, start=1)
        ]
        parents.update({bare(one.key): one.values["parent"] for one in found if "parent" in one.values})
        return [_without_circle(one, parents) for one in found]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Goals by key; the key holds the version."""
        stored = _stored(keys)
        served: dict[int, list[str]] = {goal.pk: [] for goal in stored.values()}
        links = GoalTask.objects.filter(goal_id__in=served).order_by("task__number")
        for goal_id, number in links.values_list("goal_id", "task__number"):
            served[goal_id].append(number)
        return {key: _values(goal, served[goal.pk]) for key, goal in stored.items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New goals from the top downwards, then what changed, then the tasks they serve."""
        if not new and not changed:
            return
        framework = framework_for((new or [row.candidate for row in changed])[0].key)
        by_number = {goal.number: goal for goal in Goal.objects.filter(framework=framework).defer("search")}
        depths = _depths(new, by_number)
        levels = _levels(framework, new, changed, depths)
        for depth in sorted(set(depths.values())):
            made = Goal.objects.bulk_create(
                _made(one, framework, levels, by_number) for one in new if depths[bare(one.key)] == depth
            )
            by_number.update({goal.number: goal for goal in made})
        for row in changed:
            _apply(by_number[bare(row.candidate.key)], row.after, levels, by_number)
        touched = [by_number[bare(row.candidate.key)] for row in changed]
        Goal.objects.bulk_update(touched, [*WRITTEN, "level", "parent", "version", "changed_at"])
        given = {bare(one.key): one.values["tasks"] for one in new if "tasks" in one.values}
        given.update({bare(row.candidate.key): row.after["tasks"] for row in changed if "tasks" in row.after})
        _serve(framework, {by_number[number].pk: tasks for number, tasks in given.items()})


GOALS = Goals()


def _candidate(draft: Draft, before: str, place: int, known: Lookup, served: Lookup) -> Candidate:
    number = draft.text("number", longest=20)
    title = draft.text("title", longest=300)
    draft.text("level", longest=80)
    draft.text("description")
    draft.text("plain")
    draft.set("position", place)
    parent = draft.reference("parent", known, code="unknown_goal")
    draft.references("tasks", served, code="unknown_task")
    draft.keep_rest("description")
    key = f"{before}{number}" if number else ""
    return draft.candidate(
        key=key, label=f"{number} {title}".strip(), needs=[f"{before}{parent}" if parent else None]
    )


def _without_circle(candidate: Candidate, parents: Mapping[str, str | None]) -> Candidate:
    number, seen = bare(candidate.key), set()
    above = parents.get(number)
    while above is not None and above not in seen:
        if above == number:
            problem = FoundProblem(
                "goal_circle", candidate.row, "parent", str(candidate.values.get("parent"))
            )
            return refused(candidate, problem)
        seen.add(above)
        above = parents.get(above)
    return candidate


def _values(goal: Goal, tasks: list[str]) -> dict[str, Any]:
    return {
        "number": goal.number,
        "level": goal.level.name,
        "parent": goal.parent.number if goal.parent else None,
        "tasks": tasks,
        **{name: getattr(goal, name) for name in WRITTEN},
    }


def _stored(keys: Sequence[str]) -> dict[str, Goal]:
    found: dict[str, Goal] = {}
    for status in {status_of(key) for key in keys}:
        of_version = {bare(key): key for key in keys if status_of(key) is status}
        goals = Goal.objects.filter(framework__status=status, number__in=of_version)
        for goal in goals.select_related("level", "parent").defer("search", "parent__search"):
            found[of_version[goal.number]] = goal
    return found


def _depths(new: Sequence[Candidate], stored: Mapping[str, Goal]) -> dict[str, int]:
    """How far below the top each new goal stands; circles were refused before."""
    listed = {bare(one.key): one.values.get("parent") for one in new}
    found: dict[str, int] = {}

    def depth(number: str | None) -> int:
        if number is None:
            return 0
        if number not in listed:
            goal = stored.get(number)
            return 1 + depth(goal.parent.number if goal and goal.parent else None)
        if number not in found:
            found[number] = 1 + depth(listed[number])
        return found[number]

    for number in listed:
        depth(number)
    return found


def _levels(
    framework: Framework, new: Sequence[Candidate], changed: Sequence[ChangedRow], depths: Mapping[str, int]
) -> dict[str, GoalLevel]:
    """The levels by name; a name that the list brings becomes a level below those there are."""
    found = {level.name: level for level in framework.levels.order_by("rank")}
    wanted = {one.values.get("level") or NO_LEVEL: depths[bare(one.key)] for one in reversed(new)}
    wanted.update({row.after["level"] or NO_LEVEL: len(found) + 1 for row in changed if "level" in row.after})
    for name in sorted(set(wanted) - set(found), key=lambda name: wanted[name]):
        rank = max((level.rank for level in found.values()), default=0) + 1
        plural = f"{name}e" if name.casefold().endswith("ziel") else name
        found[name] = GoalLevel.objects.create(framework=framework, rank=rank, name=name, plural=plural)
    return found


def _made(
    candidate: Candidate, framework: Framework, levels: Mapping[str, GoalLevel], stored: Mapping[str, Goal]
) -> Goal:
    values = candidate.values
    return Goal(
        framework=framework,
        number=bare(candidate.key),
        level=levels[values.get("level") or NO_LEVEL],
        parent=stored.get(values.get("parent") or ""),
        **{name: values[name] for name in WRITTEN if name in values},
    )


def _apply(
    goal: Goal, given: Mapping[str, Any], levels: Mapping[str, GoalLevel], stored: Mapping[str, Goal]
) -> None:
    for name in WRITTEN:
        if name in given:
            setattr(goal, name, given[name])
    if "level" in given:
        goal.level = levels[given["level"] or NO_LEVEL]
    if "parent" in given:
        goal.parent = stored[given["parent"]] if given["parent"] else None
    goal.version += 1
    goal.changed_at = timezone.now()


def _serve(framework: Framework, given: Mapping[int, Sequence[str]]) -> None:
    """Exactly these future tasks for each goal of the mapping; links that stay are not touched."""
    ids = dict(framework.tasks.values_list("number", "pk"))
    wanted = {(goal_id, ids[number]) for goal_id, numbers in given.items() for number in numbers}
    stored = {(link.goal_id, link.task_id): link.pk for link in GoalTask.objects.filter(goal_id__in=given)}
    GoalTask.objects.filter(pk__in=[pk for pair, pk in stored.items() if pair not in wanted]).delete()
    GoalTask.objects.bulk_create(
        GoalTask(goal_id=goal, task_id=task) for goal, task in sorted(wanted - set(stored))
    )
