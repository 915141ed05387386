"""What is due for one person among criteria: ratings to give or release, and criteria that are off the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from dreiklang.concepts.queries.hands import goals_led_by
from dreiklang.core.values import Unknown
from dreiklang.goals.rules import FrameworkStatus
from dreiklang.monitoring.models import CriteriaSettings, Criterion
from dreiklang.monitoring.permissions import RELEASE_RATING
from dreiklang.monitoring.queries.criteria import CriterionLine, RatingLine, criteria
from dreiklang.monitoring.queries.now import Links, indicators_now
from dreiklang.monitoring.rules.criteria import latest
from dreiklang.monitoring.rules.due import months_later
from dreiklang.monitoring.rules.rating_due import RatingDue, Seen, rating_due
from dreiklang.monitoring.rules.standing import Standing
from dreiklang.monitoring.rules.values import RatingState
from dreiklang.people.queries import may
from dreiklang.people.rules import Role, Viewer

OFF_WAY = "criterion_off_way"
RELEASE = "rating_release"


@dataclass(frozen=True)
class DueCriterion:
    """One thing to do or to know.

    reason   rating_never_rated, rating_contradicted, rating_too_old, rating_new_values; rating_release;
             criterion_off_way
    on       the deadline of rating_too_old, else the day since which it is so
    because  of what is off the way the reason somebody gave
    form     where a rating is given, if one is due
    """

    reason: str
    name: str
    title: str
    url: str
    on: date
    because: str = ""
    form: str = ""


def rating_rhythm() -> int:
    """After how many months a criterion is rated again."""
    return (CriteriaSettings.objects.first() or CriteriaSettings()).rate_every_months


def criteria_due_for(viewer: Viewer, *, today: date) -> list[DueCriterion]:
    """What waits for the viewer among the criteria that hold; nothing for outsiders.

    Statements: one for criteria; where she is to rate some one for the rhythm, and
    one for how their indicators stand.
    """
    if not viewer.is_internal:
        return []
    coordinates = viewer.has(Role.COORDINATOR)
    found = criteria(viewer, today=today, only=_concerned(viewer) & Q(retired_on=None))
    mine = [one for one in found if _is_to_rate(viewer, one, coordinates)]
    return [
        *_to_rate(viewer, mine, today=today),
        *(_to_release(one, rating) for one in found if (rating := _waiting(viewer, one))),
        *_off_ways(found, today=today),
    ]


def dues(viewer: Viewer, lines: Sequence[CriterionLine], *, today: date) -> Mapping[int, RatingDue]:
    """Why criteria are to be rated again, by their id; those that are not are left out. For the administration."""
    holding = [one for one in lines if not one.is_retired]
    if not viewer.is_internal or not holding:
        return {}
    now = _standings(viewer, holding, today=today)
    months = rating_rhythm()
    found = {one.pk: _due(one, now.get(one.pk), today=today, months=months) for one in holding}
    return {pk: due for pk, due in found.items() if due is not None}


def criteria_waiting(viewer: Viewer) -> QuerySet[Criterion]:
    """What `criteria_due_for` looks through: to ask first whether anything is there."""
    return Criterion.objects.filter(
        _concerned(viewer), retired_on=None, goal__framework__status=FrameworkStatus.VALID
    )


def _concerned(viewer: Viewer) -> Q:
    if viewer.has(Role.COORDINATOR):
        return Q()
    return _in_charge(viewer) | Q(goal__in=goals_led_by(viewer))


def _in_charge(viewer: Viewer) -> Q:
    people = [pk for pk in (viewer.account_id, *viewer.deputises_for) if pk is not None]
    return Q(responsible__in=people) | Q(department__in=_offices(viewer))


def _offices(viewer: Viewer) -> list[int]:
    """Departments whose criteria without a person fall to the viewer; a whole-city role asks for nobody's."""
    reach = [one.department_ids for one in viewer.held if one.role in {Role.DEPARTMENT_EDITOR, Role.LEAD}]
    return sorted({pk for ids in reach if ids is not None for pk in ids})


def _is_to_rate(viewer: Viewer, one: CriterionLine, coordinates: bool) -> bool:
    """The person named; without one the department; without both the coordinator."""
    if one.responsible_id is not None:
        return viewer.stands_for(one.responsible_id)
    if one.department_id is not None:
        return one.department_id in _offices(viewer)
    return coordinates


def _to_rate(viewer: Viewer, lines: Sequence[CriterionLine], *, today: date) -> Iterable[DueCriterion]:
    found = dues(viewer, lines, today=today)
    for one in lines:
        if due := found.get(one.pk):
            form = reverse("monitoring:criterion-rate", args=[one.pk])
            yield DueCriterion(f"rating_{due.reason}", one.name, one.text, one.url, due.on, form=form)


def _standings(viewer: Viewer, lines: Sequence[CriterionLine], *, today: date) -> dict[int, Standing]:
    """How the indicators of the criteria stand, by criterion. One statement, none without indicators."""
    measured = [one.pk for one in lines if one.indicator]
    if not measured:
        return {}
    rows = Links(Criterion.objects.filter(pk__in=measured).order_by("pk"), {"pk": "pk"})
    found = indicators_now(viewer, links={"criteria": rows}, today=today)
    return {link["pk"]: one.standing for one in found for link in one.links["criteria"]}


def _due(one: CriterionLine, now: Standing | None, *, today: date, months: int) -> RatingDue | None:
    return rating_due(
        latest(rating.fact for rating in one.ratings),
        created_on=one.created_on,
        today=today,
        every_months=months,
        then=_kept(one.latest),
        now=_seen(now),
    )


def _kept(rating: RatingLine | None) -> Seen:
    figures = rating.figures if rating else ()
    days = [date.fromisoformat(one["on"]) for one in figures if one.get("on")]
    return Seen(tuple(one["code"] for one in figures), max(days, default=None))


def _seen(now: Standing | None) -> Seen:
    if now is None:
        return Seen()
    said = now.evidence
    codes = (*said.speaks_for, *said.speaks_against, *said.neither)
    return Seen(codes, None if isinstance(now.last, Unknown) else now.last.ends_on)


def _waiting(viewer: Viewer, one: CriterionLine) -> RatingLine | None:
    """The rating that counts, if it waits for a release that the viewer may give and that anybody would see."""
    rating = one.latest
    if rating is None or rating.released_on is not None or not one.is_public:
        return None
    return rating if may(viewer, RELEASE_RATING, one) else None


def _to_release(one: CriterionLine, rating: RatingLine) -> DueCriterion:
    return DueCriterion(RELEASE, one.name, one.text, one.url, rating.rated_on)


def _off_ways(lines: Sequence[CriterionLine], *, today: date) -> list[DueCriterion]:
    """Criteria off the way, as long as their rating is not too old to say anything of today."""
    off = [(one, said) for one in lines if (said := one.latest) and said.state is RatingState.OFF_WAY]
    months = rating_rhythm() if off else 0
    return [
        DueCriterion(OFF_WAY, one.name, one.text, one.url, said.rated_on, said.reason)
        for one, said in off
        if months_later(said.rated_on, months) >= today
    ]
