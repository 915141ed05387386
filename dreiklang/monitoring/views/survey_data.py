"""Results of a survey to take away: CSV, workbook, JSON. Hidden groups are in none of them but as hidden."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.core.errors import NotFound
from dreiklang.core.tables.write import Column as Written
from dreiklang.monitoring.models import Survey, SurveyResult
from dreiklang.monitoring.queries import surveys as queries
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.downloads import csv_file, xlsx_file


@require_safe
def survey_data(request: ViewerRequest, key: str, form: str) -> HttpResponse:
    """All results of a survey in that form; the lists are read again by the import of results."""
    try:
        survey = queries.survey_record(request.viewer, key=key)
        rows = queries.survey_results(request.viewer, key=key)
    except NotFound as missing:
        raise Http404 from missing
    name = f"umfrage-{survey.key}"
    if form == "json":
        return JsonResponse(_as_json(survey, rows), json_dumps_params={"ensure_ascii": False})
    heads = [Written(head) for head in _heads()]
    lines = (_line(survey, one) for one in rows)
    if form == "csv":
        return csv_file(heads, lines, name=name)
    return xlsx_file(heads, lines, name=name, title=_("Ergebnisse"))


def _heads() -> tuple[str, ...]:
    return (
        _("Umfrage"),
        _("Frage"),
        _("Wortlaut"),
        _("Fragenreihe"),
        _("Gebiet"),
        _("Gruppe"),
        _("Antwort"),
        _("Befragte"),
        _("Anteil in Prozent"),
        _("Mittelwert"),
        _("Zu wenige Antworten"),
    )


def _line(survey: Survey, one: SurveyResult) -> tuple[Any, ...]:
    question = one.question
    return (
        survey.key,
        question.number,
        question.wording,
        question.series.key if question.series else "",
        one.area.name if one.area else "",
        one.group,
        one.answer,
        one.asked_count,
        None if one.share is None else (one.share * 100).normalize(),
        None if one.mean is None else one.mean.normalize(),
        _("ja") if one.is_hidden else _("nein"),
    )


def _as_json(survey: Survey, rows: Iterable[SurveyResult]) -> dict[str, Any]:
    return {
        "key": survey.key,
        "title": survey.title,
        "kind": survey.kind,
        "commissioner": survey.commissioner,
        "contractor": survey.contractor,
        "population": survey.population,
        "sample_size": survey.sample_size,
        "response_count": survey.response_count,
        "mode": survey.mode,
        "starts_on": survey.starts_on,
        "ends_on": survey.ends_on,
        "licence": survey.licence,
        "attribution": survey.attribution,
        "hide_below": survey.hide_below,
        "results": [
            {
                "question": one.question.number,
                "wording": one.question.wording,
                "series": one.question.series.key if one.question.series else None,
                "area": one.area.name if one.area else None,
                "group": one.group or None,
                "answer": one.answer or None,
                "asked_count": one.asked_count,
                "share": one.share,
                "mean": one.mean,
                "is_hidden": one.is_hidden,
            }
            for one in rows
        ],
    }
