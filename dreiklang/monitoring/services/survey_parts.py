"""What belongs to a survey: its questions with the series they go on, and its key statements with what they concern."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring.models import (
    KeyStatement,
    KeyStatementGoal,
    KeyStatementTask,
    Question,
    QuestionSeries,
    Survey,
)
from dreiklang.monitoring.services.checking import is_plain_key
from dreiklang.monitoring.services.kept_records import fill, link, save
from dreiklang.monitoring.services.short_names import free_name
from dreiklang.monitoring.services.surveys import locked_survey
from dreiklang.people.rules import Viewer

QUESTION_FIELDS = ("number", "wording", "scale", "is_changed", "changed_words")


class CannotSavePart(Refused):
    """The question as given does not fit: `number_taken`, `series_twice` (this survey asks it already), `has_results`."""


def save_question(
    *, by: Viewer, survey_id: int, values: Mapping[str, Any], question_id: int | None = None
) -> Question:
    """A question of a survey, new or changed.

    `series_id` joins a series, `series_title` begins one. Raises: NotFound; NotAllowed; CannotSavePart.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Frage der Umfrage gespeichert")):
        survey = locked_survey(by, survey_id)
        one = _question(survey, question_id)
        fill(one, values, fields=QUESTION_FIELDS)
        one.series_id = _series_id(values)
        _refuse_twice(survey, one)
        save(one)
        save(survey)
    return one


def remove_question(*, by: Viewer, survey_id: int, question_id: int) -> Survey:
    """Out of the survey, as long as there are no results. Raises: NotFound; NotAllowed; CannotSavePart (has_results)."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Frage der Umfrage entfernt")):
        survey = locked_survey(by, survey_id)
        one = _question(survey, question_id)
        if one.results.exists():
            raise CannotSavePart("has_results")
        one.delete()
        save(survey)
    return survey


def save_statement(
    *, by: Viewer, survey_id: int, values: Mapping[str, Any], statement_id: int | None = None
) -> KeyStatement:
    """A key statement, new or changed, with exactly these `goal_ids` and `task_ids`. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kernaussage gespeichert")):
        survey = locked_survey(by, survey_id)
        one = _statement(survey, statement_id)
        fill(one, values, fields=("text", "page"))
        save(one)
        link(KeyStatementGoal, owner="statement", other="goal", of=one, wanted=values.get("goal_ids", ()))
        link(KeyStatementTask, owner="statement", other="task", of=one, wanted=values.get("task_ids", ()))
        save(survey)
    return one


def remove_statement(*, by: Viewer, survey_id: int, statement_id: int) -> Survey:
    """Out of the survey. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kernaussage entfernt")):
        survey = locked_survey(by, survey_id)
        _statement(survey, statement_id).delete()
        save(survey)
    return survey


def _question(survey: Survey, pk: int | None) -> Question:
    if pk is None:
        last = survey.questions.aggregate(last=Max("position"))["last"] or 0
        return Question(survey=survey, position=last + 1, version=0)
    found = survey.questions.filter(pk=pk).first()
    if found is None:
        raise NotFound("question")
    return found


def _statement(survey: Survey, pk: int | None) -> KeyStatement:
    if pk is None:
        last = survey.statements.aggregate(last=Max("position"))["last"] or 0
        return KeyStatement(survey=survey, position=last + 1, version=0)
    found = survey.statements.filter(pk=pk).first()
    if found is None:
        raise NotFound("key_statement")
    return found


def _series_id(values: Mapping[str, Any]) -> int | None:
    title = values.get("series_title", "").strip()
    if not title:
        return values.get("series_id")
    key = free_name(
        title,
        is_taken=lambda name: not is_plain_key(name) or QuestionSeries.objects.filter(key=name).exists(),
        otherwise="reihe",
    )
    return QuestionSeries.objects.create(key=key, title=title[:200]).pk


def _refuse_twice(survey: Survey, one: Question) -> None:
    others = survey.questions.exclude(pk=one.pk)
    if others.filter(number=one.number).exists():
        raise CannotSavePart("number_taken")
    if one.series_id is not None and others.filter(series_id=one.series_id).exists():
        raise CannotSavePart("series_twice")
