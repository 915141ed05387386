"""The first statement of the page: the measure with its links as arrays."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef

from dreiklang.core.arrays import array_of
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.measures.models import (
    Dependency,
    Involvement,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasurePartner,
    MeasureTask,
    Milestone,
    PartnerAccess,
    TeamMember,
)
from dreiklang.measures.queries.lines import LINE_FIELDS
from dreiklang.measures.queries.page.inside import BRIEF_TEXTS
from dreiklang.measures.queries.standing import standing_case
from dreiklang.measures.queries.visibility import visible
from dreiklang.measures.rules import Terms
from dreiklang.people.rules import Viewer

_OWN = (
    "description",
    "starts_on",
    "starts_words",
    "cost_price_on",
    "topics",
    "resolution_reference",
    "resolution_on",
    "geometry",
    "note",
    "source_note",
    "version",
    "lead_department__head_id",
    "lead__phone",
    "lead__email",
    "deputy__phone",
    "deputy__email",
    "merged_into__number",
    "merged_into__title",
    "merged_into__visibility",
    "parent__number",
    "parent__title",
    "parent__visibility",
    "brief__agreed_on",
    "brief__reviewed_on",
    "brief__review_every_months",
    *(f"brief__{name}" for name in BRIEF_TEXTS),
)


def row_of(viewer: Viewer, number: str, terms: Terms) -> dict[str, Any]:
    """Columns and links of the measure of that number. Raises: NotFound."""
    shown = visible(viewer)
    arrays = {
        "steps": _array(Milestone, "id", "title", "due_on", "due_words", "done_on", "is_public"),
        "tasks_": _array(
            MeasureTask, "task__number", "task__title", where={"task__framework__status": "valid"}
        ),
        "concepts_": _array(
            MeasureConcept,
            "concept__number",
            "concept__title",
            where={} if viewer.is_internal else {"concept__visibility": Visibility.PUBLIC},
        ),
        "areas_": _array(MeasureArea, "area__id", "area__key", "area__name"),
        "offices_": _array(Involvement, "department__key", "department__name", "role", "words", "since"),
        "partners_": _array(MeasurePartner, "name", "role", "is_public"),
        "team_": _array(TeamMember, "account__name", "duty"),
        "needs_": _array(Dependency, "needs__number", "needs__title", where={"needs__in": shown}),
        "needed_by_": _array(
            Dependency, "measure__number", "measure__title", of="needs", where={"measure__in": shown}
        ),
        "parts_": _array(
            Measure, "number", "title", of="parent", where={"pk__in": shown, "merged_into": None}
        ),
        "merged_from_": _array(Measure, "number", "title", of="merged_into", where={"pk__in": shown}),
    }
    access = PartnerAccess.objects.filter(measure=OuterRef("pk"), account=viewer.account_id)
    found = (
        shown.filter(number=number)
        .annotate(derived=standing_case(terms), granted=Exists(access), **arrays)
        .values(*LINE_FIELDS, *_OWN, "granted", *arrays)
        .first()
    )
    if found is None:
        raise NotFound("measure", key=number)
    return dict(found)


def _array(
    model: type[Model], *fields: str, of: str = "measure", where: Mapping[str, Any] | None = None
) -> ArraySubquery:
    """The linked rows as an array of objects; the last word of a path is the name inside."""
    rows = model._default_manager.filter(**{of: OuterRef("pk")}, **(where or {}))
    return array_of(rows.order_by("pk"), fields={path.split("__")[-1]: path for path in fields})
