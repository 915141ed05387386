"""Records of other subjects that meet: measures on drawn ground, with effects. The encoder is a plain one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import numpy
from shapely.geometry import Polygon, box

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.services import (
    OptionDraft,
    PositionDraft,
    WeighingDraft,
    compare_all,
    compare_changed,
    compare_later,
)
from dreiklang.conflicts.services.settling import Settled
from dreiklang.core import nearness
from dreiklang.goals.models import Goal
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure, MeasureGoal
from dreiklang.measures.tests import factories as measures
from dreiklang.people.models import Account
from dreiklang.people.rules import Role, Viewer

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
WEST, SOUTH = 13.0, 51.0
# About a metre on the ground, in degrees at this place.
METRE_X, METRE_Y = 1 / 70_000, 1 / 111_000
_words = count(1)


def ground(x: float = 0, y: float = 0, wide: float = 100, high: float = 100) -> Polygon:
    """A rectangle so many metres east and north of a corner in town (EPSG:4326)."""
    west, south = WEST + x * METRE_X, SOUTH + y * METRE_Y
    return box(west, south, west + wide * METRE_X, south + high * METRE_Y)


def measure(
    title: str = "", *, helps: tuple[Goal, ...] = (), hinders: tuple[Goal, ...] = (), **fields: Any
) -> Measure:
    """A measure of 2027 with effects of weight 3; its title is unlike all others unless given."""
    fields.setdefault("starts_on", date(2027, 1, 1))
    fields.setdefault("ends_on", date(2027, 12, 31))
    made = measures.measure(title=title or f"Vorhaben {next(_words)}", **fields)
    for goals, sign in ((helps, "supports"), (hinders, "hinders")):
        for one in goals:
            MeasureGoal.objects.create(measure=made, goal=one, sign=sign, weight=3)
    return made


def key(of: Measure) -> str:
    return f"measure:{of.pk}"


def compared(*, today: date = TODAY) -> None:
    """Everything compared, as the nightly job does."""
    compare_all(today=today, now=NOW)


def changed(*records: Measure, today: date = TODAY) -> Settled:
    """Told of, and compared with the rest."""
    compare_later([key(one) for one in records])
    return compare_changed(today=today, now=NOW)


def candidate(*of: Measure) -> Candidate:
    return Candidate.objects.get(key="|".join(sorted(key(one) for one in of)))


def picture() -> dict[str, Any]:
    """All that is derived, to compare two ways of making it."""
    rows = Candidate.objects.order_by("key").prefetch_related("findings")
    return {
        one.key: (
            one.state,
            one.sense,
            one.strength,
            one.kinds,
            one.fingerprint,
            one.office_ids,
            one.area_ids,
            one.goal_ids,
            one.person_ids,
            sorted((f.kind, f.sense, f.strength, repr(sorted(f.facts.items()))) for f in one.findings.all()),
        )
        for one in rows
    }


def clash(over: Goal, at: float = 0, **fields: Any) -> tuple[Measure, Measure]:
    """Two against each other on the same ground, that many metres east."""
    return (
        measure(geometry=ground(at), hinders=(over,), **fields),
        measure(geometry=ground(at + 40), helps=(over,), **fields),
    )


def car_park_and_trees(lead: Account, other: Account) -> tuple[Measure, Measure]:
    """Two against each other on one ground and one goal, each led by somebody and her office; compared."""
    climate = goal(title="Klima")
    made = (
        measure(
            "Parkhaus", geometry=ground(), hinders=(climate,), lead=lead, lead_department=lead.department
        ),
        measure("Bäume", geometry=ground(40), helps=(climate,), lead=other, lead_department=other.department),
    )
    compared()
    return made


def as_lead(of: Account) -> Viewer:
    """Whoever leads something, and writes for no office."""
    return measures.viewer(Role.LEAD, departments=[], of=of)


def plain_encoder(*, texts: Iterable[nearness.Text], as_documents: bool) -> list[nearness.Profile]:
    """Texts with the same words have the same direction; no model is loaded."""
    return [nearness.Profile(_vectors(one), b"") for one in texts]


def _vectors(text: nearness.Text) -> bytes:
    return numpy.stack([_vector(part) for part in text.parts]).astype(numpy.float16).tobytes()


def _vector(part: str) -> Any:
    found = numpy.zeros(512, dtype=numpy.float32)
    for word in part.lower().split():
        found[sum(word.encode()) * 7 % 512] += 1
    return found / (float(numpy.linalg.norm(found)) or 1.0)


def settlement(**changes: Any) -> WeighingDraft:
    """A weighing with all that it needs to be closed."""
    whole = WeighingDraft(
        question="Parkhaus oder Bäume?",
        positions=(
            PositionDraft("Tiefbauamt", "200 Stellplätze"),
            PositionDraft("Grünflächenamt", "Kronenraum"),
        ),
        options=(
            OptionDraft("Beides schmaler", "50 Plätze weniger"),
            OptionDraft("Nur Bäume", is_chosen=True),
        ),
        decision="Nur die Bäume.",
        reason="Der Markt heizt sich auf.",
        decided_by="Dienstberatung",
        decided_on=TODAY,
    )
    return replace(whole, **changes)
