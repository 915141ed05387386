"""What surveys, studies and observations of the frame say about goals or a future task, for their pages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, F, Q, Value
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import FrameMeaning, KeyStatement
from dreiklang.monitoring.permissions import SEE_INSIDE
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

STATEMENT, OBSERVATION = "statement", "observation"
MOST = 6


@dataclass(frozen=True)
class Said:
    """One thing said. `detail` is the page of a statement, or the sign of an observation."""

    kind: str
    on: date
    text: str
    detail: str
    title: str
    url: str


def said_of_goals(viewer: Viewer, *, goals: Collection[int]) -> list[Said]:
    """The newest key statements and observations about these goals, each once. One statement."""
    about = KeyStatement.objects.filter(goal_links__goal__in=goals)
    means = FrameMeaning.objects.filter(goal__in=goals)
    if not may(viewer, SEE_INSIDE):
        about = about.filter(survey__visibility=Visibility.PUBLIC)
        means = means.filter(change__visibility=Visibility.PUBLIC)
    statements = about.distinct().annotate(
        kind=Value(STATEMENT, CharField()),
        said_on=F("survey__ends_on"),
        said=F("text"),
        detail=F("page"),
        source=F("survey__title"),
        source_key=F("survey__key"),
    )
    observed = means.annotate(
        kind=Value(OBSERVATION, CharField()),
        said_on=F("change__noticed_on"),
        said=F("text"),
        detail=F("sign"),
        source=F("change__title"),
        source_key=F("change__key"),
    )
    fields = ("kind", "said_on", "said", "detail", "source", "source_key")
    rows = statements.order_by().values_list(*fields).union(observed.order_by().values_list(*fields))
    return [_said(*row) for row in rows.order_by("-said_on", "source_key")[:MOST]]


def said_of_task(viewer: Viewer, *, task: int, goals: Collection[int] = ()) -> list[Said]:
    """The newest key statements about a future task or the goals that serve it. One statement."""
    about = Q(task_links__task=task) | Q(goal_links__goal__in=goals)
    rows = KeyStatement.objects.filter(about)
    if not may(viewer, SEE_INSIDE):
        rows = rows.filter(survey__visibility=Visibility.PUBLIC)
    found = rows.distinct().order_by("-survey__ends_on", "survey__key", "pk")
    fields = ("survey__ends_on", "text", "page", "survey__title", "survey__key")
    return [_said(STATEMENT, *row) for row in found.values_list(*fields)[:MOST]]


def _said(kind: str, on: date, text: str, detail: str, title: str, key: str) -> Said:
    page = "monitoring:survey" if kind == STATEMENT else "monitoring:frame-change"
    return Said(kind, on, text, detail, title, reverse(page, args=[key]))
