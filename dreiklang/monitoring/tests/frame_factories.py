"""Requests, surveys, the frame, grant sheets: each with as little said as it needs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from dreiklang.monitoring.models import (
    DataRequest,
    FrameChange,
    GrantSheet,
    KeyStatement,
    Question,
    Survey,
    SurveyResult,
    WatchItem,
)
from dreiklang.people.tests.factories import department
from dreiklang.places.tests.factories import area

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
_numbers = count(1)


def data_request(**facts: Any) -> DataRequest:
    """An open request, due in a month."""
    defaults: dict[str, Any] = {
        "question": f"Wie viele sind es? {next(_numbers)}",
        "values_words": "Anzahl je Jahr",
        "asked_on": TODAY,
        "due_on": date(2026, 12, 23),
    }
    return DataRequest.objects.create(**_with(defaults | facts, department=department))


def survey(**facts: Any) -> Survey:
    """A survey of 2024, internal."""
    number = next(_numbers)
    defaults = {"key": f"umfrage-{number}", "title": f"Umfrage {number}", "ends_on": date(2024, 6, 30)}
    return Survey.objects.create(**defaults | facts)


def question(**facts: Any) -> Question:
    """The first question of a survey."""
    defaults = {
        "number": str(next(_numbers)),
        "wording": "Wie gern leben Sie hier?",
        "scale": ["gern", "ungern"],
    }
    return Question.objects.create(**_with(defaults | facts, survey=survey))


def result(**facts: Any) -> SurveyResult:
    """Seven of ten of all 200 who were asked said yes."""
    defaults = {"answer": "gern", "asked_count": 200, "share": Decimal("0.7")}
    return SurveyResult.objects.create(**_with(defaults | facts, question=question))


def statement(**facts: Any) -> KeyStatement:
    """What a study says."""
    defaults = {"text": "Es fehlt an Schatten.", "page": "12", "position": next(_numbers)}
    return KeyStatement.objects.create(**_with(defaults | facts, survey=survey))


def frame_change(**facts: Any) -> FrameChange:
    """A new law, internal."""
    number = next(_numbers)
    defaults = {
        "key": f"gesetz-{number}",
        "title": f"Neues Gesetz {number}",
        "noticed_on": date(2026, 5, 4),
        "side": "outer",
        "field": "law",
        "source": "Gesetzblatt",
    }
    return FrameChange.objects.create(**defaults | facts)


def watch_item(**facts: Any) -> WatchItem:
    """A topic to look at today."""
    defaults = {"topic": f"Thema {next(_numbers)}", "field": "law", "review_on": TODAY}
    return WatchItem.objects.create(**_with(defaults | facts, department=department))


def grant_sheet(**facts: Any) -> GrantSheet:
    """A sheet of one of our areas for 2025."""
    defaults: dict[str, Any] = {
        "layout_key": "beispiel",
        "layout_edition": "1",
        "title": "Bogen",
        "area_words": "Altstadt",
        "year": 2025,
        "filled_at": NOW,
    }
    return GrantSheet.objects.create(**_with(defaults | facts, area=area))


def _with(facts: dict[str, Any], **makers: Any) -> dict[str, Any]:
    """The facts, with what must be there made where nobody named it."""
    return facts | {name: make() for name, make in makers.items() if name not in facts}
