"""What the tables of requests, surveys, the frame and grant sheets refuse, and what they remember."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from dreiklang.core.history import acting
from dreiklang.monitoring.models import (
    DataRequest,
    FrameChange,
    GrantSheet,
    Question,
    QuestionSeries,
    Survey,
    SurveyResult,
    WatchItem,
    WatchReview,
)
from dreiklang.monitoring.tests import frame_factories as make

pytestmark = pytest.mark.django_db
Maker = Callable[..., Any]


@pytest.mark.parametrize(
    ("make_one", "facts", "constraint"),
    [
        (make.data_request, {"state": "answered"}, "answered_request_has_day"),
        (
            make.data_request,
            {"state": "series", "answered_on": date(2026, 1, 2)},
            "request_that_became_a_series_has_one",
        ),
        (make.data_request, {"state": "dropped"}, "dropped_request_has_a_reason"),
        (make.survey, {"key": "Mit Leerzeichen"}, "survey_key_is_plain"),
        (make.survey, {"starts_on": date(2030, 1, 1)}, "survey_period_in_order"),
        (make.survey, {"sample_size": 10, "response_count": 11}, "survey_has_no_more_answers_than_asked"),
        (make.survey, {"hide_below": 1}, "survey_hides_below_two_or_more"),
        (make.survey, {"visibility": "public", "department": None}, "public_survey_has_department"),
        (make.result, {"share": Decimal("1.01")}, "survey_share_0_to_1"),
        (make.result, {"share": None}, "survey_result_says_something"),
        (make.result, {"is_hidden": True, "share": None}, "hidden_survey_result_says_nothing"),
        (make.frame_change, {"key": "ü"}, "frame_change_key_is_plain"),
        (make.frame_change, {"visibility": "public", "source": ""}, "public_frame_change_has_source"),
        (make.watch_item, {"every_months": 0}, "watch_every_1_to_60_months"),
        (make.grant_sheet, {"area": None}, "grant_sheet_has_one_place"),
        (make.grant_sheet, {"year": 1989}, "grant_sheet_year_makes_sense"),
        (make.grant_sheet, {"sent_to": "Land"}, "sent_grant_sheet_has_day"),
    ],
)
def test_what_makes_no_sense_is_refused(make_one: Maker, facts: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_one(**facts)


def test_a_result_of_a_group_and_place_stands_once() -> None:
    there = make.result()

    with pytest.raises(IntegrityError, match="survey_result_once"), transaction.atomic():
        make.result(question=there.question)


def test_a_survey_asks_a_series_once() -> None:
    series = QuestionSeries.objects.create(key="zufrieden", title="Zufriedenheit")
    first = make.question(series=series)

    with pytest.raises(IntegrityError, match="series_asked_once_per_survey"), transaction.atomic():
        make.question(survey=first.survey, series=series)


def test_a_department_watches_a_topic_once() -> None:
    there = make.watch_item()

    with pytest.raises(IntegrityError, match="watch_topic_once_per_department"), transaction.atomic():
        make.watch_item(department=there.department, topic=there.topic)


def test_a_review_that_found_something_names_it() -> None:
    item = make.watch_item()

    with pytest.raises(IntegrityError, match="review_names_what_it_found"), transaction.atomic():
        WatchReview.objects.create(item=item, seen_on=date(2026, 1, 1), outcome="observed")


@pytest.mark.parametrize(
    "model", [DataRequest, Survey, Question, SurveyResult, FrameChange, WatchItem, GrantSheet]
)
def test_every_change_is_kept_with_who_and_why(model: type[Any]) -> None:
    made = {
        DataRequest: make.data_request,
        Survey: make.survey,
        Question: make.question,
        SurveyResult: make.result,
        FrameChange: make.frame_change,
        WatchItem: make.watch_item,
        GrantSheet: make.grant_sheet,
    }[model]()

    with acting(by_id=7, by_name="Klara Korn", reason="Versehen"):
        made.delete()

    event = apps.get_model("monitoring", f"{model.__name__}Historyevent")
    last = event.objects.filter(pgh_obj_id=made.pk or None).last() or event.objects.latest("pgh_id")
    assert (last.pgh_label, last.pgh_context.metadata["name"]) == ("delete", "Klara Korn")
    assert last.pgh_context.metadata["reason"] == "Versehen"
