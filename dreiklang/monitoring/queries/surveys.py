"""Surveys and studies: the list, one of them with its results, what they say about a goal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import NotFound
from dreiklang.core.records import Hit
from dreiklang.core.search import SortKey, found_by
from dreiklang.goals.queries import GoalName, TaskName, goal_labels, task_labels
from dreiklang.monitoring.models import KeyStatement, Question, Survey, SurveyResult
from dreiklang.monitoring.permissions import SEE_INSIDE
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

SORTS: dict[str, tuple[str | SortKey, ...]] = {
    "zeit": ("ends_on",),
    "titel": (SortKey("title"),),
    "art": ("kind",),
}


@dataclass(frozen=True)
class SurveyFilter:
    """What the list is narrowed to."""

    text: str = ""
    kind: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Answers:
    """The results of one group in one place: answer → share, or a mean. Hidden ones hold neither."""

    place: str
    group: str
    asked_count: int | None
    is_hidden: bool
    shares: Sequence[tuple[str, Decimal | None]]
    mean: Decimal | None


@dataclass(frozen=True)
class AskedQuestion:
    """A question with the results of everybody, and how many groups and places there are beside."""

    record: Question
    whole: Answers | None
    others: Sequence[Answers]


@dataclass(frozen=True)
class Statement:
    """A key statement with what it concerns, as far as the viewer may know of it."""

    record: KeyStatement
    goals: Sequence[GoalName]
    tasks: Sequence[TaskName]


@dataclass(frozen=True)
class SurveyPage:
    """A survey with all that belongs to it."""

    record: Survey
    questions: Sequence[AskedQuestion]
    statements: Sequence[Statement]
    is_public: bool


def visible_surveys(viewer: Viewer) -> QuerySet[Survey]:
    """The administration sees all surveys, everybody the public ones. Without their documents."""
    rows = Survey.objects.select_related("department", "area", "file").defer("search", "file__content")
    return rows if may(viewer, SEE_INSIDE) else rows.filter(visibility=Visibility.PUBLIC)


def survey_list(
    viewer: Viewer, *, wanted: SurveyFilter, sort: str = "zeit", is_descending: bool = True
) -> QuerySet[Any]:
    """The surveys that fit, each with its `question_count`, in this order."""
    rows = visible_surveys(viewer)
    if wanted.text:
        asks = Question.objects.filter(wording__icontains=wanted.text).values("survey_id")
        rows = rows.filter(
            Q(title__icontains=wanted.text) | Q(summary__icontains=wanted.text) | Q(pk__in=asks)
        )
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year is not None:
        rows = rows.filter(ends_on__year=wanted.year)
    ordered = rows.order_by(*SORTS.get(sort, SORTS["zeit"]), "pk")
    ordered = ordered.reverse() if is_descending else ordered
    return ordered.annotate(question_count=Count("questions"))


def survey_counts(viewer: Viewer) -> tuple[int, int]:
    """How many surveys and how many studies: one statement."""
    rows = visible_surveys(viewer).aggregate(
        surveys=Count("pk", filter=Q(kind="survey")), studies=Count("pk", filter=Q(kind="study"))
    )
    return int(rows["surveys"]), int(rows["studies"])


def survey_years(viewer: Viewer) -> list[int]:
    """The years in which surveys ended, newest first."""
    return [day.year for day in visible_surveys(viewer).dates("ends_on", "year", order="DESC")]


def survey_record(viewer: Viewer, *, key: str) -> Survey:
    """The survey itself. Raises: NotFound."""
    found = visible_surveys(viewer).filter(key=key).first()
    if found is None:
        raise NotFound("survey", key=key)
    return found


def survey_page(viewer: Viewer, *, key: str) -> SurveyPage:
    """A survey with its questions, results and statements. Raises: NotFound."""
    found = survey_record(viewer, key=key)
    questions = found.questions.select_related("series").order_by("position", "pk")
    return SurveyPage(
        record=found,
        questions=[asked_question(one) for one in questions.prefetch_related(_results())],
        statements=_statements(viewer, found),
        is_public=found.visibility == Visibility.PUBLIC,
    )


def question_page(viewer: Viewer, *, key: str, number: str) -> AskedQuestion:
    """One question with its results by group and place. Raises: NotFound."""
    survey = survey_record(viewer, key=key)
    rows = survey.questions.select_related("series", "survey").defer("survey__search")
    found = rows.filter(number=number).prefetch_related(_results()).first()
    if found is None:
        raise NotFound("question", key=number)
    return asked_question(found)


def asked_question(one: Question) -> AskedQuestion:
    """A question whose results were fetched with it, put together by place and group."""
    groups: dict[tuple[str, str], list[SurveyResult]] = {}
    for result in one.results.all():
        place = result.area.name if result.area else ""
        groups.setdefault((place, result.group), []).append(result)
    answers = [_answers(one, place, group, rows) for (place, group), rows in groups.items()]
    whole = next((a for a in answers if not a.place and not a.group), None)
    return AskedQuestion(one, whole, [a for a in answers if a.place or a.group])


def survey_results(viewer: Viewer, *, key: str) -> Iterable[SurveyResult]:
    """All results of a survey for a download, by question, place, group and answer. Raises: NotFound."""
    survey = survey_record(viewer, key=key)
    rows = SurveyResult.objects.filter(question__survey=survey).select_related("question__series", "area")
    order = ("question__position", "question_id", SortKey("area__name"), "group", "pk")
    return rows.order_by(*order)


def statements_of_goal(viewer: Viewer, *, goal_id: int, limit: int = 3) -> list[KeyStatement]:
    """What the newest surveys and studies say about a goal, each with its `survey`. One statement."""
    return _said_of(viewer, Q(goal_links__goal=goal_id), limit)


def statements_of_task(viewer: Viewer, *, task_id: int, limit: int = 3) -> list[KeyStatement]:
    """What the newest surveys and studies say about a future task, each with its `survey`. One statement."""
    return _said_of(viewer, Q(task_links__task=task_id), limit)


def survey_hits(viewer: Viewer, *, text: str, limit: int = 20) -> list[Hit]:
    """Surveys that hold the text, for the search over everything."""
    rows = found_by(visible_surveys(viewer).select_related(None), text=text)
    fields = ("key", "title", "summary", "hit_rank")
    return [
        Hit("survey", key, title, snippet[:160], address(key), rank)
        for key, title, snippet, rank in rows.values_list(*fields)[:limit]
    ]


def kept_survey(viewer: Viewer, key: str) -> tuple[Survey, str]:
    """The survey with its address, for the history page. Raises: NotFound."""
    return survey_record(viewer, key=key), address(key)


def address(key: str) -> str:
    """The page of a survey."""
    return reverse("monitoring:survey", args=[key])


def _results() -> "Prefetch[str, QuerySet[SurveyResult], str]":
    rows = SurveyResult.objects.select_related("area").order_by(SortKey("area__name"), "group", "pk")
    return Prefetch("results", queryset=rows)


def _answers(one: Question, place: str, group: str, rows: Sequence[SurveyResult]) -> Answers:
    """Shares in the order of the scale; answers that are not in it come last, in the order of the list."""
    order = {answer: number for number, answer in enumerate(one.scale)}
    said = sorted((r for r in rows if r.answer), key=lambda r: (order.get(r.answer, len(order)), r.pk))
    mean = next((r.mean for r in rows if r.mean is not None), None)
    return Answers(
        place=place,
        group=group,
        asked_count=next((r.asked_count for r in rows if r.asked_count is not None), None),
        is_hidden=any(r.is_hidden for r in rows),
        shares=[(r.answer, r.share) for r in said],
        mean=mean,
    )


def _statements(viewer: Viewer, survey: Survey) -> list[Statement]:
    rows = list(survey.statements.order_by("position", "pk").prefetch_related("goal_links", "task_links"))
    goals = goal_labels(viewer, ids={link.goal_id for one in rows for link in one.goal_links.all()})
    tasks = task_labels(viewer, ids={link.task_id for one in rows for link in one.task_links.all()})
    return [
        Statement(
            one,
            [goals[link.goal_id] for link in one.goal_links.all() if link.goal_id in goals],
            [tasks[link.task_id] for link in one.task_links.all() if link.task_id in tasks],
        )
        for one in rows
    ]


def _said_of(viewer: Viewer, about: Q, limit: int) -> list[KeyStatement]:
    rows = KeyStatement.objects.filter(about).select_related("survey").defer("survey__search")
    if not may(viewer, SEE_INSIDE):
        rows = rows.filter(survey__visibility=Visibility.PUBLIC)
    return list(rows.order_by("-survey__ends_on", "position", "pk")[:limit])
