"""The register as data: what is public, whoever asks."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Router, Schema
from pydantic import Field

from dreiklang.concepts import queries
from dreiklang.concepts.queries import ConceptFilter, ConceptLine
from dreiklang.core.values import Money, Unknown
from dreiklang.people.rules import PUBLIC

router = Router()
LARGEST_PAGE = 1000


class ConceptOut(Schema):
    """A concept in a list. Where an amount is not known, its words say why."""

    number: str
    title: str
    kind: str
    status: str
    lead_department: str
    valid_from: date | None
    valid_to: date | None
    resolution_reference: str
    resolution_on: date | None
    main_goal: str
    cost_eur: Decimal | None
    cost_words: str
    gap_eur: Decimal | None
    gap_words: str
    url: str


class GoalLinkOut(Schema):
    """How a concept acts on a goal."""

    goal: str
    sign: str
    weight: int
    reason: str
    is_main: bool


class ConceptPageOut(ConceptOut):
    """A concept in full."""

    summary: str
    framework_reference: str
    goals: list[GoalLinkOut]
    tasks: list[str]
    areas: list[str]
    successor: str | None


class ConceptList(Schema):
    """A page of the register."""

    total: int
    items: list[ConceptOut]


@router.get("", response=ConceptList, summary=_("Das Register der Konzepte und förmlichen Pläne"))
def list_concepts(
    request: HttpRequest,
    text: str = "",
    kind: str = "",
    status: str = "",
    limit: Annotated[int, Field(ge=1)] = 100,
    offset: Annotated[int, Field(ge=0)] = 0,
) -> ConceptList:
    """Public concepts by number."""
    asked = ConceptFilter(
        text=text, kinds=tuple(filter(None, [kind])), statuses=tuple(filter(None, [status]))
    )
    lines = queries.concept_lines(PUBLIC, asked=asked, offset=offset, limit=min(limit, LARGEST_PAGE))
    return ConceptList(
        total=queries.concept_total(PUBLIC, asked=asked), items=[ConceptOut(**_line(line)) for line in lines]
    )


@router.get("/{path:number}", response=ConceptPageOut, summary=_("Ein Konzept mit seinen Bezügen"))
def get_concept(request: HttpRequest, number: str) -> ConceptPageOut:
    """One public concept."""
    page = queries.concept(PUBLIC, number=number)
    if page is None:
        raise Http404
    return ConceptPageOut(
        **_line(page.line),
        summary=page.summary,
        framework_reference=page.framework_reference,
        goals=[
            GoalLinkOut(goal=g.number, sign=g.sign.value, weight=g.weight, reason=g.reason, is_main=g.is_main)
            for g in page.goals
        ],
        tasks=[task.key for task in page.tasks],
        areas=[area.key for area in page.areas],
        successor=page.successor.key if page.successor else None,
    )


def _line(line: ConceptLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "title": line.title,
        "kind": line.kind.value,
        "status": line.status.value,
        "lead_department": line.department,
        "valid_from": line.valid_from,
        "valid_to": line.valid_to,
        "resolution_reference": line.resolution_reference,
        "resolution_on": line.resolution_on,
        "main_goal": line.main_goal,
        **_amount("cost", line.cost),
        **_amount("gap", line.gap),
        "url": line.url,
    }


def _amount(name: str, value: Money | Unknown) -> dict[str, Any]:
    if isinstance(value, Unknown):
        return {f"{name}_eur": None, f"{name}_words": value.words}
    return {f"{name}_eur": value.amount, f"{name}_words": ""}
