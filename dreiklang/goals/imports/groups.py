"""Thematic groups from a list: name, members, the future tasks and goals they carry."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
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
from dreiklang.goals.imports.frameworks import framework_for
from dreiklang.goals.models import FutureTask, Goal, GroupGoal, GroupMember, GroupTask, ThematicGroup
from dreiklang.people.queries import account_ids, account_names


class Groups(Importer):
    """One row a group of the valid framework."""

    kind = "groups"
    title = _("Themenschwerpunkte")
    intro = _("Themen mit ihrem Fachteam.")
    sort = 60
    fields = (
        ListField(
            "name", _("Name"), True, "", "Klima und Wasser", ("Thema", "Themenschwerpunkt"), is_key=True
        ),
        ListField("description", _("Beschreibung"), False),
        ListField("speaker", _("Leitung"), False, _("E-Mail"), "", ("Sprecher", "Sprecherin")),
        ListField("members", _("Mitglieder"), False, _("E-Mails, getrennt durch |"), is_multiple=True),
        ListField(
            "tasks",
            _("Zukunftsaufgaben"),
            False,
            _("Nummern, getrennt durch |"),
            "3|4",
            is_multiple=True,
        ),
        ListField("goals", _("Ziele"), False, _("Nummern, getrennt durch |"), "2.1|2.2", is_multiple=True),
    )
    sentences: Mapping[str, str] = {"unknown_task": _("Diese Zukunftsaufgabe gibt es nicht.")}

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """People who are not there yet are left out with a warning; goals and tasks must be known."""
        lookups = (_people(), _of_version(FutureTask), _of_version(Goal))
        return [_candidate(Draft(row), *lookups) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Groups of the valid framework by name."""
        found = {group.name: group for group in _stored(keys)}
        return {name: _values(group) for name, group in found.items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """A handful of groups: each is written with its links."""
        if not new and not changed:
            return
        framework = framework_for("")
        given = {one.key: dict(one.values) for one in new} | {row.candidate.key: row.after for row in changed}
        stored = {group.name: group for group in _stored(list(given))}
        for name, values in given.items():
            group = stored.get(name) or ThematicGroup(framework=framework, name=name)
            group.description = values.get("description", group.description)
            group.version += bool(group.pk)
            group.save()
            _link(group, values)


GROUPS = Groups()


def _people() -> Lookup:
    return Lookup.of(account_names())


def _of_version(model: type[FutureTask] | type[Goal]) -> Lookup:
    return Lookup.of(
        model.objects.filter(framework__status="valid").order_by("pk").values_list("number", "title")
    )


def _candidate(draft: Draft, people: Lookup, tasks: Lookup, goals: Lookup) -> Candidate:
    name = draft.text("name", longest=160)
    draft.text("description")
    draft.reference("speaker", people, code="unknown_person", weight=Weight.WARNING)
    draft.references("members", people, code="unknown_person", weight=Weight.WARNING)
    draft.references("tasks", tasks, code="unknown_task")
    draft.references("goals", goals, code="unknown_goal")
    draft.keep_rest("description")
    return draft.candidate(key=name)


def _stored(names: Sequence[str]) -> list[ThematicGroup]:
    return list(
        ThematicGroup.objects.filter(framework__status="valid", name__in=names).prefetch_related(
            "memberships__account", "task_links__task", "goal_links__goal"
        )
    )


def _values(group: ThematicGroup) -> dict[str, Any]:
    members = list(group.memberships.all())
    return {
        "name": group.name,
        "description": group.description,
        "speaker": next((one.account.email for one in members if one.is_speaker), None),
        "members": sorted(one.account.email for one in members),
        "tasks": sorted(link.task.number for link in group.task_links.all()),
        "goals": sorted(link.goal.number for link in group.goal_links.all()),
    }


def _link(group: ThematicGroup, values: Mapping[str, Any]) -> None:
    """The links that the list gives; what stays is not touched, so that the history stays short."""
    if "members" in values:
        emails = [*values["members"], *([values["speaker"]] if values.get("speaker") else [])]
        ids = set(account_ids(emails).values())
        group.memberships.exclude(account_id__in=ids).delete()
        there = set(group.memberships.values_list("account_id", flat=True))
        GroupMember.objects.bulk_create(GroupMember(group=group, account_id=pk) for pk in sorted(ids - there))
    if "speaker" in values:
        group.memberships.filter(is_speaker=True).exclude(account__email=values["speaker"] or "").update(
            is_speaker=False
        )
        group.memberships.filter(is_speaker=False, account__email=values["speaker"] or "").update(
            is_speaker=True
        )
    if "tasks" in values:
        group.task_links.exclude(task__number__in=values["tasks"]).delete()
        fitting = FutureTask.objects.filter(framework=group.framework, number__in=values["tasks"])
        missing = fitting.exclude(group_links__group=group)
        GroupTask.objects.bulk_create(GroupTask(group=group, task=task) for task in missing)
    if "goals" in values:
        group.goal_links.exclude(goal__number__in=values["goals"]).delete()
        wanted = Goal.objects.filter(framework=group.framework, number__in=values["goals"])
        GroupGoal.objects.bulk_create(
            GroupGoal(group=group, goal=goal) for goal in wanted.exclude(group_links__group=group)
        )
