"""The rule of standing once more, as SQL, so that thousands of measures are counted in one statement.

A test compares both on generated data.
"""

from typing import Any

from django.db.models import Case, CharField, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import ExtractYear, Least

from dreiklang.core.search import found_by
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.models import Measure, MeasureArea, MeasureConcept, MeasureGoal, MeasureTask
from dreiklang.measures.rules import ENDINGS, UNCOUNTED, MeasureFilter, Phase, Standing, Terms

# So many levels of goals below the asked one are included; the deepest known framework has four.
_GOAL_LEVELS = 4


def standing_case(terms: Terms) -> Case:
    """`measures.rules.standing` as an expression over Measure."""
    missing = (
        Q(current_report=None)
        | Q(current_report__phase="")
        | Q(current_report__timeliness="")
        | Q(current_report__reported_on__lt=terms.stale_before)
    )
    if terms.round_id is not None and terms.is_overdue:
        unanswered = Q(current_report__reported_on__lt=terms.round_opens_on)
        unanswered &= ~Q(current_report__round=terms.round_id)
        if terms.not_yet_due:
            unanswered &= ~Q(pk__in=terms.not_yet_due)
        missing |= unanswered
    return Case(
        When(current_report__phase__in=list(ENDINGS), then=Value(Standing.ENDED.value)),
        When(current_report__phase=Phase.IN_USE, then=Value(Standing.IN_USE.value)),
        When(missing, then=Value(Standing.UNREPORTED.value)),
        default=F("current_report__timeliness"),
        output_field=CharField(),
    )


def counted(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Without those that went on in another measure."""
    return measures.filter(merged_into=None).exclude(current_report__phase__in=list(UNCOUNTED))


def narrowed(measures: QuerySet[Measure], wanted: MeasureFilter, *, terms: Terms) -> QuerySet[Measure]:
    """The measures a filter leaves. Every condition is a subquery, so no measure appears twice."""
    if not wanted.with_uncounted:
        measures = counted(measures)
    for name, condition in _CONDITIONS.items():
        value = getattr(wanted, name)
        if value is not None:
            measures = measures.filter(condition(value))
    if wanted.is_phase_unknown:
        measures = measures.filter(Q(current_report=None) | Q(current_report__phase=""))
    if wanted.departments:
        measures = measures.filter(lead_department__in=wanted.departments)
    if wanted.standing is not None:
        measures = measures.alias(derived=standing_case(terms)).filter(derived=wanted.standing.value)
    if wanted.text.strip():
        measures = measures.filter(_text(wanted.text))
    return measures


def _task(task_id: int) -> Q:
    served = MeasureGoal.objects.filter(sign=LinkSign.SUPPORTS, goal__task_links__task=task_id)
    named = Q(pk__in=MeasureTask.objects.filter(task=task_id).values("measure"))
    # Whoever named tasks has said it; only where nobody did, the goals speak.
    is_unnamed = ~Q(pk__in=MeasureTask.objects.values("measure"))
    return named | (is_unnamed & Q(pk__in=served.values("measure")))


def goal_condition(goal_id: int) -> Q:
    """Links to the goal or one below it."""
    condition, path = Q(goal=goal_id), "goal"
    for _ in range(_GOAL_LEVELS - 1):
        path += "__parent"
        condition |= Q(**{path: goal_id})
    return condition


def serving_goals() -> Any:
    """The table of goals that serve future tasks; its class stays in its own subject."""
    goal: Any = MeasureGoal._meta.get_field("goal").related_model
    return goal.tasks.through


# The latest report says when it ends. An expected end before the begin is older than the begin and says nothing, as in
# claims: somebody moved the begin since.
_EXPECTED = "current_report__expected_end_on"
_IS_EXPECTED = Q(**{f"{_EXPECTED}__isnull": False}) & (
    Q(starts_on=None) | Q(**{f"{_EXPECTED}__gte": F("starts_on")})
)
_IS_AS_PLANNED = Q(**{_EXPECTED: None}) | Q(**{f"{_EXPECTED}__lt": F("starts_on")})


def known_end() -> Case:
    """The day on which a measure is expected to end, else the planned one."""
    return Case(When(_IS_EXPECTED, then=F(_EXPECTED)), default=F("ends_on"))


def last_year() -> Case:
    """The last year in which a measure runs; none where no end is known. One that was given up ends with that report."""
    end = known_end()
    is_over = Q(current_report__phase__in=list(ENDINGS)) & ~Q(starts_on=None, ends_on=None)
    return Case(
        When(is_over, then=ExtractYear(Least(end, "current_report__reported_on"))),
        default=ExtractYear(end),
        output_field=IntegerField(),
    )


def _year(year: int) -> Q:
    """Measures that run in that year, as far as begin and end are known: `last_year` as a condition."""
    begins = Q(starts_on=None) | Q(starts_on__year__lte=year)
    ends = _IS_EXPECTED & Q(**{f"{_EXPECTED}__year__gte": year})
    ends |= _IS_AS_PLANNED & (Q(ends_on=None) | Q(ends_on__year__gte=year))
    is_over = Q(
        current_report__phase__in=[one.value for one in ENDINGS], current_report__reported_on__year__lt=year
    )
    # With no report at all `NOT is_over` would be unknown, and the measure would be lost.
    runs = Q(current_report=None) | ~is_over
    return begins & ends & runs & ~Q(starts_on=None, ends_on=None)


def _text(text: str) -> Q:
    number = Q(number__iexact=text.strip())
    return number | Q(pk__in=found_by(Measure.objects.all(), text=text).order_by().values("pk"))


_CONDITIONS: dict[str, Any] = {
    "task": _task,
    "goal": lambda pk: Q(
        pk__in=MeasureGoal.objects.filter(goal_condition(pk), sign=LinkSign.SUPPORTS).values("measure")
    ),
    "concept": lambda pk: Q(pk__in=MeasureConcept.objects.filter(concept=pk).values("measure")),
    "area": lambda pk: Q(pk__in=MeasureArea.objects.filter(area=pk).values("measure")),
    "department": lambda pk: Q(lead_department=pk),
    "phase": lambda phase: Q(current_report__phase=phase),
    "task_type": lambda kind: Q(task_type=kind),
    "duration": lambda duration: Q(duration=duration),
    "year": _year,
    "topic": lambda topic: Q(topics__contains=[topic]),
    "person": lambda pk: Q(lead=pk) | Q(deputy=pk),
}
