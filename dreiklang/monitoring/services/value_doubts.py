"""New values set beside those in force: what is new, what changes, and what somebody should look at first."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_noop as _

from dreiklang.core import text
from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import FoundProblem
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Break, Observation
from dreiklang.monitoring.models.observations import HIDDEN
from dreiklang.monitoring.queries.visibility import SHOWN
from dreiklang.monitoring.rules.plausible import Doubt, are_calm, doubts
from dreiklang.monitoring.rules.storing import decimals_of
from dreiklang.monitoring.rules.values import Point, ValueKind
from dreiklang.monitoring.services.bulk import Incoming
from dreiklang.monitoring.services.value_targets import Target

Key = tuple[int, int, int, date, date, str, str]
Series = tuple[int, int, int]
_COLUMNS = ("quantity_id", "region_id", "breakdown_id", "starts_on", "ends_on", "kind", "scenario")


@dataclass(frozen=True, slots=True)
class InForce:
    """A value that counts now."""

    value: Decimal | None
    mark: str
    state: str
    pk: int

    def is_said_by(self, one: Incoming) -> bool:
        """Whether a value says the same. Of a hidden one nobody is told."""
        return self.state not in HIDDEN and (self.value, self.mark) == (one.value, one.mark)


@dataclass(frozen=True, slots=True)
class Doubted:
    """A value with what seems wrong."""

    value: Incoming
    doubt: Doubt


@dataclass
class Beside:
    """New values beside those in force. Of what is the same only the ids of the observations."""

    new: list[Incoming] = field(default_factory=list)
    changed: list[tuple[Incoming, InForce]] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    doubts: list[Doubted] = field(default_factory=list)


def beside(values: Collection[Incoming], targets: Mapping[int, Target], *, today: date) -> Beside:
    """What these values would change, and the doubts about those that are not in force already. Two statements."""
    there = _in_force(values)
    found = Beside()
    fresh = []
    for one in values:
        before = there.get(key_of(one))
        if before is None:
            found.new.append(one)
        elif before.is_said_by(one):
            found.same.append(before.pk)
            continue
        else:
            found.changed.append((one, before))
        fresh.append(one)
    found.doubts = list(_doubted(fresh, _all_series(values, there), targets, today))
    return found


def key_of(value: Incoming) -> Key:
    """What makes it this value and no other."""
    return (*value[:5], value.kind, value.scenario)


def _in_force(values: Iterable[Incoming]) -> dict[Key, InForce]:
    """The values of the same quantities and regions, of all times."""
    quantities, regions, breakdowns = set(), set(), set()
    for one in values:
        quantities.add(one.quantity_id)
        regions.add(one.region_id)
        breakdowns.add(one.breakdown_id)
    rows = Observation.objects.filter(
        quantity__in=quantities, region__in=regions, breakdown__in=breakdowns, state__in=SHOWN
    )
    return {
        tuple(row[:7]): InForce(*row[7:])
        for row in rows.values_list(*_COLUMNS, "value", "mark", "state", "pk")
    }


def _all_series(values: Iterable[Incoming], there: Mapping[Key, InForce]) -> dict[Series, list[Point]]:
    """The series as they would be: a value that comes takes the place of the one in force."""
    points: dict[Series, dict[tuple[object, ...], Point]] = defaultdict(dict)
    for key, one in there.items():
        if one.value is not None:
            points[key[:3]][key[3:]] = Point(key[4], one.value, key[3], ValueKind(key[5]), "", key[6])
    for value in values:
        if value.value is not None:
            points[value[:3]][key_of(value)[3:]] = _point(value, value.value)
    return {key: list(found.values()) for key, found in points.items()}


def _point(value: Incoming, number: Decimal) -> Point:
    return Point(value.ends_on, number, value.starts_on, ValueKind(value.kind), value.mark, value.scenario)


def _doubted(
    fresh: Sequence[Incoming],
    series: Mapping[Series, Sequence[Point]],
    targets: Mapping[int, Target],
    today: date,
) -> Iterable[Doubted]:
    breaks = _breaks(targets)
    calm = {
        key: are_calm([one.value for one in points], scale_top=targets[key[0]].scale_top)
        for key, points in series.items()
    }
    for value in fresh:
        if value.value is None or calm[value[:3]]:
            continue
        target = targets[value.quantity_id]
        beside = _comparable(series[value[:3]], value, breaks.get(value.quantity_id, ()))
        for doubt in doubts(
            _point(value, value.value), series=beside, today=today, scale_top=target.scale_top
        ):
            if not doubt.is_error:
                yield Doubted(value, doubt)


def _breaks(targets: Mapping[int, Target]) -> dict[int, list[tuple[date, int | None]]]:
    """By quantity, those of any of its indicators."""
    found: dict[int, list[tuple[date, int | None]]] = defaultdict(list)
    rows = Break.objects.filter(indicator__quantity__in=targets)
    for quantity, on, region in rows.values_list("indicator__quantity_id", "on", "region_id"):
        if quantity is not None:
            found[quantity].append((on, region))
    return found


def _comparable(
    points: Sequence[Point], value: Incoming, breaks: Sequence[tuple[date, int | None]]
) -> Sequence[Point]:
    """The points on the same side of every break."""
    days = [on for on, region in breaks if region in (None, value.region_id)]
    if not days:
        return points
    return [one for one in points if all((one.ends_on >= on) == (value.ends_on >= on) for on in days)]


def doubt_problems(
    found: Beside, targets: Mapping[int, Target], *, column: Callable[[Incoming], str]
) -> list[FoundProblem]:
    """The doubts as a report tells them: with the row, the column and the number the value was set beside."""
    problems = []
    for one in found.doubts:
        value, target = one.value, targets[one.value.quantity_id]
        said, near = number_words(value.value, target), number_words(one.doubt.beside, target)
        words = f"{said} ({near})" if near and near != said else said
        problems.append(
            FoundProblem(str(one.doubt.code), value.row, column(value), words, weight=Weight.WARNING)
        )
    return problems


def number_words(number: Decimal | Unknown | None, target: Target) -> str:
    """A number as reports name it. Where small counts are hidden none is named: the parts around one give it away."""
    if not isinstance(number, Decimal):
        return ""
    if is_guarded(target):
        return _("nicht gezeigt")
    return text.number(number, places=decimals_of(Decimal(f"{number.normalize():f}")))


def is_guarded(target: Target) -> bool:
    """Whether no report names a number of it: beside a small count, the others and their sum give it away."""
    return target.below is not None
