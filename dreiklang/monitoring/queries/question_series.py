"""Series of questions: the same question in several surveys."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.search import SortKey
from dreiklang.monitoring.models import Question, QuestionSeries, SurveyResult
from dreiklang.monitoring.permissions import SEE_INSIDE
from dreiklang.monitoring.queries.surveys import AskedQuestion, asked_question
from dreiklang.monitoring.rules.question_series import AskedOnce, Piece, pieces
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class SeriesPage:
    """A series with its course, piece by piece."""

    record: QuestionSeries
    pieces: Sequence[Piece[AskedQuestion]]


def series_list(viewer: Viewer, *, least: int = 2) -> QuerySet[Any]:
    """The series that at least so many surveys asked which the viewer may see, each with its `asked_count`."""
    seen = Q() if may(viewer, SEE_INSIDE) else Q(questions__survey__visibility=Visibility.PUBLIC)
    rows = QuestionSeries.objects.annotate(asked_count=Count("questions", filter=seen))
    return rows.filter(asked_count__gte=least).order_by(SortKey("title"), "pk")


def series_page(viewer: Viewer, *, key: str) -> SeriesPage:
    """A series with the results of everybody, oldest first. Raises: NotFound, also where every survey is hidden."""
    found = QuestionSeries.objects.filter(key=key).first()
    questions = Question.objects.filter(series=found).select_related("survey").defer("survey__search")
    if not may(viewer, SEE_INSIDE):
        questions = questions.filter(survey__visibility=Visibility.PUBLIC)
    # Groups and places stand on the page of the question.
    whole = SurveyResult.objects.filter(area=None, group="").select_related("area").order_by("pk")
    asked = questions.order_by("survey__ends_on", "pk").prefetch_related(Prefetch("results", queryset=whole))
    rows = list(asked) if found else []
    if found is None or not rows:
        raise NotFound("question_series", key=key)
    times = [
        AskedOnce(one.survey.ends_on, asked_question(one), one.is_changed, one.changed_words) for one in rows
    ]
    return SeriesPage(found, pieces(times))


def series_choices() -> list[tuple[int, str]]:
    """All series for a form, by title."""
    return list(QuestionSeries.objects.order_by(SortKey("title"), "pk").values_list("pk", "title"))


def address(key: str) -> str:
    """The page of a series."""
    return reverse("monitoring:question-series", args=[key])
