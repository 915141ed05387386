"""One concept in full."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from dreiklang.concepts.models import SIGN_LABELS, Concept
from dreiklang.concepts.queries.lines import address, lines_of, visible
from dreiklang.concepts.queries.records import ConceptInternal, ConceptPage, GoalLink
from dreiklang.core.errors import NotFound
from dreiklang.core.records import Ref
from dreiklang.goals.queries import page_address
from dreiklang.goals.rules import LinkSign, natural
from dreiklang.people.rules import Viewer


def concept(viewer: Viewer, *, number: str) -> ConceptPage | None:
    """The concept of that number with its links; None if there is none for this viewer."""
    found = visible(viewer).filter(number=number).select_related("lead", "deputy", "successor")
    record = found.defer("search", "successor__search", "successor__geometry").first()
    if record is None:
        return None
    areas = list(
        record.area_links.order_by("area__name", "area_id").values_list("area_id", "area__key", "area__name")
    )
    return ConceptPage(
        line=lines_of(Concept.objects.filter(pk=record.pk))[0],
        version=record.version,
        summary=record.summary,
        framework_reference=record.framework_reference,
        goals=_goal_links(record, viewer),
        tasks=_tasks(record, viewer),
        areas=tuple(
            Ref(key or name, name, reverse("places:area", args=[key or name])) for _, key, name in areas
        ),
        area_ids=tuple(pk for pk, _key, _name in areas),
        geometry=record.geometry,
        successor=_ref(record.successor, viewer),
        predecessors=tuple(
            ref for before in visible(viewer).filter(successor=record) if (ref := _ref(before, viewer))
        ),
        internal=_internal(record) if viewer.is_internal else None,
    )


def record(viewer: Viewer, *, number: str) -> Concept | None:
    """The concept itself, for a form that fills its fields from it; None if not for this viewer."""
    return visible(viewer).filter(number=number).defer("search").first()


def kept(viewer: Viewer, key: str) -> tuple[Concept, str]:
    """The concept of that number and the address of its page, for its history. Raises: NotFound."""
    found = record(viewer, number=key)
    if found is None:
        raise NotFound("concept", key=key)
    return found, address(found.number)


def _goal_links(record: Concept, viewer: Viewer) -> tuple[GoalLink, ...]:
    """The main goal first, then by number; goals of a draft for the administration only."""
    version = ("goal__number", "goal__title", "goal__framework__status", "goal__framework__label")
    rows = _in_visible_versions(record.goal_links.all(), "goal", viewer).values_list(
        "goal_id", *version, "sign", "weight", "reason", "is_main"
    )
    found = [
        GoalLink(
            goal_id=pk,
            number=number,
            title=title,
            url=page_address("goals:goal", number, status, label),
            sign=LinkSign(sign),
            sign_label=str(SIGN_LABELS[LinkSign(sign)]),
            weight=weight,
            reason=reason,
            is_main=is_main,
        )
        for pk, number, title, status, label, sign, weight, reason, is_main in rows
    ]
    return tuple(sorted(found, key=lambda g: (not g.is_main, natural(g.number))))


def _tasks(record: Concept, viewer: Viewer) -> tuple[Ref, ...]:
    links = _in_visible_versions(record.task_links.order_by("-is_main", "pk"), "task", viewer)
    rows = links.values_list(
        "task__number", "task__title", "task__framework__status", "task__framework__label"
    )
    return tuple(
        Ref(number, title, page_address("goals:task", number, status, label))
        for number, title, status, label in rows
    )


def _in_visible_versions(links: QuerySet[Any], noun: str, viewer: Viewer) -> QuerySet[Any]:
    return links if viewer.is_internal else links.exclude(**{f"{noun}__framework__status": "draft"})


def _ref(other: Concept | None, viewer: Viewer) -> Ref | None:
    """The other concept by name, if this viewer may know of it."""
    if other is None or not (viewer.is_internal or other.visibility == "public"):
        return None
    return Ref(other.number, other.title, address(other.number))


def _internal(record: Concept) -> ConceptInternal:
    return ConceptInternal(
        lead_department_id=record.lead_department_id,
        lead_id=record.lead_id,
        deputy_id=record.deputy_id,
        lead=record.lead.name if record.lead else "",
        lead_phone=record.lead.phone if record.lead else "",
        deputy=record.deputy.name if record.deputy else "",
        note=record.note,
    )
