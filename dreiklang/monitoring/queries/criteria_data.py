"""Criteria and their ratings as data, for the interface and for files to take away."""

from collections.abc import Collection
from datetime import date
from typing import Any

from dreiklang.monitoring.queries.criteria import CriterionLine, RatingLine, criteria
from dreiklang.people.rules import PUBLIC


def criteria_data(*, today: date, goals: Collection[int] | None = None) -> list[dict[str, Any]]:
    """Public criteria with their released ratings, of these goals or of all of the valid framework."""
    return [criterion_data(one) for one in criteria(PUBLIC, today=today, goals=goals)]


def criterion_data(line: CriterionLine) -> dict[str, Any]:
    """One criterion with the ratings that were not withdrawn, newest first; no names of persons.

    Days are ISO 8601; state is a code: reached, on_way, off_way, unknown. No rating: an empty list.
    """
    return {
        "goal": line.goal.key,
        "goal_title": line.goal.title,
        "number": line.number,
        "kind": line.kind.value,
        "text": line.text,
        "explanation": line.explanation,
        "indicator": line.indicator.key if line.indicator else "",
        "department": line.department,
        "retired_on": line.retired_on.isoformat() if line.retired_on else None,
        "retired_reason": line.retired_reason,
        "url": line.url,
        "ratings": [_rating(line, one) for one in line.ratings if one.withdrawn_on is None],
    }


def _rating(line: CriterionLine, rating: RatingLine) -> dict[str, Any]:
    return {
        "rated_on": rating.rated_on.isoformat(),
        "state": rating.state.value,
        "reason": rating.reason,
        "words_for": rating.words_for,
        "words_against": rating.words_against,
        "office": rating.office or line.department,
        "is_preliminary": rating.released_on is None,
        "figures": [dict(one) for one in rating.figures],
    }
