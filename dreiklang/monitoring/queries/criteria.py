"""Criteria of goals with what people said of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, Func, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime

from dreiklang.core.arrays import array_of
from dreiklang.core.enums import Visibility
from dreiklang.core.records import Ref
from dreiklang.core.values import Unknown
from dreiklang.goals.queries import page_address
from dreiklang.goals.rules import FrameworkStatus, natural
from dreiklang.measures.queries import periods_in, restraint_column
from dreiklang.monitoring.models import Criterion, Rating
from dreiklang.monitoring.queries.kept_figures import Figures, figures_told
from dreiklang.monitoring.queries.labels import address as indicator_address
from dreiklang.monitoring.queries.visibility import visible_criteria, visible_indicators
from dreiklang.monitoring.rules.criteria import CourseStep, RatingCounts, RatingFact, counts, course, latest
from dreiklang.monitoring.rules.rating_due import hidden_since
from dreiklang.monitoring.rules.values import IndicatorKind, RatingState
from dreiklang.people.rules import Viewer

_FIELDS = {
    "pk": "pk",
    "rated_on": "rated_on",
    "state": "state",
    "reason": "reason",
    "figures": "figures",
    "words_for": "words_for",
    "words_against": "words_against",
    "office": "by_department__name",
    "corrects": "corrects_id",
    "released_at": "released_at",
}
_FIELDS_INSIDE = _FIELDS | {
    "by_name": "by_name",
    "origin": "origin",
    "withdrawn_at": "withdrawn_at",
    "withdrawn_by_name": "withdrawn_by_name",
    "withdrawn_reason": "withdrawn_reason",
}


@dataclass(frozen=True)
class RatingLine:
    """One rating. The fields from `by_name` on are empty for outsiders.

    figures  what was kept with it (rules.standing.frozen) as the viewer may read it (queries.kept_figures); for
             outsiders only of indicators that are public, which need not be the one its criterion has by now
    """

    pk: int
    rated_on: date
    state: RatingState
    reason: str
    figures: tuple[Mapping[str, Any], ...]
    words_for: str
    words_against: str
    office: str
    corrects: int | None
    released_on: date | None
    by_name: str = ""
    origin: str = ""
    withdrawn_on: date | None = None
    withdrawn_by_name: str = ""
    withdrawn_reason: str = ""

    @property
    def fact(self) -> RatingFact:
        """What the rules look at."""
        return RatingFact(self.pk, self.rated_on, self.state, self.withdrawn_on is not None)


@dataclass(frozen=True)
class CriterionLine:
    """One criterion with the ratings the viewer may see, newest first.

    `responsible` is the name of the person inside, empty for outsiders; `page` the page of all criteria of its goal
    """

    pk: int
    version: int
    goal_id: int
    goal: Ref
    number: str
    kind: IndicatorKind
    text: str
    explanation: str
    indicator: Ref | None
    department: str
    department_id: int | None
    responsible: str
    responsible_id: int | None
    is_public: bool
    created_on: date
    retired_on: date | None
    retired_reason: str
    ratings: tuple[RatingLine, ...]
    page: str

    @property
    def name(self) -> str:
        """As people call it: goal and number."""
        return f"{self.goal.key} {self.number}"

    @property
    def url(self) -> str:
        """Where it stands on the page of its goal."""
        return f"{self.page}#kriterium-{self.pk}"

    @property
    def latest(self) -> RatingLine | None:
        """The rating that counts; None where nobody rated it, or not for this viewer yet."""
        found = latest(one.fact for one in self.ratings)
        return None if isinstance(found, Unknown) else next(one for one in self.ratings if one.pk == found.id)

    def course(self, years: Collection[int]) -> tuple[CourseStep, ...]:
        """The last rating of each of the years."""
        return course([one.fact for one in self.ratings], years=years)

    @property
    def is_retired(self) -> bool:
        """Whether nobody rates it any more."""
        return self.retired_on is not None


def criteria(
    viewer: Viewer, *, today: date, goals: Collection[int] | None = None, only: Q | None = None
) -> tuple[CriterionLine, ...]:
    """The criteria of these goals, or of all of the valid framework, by goal and in the city's order.

    `only` narrows them further. Given up ones stand last in their goal. One statement, and those of
    `figures_told`.
    """
    found = visible_criteria(viewer).filter(Q() if only is None else only)
    if goals is not None:
        found = found.filter(goal__in=goals)
    else:
        found = found.filter(goal__framework__status=FrameworkStatus.VALID)
    rows = list(_with_ratings(viewer, found))
    told = figures_told(viewer, [one for row in rows for one in row.said])
    ordered = sorted(rows, key=lambda one: (*_place(one), one.retired_on is not None, one.position, one.pk))
    return tuple(_line(viewer, one, told, today=today) for one in ordered)


def criterion(viewer: Viewer, *, pk: int, today: date) -> CriterionLine | None:
    """One criterion; None if it is not for this viewer."""
    found = _with_ratings(viewer, visible_criteria(viewer).filter(pk=pk)).first()
    return None if found is None else _line(viewer, found, figures_told(viewer, found.said), today=today)


def criterion_record(viewer: Viewer, *, pk: int) -> Criterion | None:
    """The criterion itself, for a form that fills its fields from it, with its indicator."""
    found = visible_criteria(viewer).select_related("indicator__breakdown", "goal__framework")
    return found.defer("search", "indicator__search", "goal__search").filter(pk=pk).first()


def criterion_of_rating(viewer: Viewer, *, pk: int) -> int | None:
    """Of which criterion (id) a rating is; None for outsiders, who do nothing with ratings."""
    if not viewer.is_internal:
        return None
    return Rating.objects.filter(pk=pk).values_list("criterion_id", flat=True).first()


def latest_counts(lines: Collection[CriterionLine]) -> RatingCounts:
    """How many criteria that hold are in which state; never an average."""
    return counts(
        Unknown("not_rated") if (rating := one.latest) is None else rating.fact
        for one in lines
        if not one.is_retired
    )


def years_of(lines: Collection[CriterionLine], *, today: date, most: int = 8) -> tuple[int, ...]:
    """The years to show a course over: from the first rating, or so many back, to this year."""
    first = min((one.rated_on.year for line in lines for one in line.ratings), default=today.year)
    return tuple(range(max(first, today.year - most + 1), today.year + 1))


def _with_ratings(viewer: Viewer, found: QuerySet[Criterion]) -> QuerySet[Any]:
    ratings = Rating.objects.filter(criterion=OuterRef("pk")).order_by("-rated_on", "-pk")
    if not viewer.is_internal:
        ratings = ratings.filter(released_at__isnull=False, withdrawn_at=None)
        found = found.annotate(quiet=restraint_column(), shown_keys=_shown_keys(viewer))
    seen = _FIELDS_INSIDE if viewer.is_internal else _FIELDS
    return (
        found.select_related("goal__framework", "indicator", "department")
        .defer("search", "goal__search", "indicator__search")
        .annotate(said=array_of(ratings, fields=seen), person=F("responsible__name"))
    )


def _shown_keys(viewer: Viewer) -> ArraySubquery:
    """The indicators the viewer may know of, by key, among those the figures of a criterion are of."""
    key = Func(
        F("figures"),
        function="jsonb_array_elements",
        template="%(function)s(%(expressions)s) ->> 'key'",
        output_field=CharField(),
    )
    kept = Rating.objects.filter(criterion=OuterRef(OuterRef("pk"))).order_by().values_list(key)
    return ArraySubquery(visible_indicators(viewer).filter(key__in=kept).order_by().values("key"))


def _place(row: Any) -> tuple[Any, ...]:
    return (natural(row.goal.number), row.goal_id)


def _line(viewer: Viewer, row: Any, told: Mapping[int, Figures], *, today: date) -> CriterionLine:
    indicator = row.indicator
    if indicator is not None and not viewer.is_internal and indicator.visibility != Visibility.PUBLIC:
        indicator = None
    goal, version = row.goal, row.goal.framework
    address = partial(page_address, number=goal.number, status=version.status, label=version.label)
    return CriterionLine(
        pk=row.pk,
        version=row.version,
        goal_id=goal.pk,
        goal=Ref(goal.number, goal.title, address("goals:goal")),
        number=row.number,
        kind=IndicatorKind(row.kind),
        text=row.text,
        explanation=row.explanation,
        indicator=Ref(indicator.key, indicator.name, indicator_address(indicator.key)) if indicator else None,
        department=row.department.name if row.department else "",
        department_id=row.department_id,
        responsible=(row.person or "") if viewer.is_internal else "",
        responsible_id=row.responsible_id if viewer.is_internal else None,
        is_public=row.visibility == Visibility.PUBLIC,
        created_on=localtime(row.created_at).date(),
        retired_on=row.retired_on,
        retired_reason=row.retired_reason,
        ratings=tuple(
            _rating(one, told.get(one["pk"], ()), only=None if viewer.is_internal else row.shown_keys)
            for one in _seen(viewer, row, today=today)
        ),
        page=address("monitoring:goal-criteria"),
    )


def _seen(viewer: Viewer, row: Any, *, today: date) -> list[Mapping[str, Any]]:
    """The ratings without those whose release still waits for the end of a restraint period."""
    since = None if viewer.is_internal else hidden_since(periods_in(row.quiet), today=today)
    return [one for one in row.said if since is None or (_day(one["released_at"]) or today) < since]


def _rating(row: Mapping[str, Any], figures: Figures, *, only: Collection[str] | None) -> RatingLine:
    """A rating with these figures; `only` of the indicators with these keys."""
    return RatingLine(
        pk=row["pk"],
        rated_on=date.fromisoformat(row["rated_on"]),
        state=RatingState(row["state"]),
        reason=row["reason"],
        figures=tuple(one for one in figures if only is None or one.get("key") in only),
        words_for=row["words_for"],
        words_against=row["words_against"],
        office=row["office"] or "",
        corrects=row["corrects"],
        released_on=_day(row["released_at"]),
        by_name=row.get("by_name") or "",
        origin=row.get("origin") or "",
        withdrawn_on=_day(row.get("withdrawn_at")),
        withdrawn_by_name=row.get("withdrawn_by_name") or "",
        withdrawn_reason=row.get("withdrawn_reason") or "",
    )


def _day(words: str | None) -> date | None:
    instant = parse_datetime(words) if words else None
    return localtime(instant).date() if instant else None
