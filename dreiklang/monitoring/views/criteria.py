"""Criteria of one goal to read: each with its latest rating, what speaks for and against, and its course."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dreiklang.goals.queries import GoalPage, goal_page
from dreiklang.monitoring import permissions
from dreiklang.monitoring.queries.criteria import CriterionLine, RatingLine, criteria, latest_counts, years_of
from dreiklang.monitoring.queries.criteria_due import dues
from dreiklang.monitoring.rules.rating_due import RatingDue
from dreiklang.monitoring.rules.values import IndicatorKind
from dreiklang.monitoring.views.rating_words import (
    CourseWords,
    FigureWords,
    by_side,
    counts_sentence,
    course_words,
    parts,
    rating_sign,
)
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.rules import Viewer
from dreiklang.ui.rules import RailItem, Sign


@dataclass(frozen=True)
class RatingCard:
    """A rating as the page shows it: sign, who in words, figures by side, and what may be done with it."""

    line: RatingLine
    sign: Sign
    office: str
    sides: dict[str, list[FigureWords]]
    corrected_on: date | None
    may_release: bool
    may_withdraw: bool

    @property
    def is_preliminary(self) -> bool:
        """Whether it still waits for its release."""
        return self.line.released_on is None and self.line.withdrawn_on is None


@dataclass(frozen=True)
class CriterionCard:
    """A criterion as the page shows it."""

    line: CriterionLine
    latest: RatingCard | None
    sign: Sign
    earlier: list[RatingCard]
    course: list[CourseWords]
    due: RatingDue | None
    may_rate: bool


def goal_criteria(request: ViewerRequest, number: str) -> HttpResponse:
    """By what it is told whether one goal is reached, and what people say of it."""
    page = goal_page(request.viewer, number=number, label=request.GET.get("fassung", ""))
    if page is None:
        raise Http404
    today = timezone.localdate()
    found = criteria(request.viewer, today=today, goals=[page.goal.pk])
    cards = cards_of(request.viewer, found, today=today)
    counted = latest_counts(found)
    may_edit = may(request.viewer, permissions.EDIT_CRITERIA) and not page.framework.is_superseded
    return render(
        request,
        "monitoring/criteria/goal.html",
        {
            "page": page,
            "groups": _groups(cards),
            "counted": counted,
            "parts": parts(counted),
            "sentence": counts_sentence(counted),
            "may_edit": may_edit,
            "rail_items": _rail(page, len(found)),
            "stand": today,
            "today": today,
        },
    )


def _groups(cards: Sequence[CriterionCard]) -> list[tuple[str, str, list[CriterionCard]]]:
    """The criteria that hold by kind, then those given up; groups without any are left out."""
    holding = [one for one in cards if not one.line.is_retired]
    groups = [
        ("zahlen", _("In Zahlen"), [one for one in holding if one.line.kind is IndicatorKind.QUANTITATIVE]),
        ("worte", _("In Worten"), [one for one in holding if one.line.kind is IndicatorKind.QUALITATIVE]),
        ("frueher", _("Gilt nicht mehr"), [one for one in cards if one.line.is_retired]),
    ]
    return [(key, title, found) for key, title, found in groups if found]


def _rail(page: GoalPage, count: int) -> list[RailItem]:
    tasks = [RailItem(_("Zukunftsaufgabe"), f"{t.number} {t.title}", t.url) for t in page.goal.tasks]
    return [
        *tasks[:1],
        RailItem(page.goal.level, f"{page.goal.number} {page.goal.title}", page.goal.url),
        RailItem(_("Kriterien"), "", is_current=True, count=str(count)),
    ]


def cards_of(viewer: Viewer, lines: Sequence[CriterionLine], *, today: date) -> list[CriterionCard]:
    """The criteria for a page, each with its course, its ratings, and for the administration what is due."""
    years = years_of(lines, today=today)
    due = dues(viewer, lines, today=today)
    return [_card(viewer, one, years=years, due=due.get(one.pk)) for one in lines]


def _card(
    viewer: Viewer, line: CriterionLine, *, years: Sequence[int], due: RatingDue | None
) -> CriterionCard:
    cards = [rating_card(viewer, line, one) for one in line.ratings]
    latest = next((one for one in cards if line.latest and one.line.pk == line.latest.pk), None)
    return CriterionCard(
        line=line,
        latest=latest,
        sign=rating_sign(line.latest),
        earlier=[one for one in cards if one is not latest],
        course=course_words(line, years=years),
        due=due,
        may_rate=may(viewer, permissions.RATE, line) and not line.is_retired,
    )


def rating_card(viewer: Viewer, line: CriterionLine, rating: RatingLine) -> RatingCard:
    """One rating for a page."""
    may_release = may(viewer, permissions.RELEASE_RATING, line)
    is_open = rating.withdrawn_on is None
    corrected = next((one.rated_on for one in line.ratings if one.pk == rating.corrects), None)
    return RatingCard(
        line=rating,
        sign=rating_sign(rating),
        office=rating.office or line.department,
        sides=by_side(rating.figures),
        corrected_on=corrected,
        may_release=may_release and is_open and rating.released_on is None,
        may_withdraw=is_open and (may_release if rating.released_on else may(viewer, permissions.RATE, line)),
    )
