"""Thematic groups with what they carry, and, for the administration, who is in them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.urls import reverse

from dreiklang.core.arrays import array_of
from dreiklang.goals.models import FutureTask, Goal, GroupMember, ThematicGroup
from dreiklang.goals.queries.lookups import goal_names_of, task_names, visible
from dreiklang.goals.queries.records import GroupName, GroupRow, Member
from dreiklang.people.rules import Viewer


def groups(viewer: Viewer, *, framework_id: int | None = None) -> tuple[GroupName, ...]:
    """The thematic groups of a version (the valid one by default) by name."""
    found = visible(ThematicGroup.objects.all(), viewer)
    found = (
        found.filter(framework_id=framework_id) if framework_id else found.filter(framework__status="valid")
    )
    return group_names(found)


def group(viewer: Viewer, *, pk: int) -> GroupRow | None:
    """A thematic group; its members only where the viewer belongs to the administration."""
    found = visible(ThematicGroup.objects.all(), viewer).filter(pk=pk).first()
    if found is None:
        return None
    return GroupRow(
        pk=found.pk,
        version=found.version,
        name=found.name,
        description=found.description,
        framework_id=found.framework_id,
        url=reverse("goals:group", args=[found.pk]),
        tasks=task_names(FutureTask.objects.filter(group_links__group=found)),
        goals=goal_names_of(Goal.objects.filter(group_links__group=found)),
        members=_members(found.pk) if viewer.is_internal else None,
    )


def group_names(records: QuerySet[Any]) -> tuple[GroupName, ...]:
    """The names of groups in alphabetical order."""
    rows = records.order_by("name", "pk").values_list("pk", "name")
    return tuple(_name(pk, name) for pk, name in rows)


def group_column(links: QuerySet[Any]) -> ArraySubquery:
    """The groups behind such links, in alphabetical order, as a column of another statement."""
    rows = links.order_by("group__name", "group_id")
    return array_of(rows, fields={"pk": "group_id", "name": "group__name"})


def groups_in(column: Sequence[Mapping[str, Any]]) -> tuple[GroupName, ...]:
    """The names of groups of a `group_column`."""
    return tuple(_name(row["pk"], row["name"]) for row in column)


def _name(pk: int, name: str) -> GroupName:
    return GroupName(pk, name, reverse("goals:group", args=[pk]))


def _members(group_id: int) -> tuple[Member, ...]:
    found = GroupMember.objects.filter(group_id=group_id).order_by("-is_speaker", "account__name", "pk")
    rows = found.values_list("account_id", "account__name", "account__department__name", "is_speaker")
    return tuple(Member(pk, name, office or "", speaks) for pk, name, office, speaks in rows)


def group_record(viewer: Viewer, *, pk: int) -> ThematicGroup | None:
    """The group itself, for a form that fills its fields from it; None if not for this viewer."""
    return visible(ThematicGroup.objects.filter(pk=pk), viewer).first()
