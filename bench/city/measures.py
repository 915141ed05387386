"""Measures with four reports each and their links. Measure n comes from its own seed: alike in every city."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Model
from shapely.geometry import Point

from bench.city import words
from bench.city.frame import Frame
from dreiklang.measures.models import (
    Brief,
    Dependency,
    Involvement,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
    MeasurePartner,
    MeasureTask,
    Milestone,
    Report,
)

BATCH = 2000
REPORTS = 4
PHASES = ("idea", "preparation", "decided", "implementation", "in_use")
CURRENT_REPORT = """
    UPDATE measures_measure SET current_report_id = latest.id
    FROM (SELECT DISTINCT ON (measure_id) measure_id, id FROM measures_report
          ORDER BY measure_id, reported_on DESC, id DESC) latest
    WHERE latest.measure_id = measures_measure.id
"""


def number_of(n: int) -> str:
    """The number of the n-th measure, counted from 0."""
    return f"M-{n + 1:04}"


def fill_measures(frame: Frame, *, number: int, today: date) -> None:
    """So many measures with all that hangs on them."""
    seeds = [Random(f"measure {n}") for n in range(number)]  # noqa: S311 - the same every time
    made = [_measure(n, seeds[n], frame, today) for n in range(number)]
    Measure.objects.bulk_create(made, batch_size=BATCH)
    for n, one in enumerate(made):
        _place_in_tree(n, one, made)
    Measure.objects.bulk_update([one for one in made if one.parent_id], ["parent"], batch_size=BATCH)
    for parts in (_reports, _milestones, _links, _involved):
        _write(record for n, one in enumerate(made) for record in parts(n, one, seeds[n], frame, today))
    _write(
        Dependency(measure=made[n], needs=made[n - 1], reason="Baut darauf auf") for n in range(7, number, 10)
    )
    with connection.cursor() as cursor:
        cursor.execute(CURRENT_REPORT)


def _measure(n: int, random: Random, frame: Frame, today: date) -> Measure:
    starts_on = today - timedelta(days=random.randint(100, 1500))
    is_known = n % 5 > 0
    return Measure(
        number=number_of(n),
        title=f"{words.title(random)} {n + 1}",
        teaser=words.text(random, 1),
        description=words.text(random, random.randint(3, 8)),
        lead_department_id=frame.departments[n % 25 + 5],
        lead_id=frame.people[n % 25],
        deputy_id=frame.people[(n + 25) % len(frame.people)],
        task_type=("mandatory", "voluntary", "unknown")[n % 3],
        duration="continuous" if n % 12 == 0 else "dated",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=random.randint(300, 2500)),
        cost_eur=Decimal(random.randint(10, 9000)) * 1000 if is_known else None,
        cost_words="" if is_known else "noch nicht ermittelt",
        cost_is_approximate=n % 3 == 0,
        cost_price_on=starts_on if is_known else None,
        geometry=Point(12 + random.random() / 5, 51 + random.random() / 5),
        place_words=random.choice(words.PLACES),
        topics=random.sample(words.THINGS, 2),
        resolution_reference=f"B-{n:04}/2024" if n % 2 else "",
        resolution_on=starts_on if n % 2 else None,
        visibility="public",
        note=words.text(random, 1),
    )


def _place_in_tree(n: int, one: Measure, made: list[Measure]) -> None:
    """Every twelfth has two parts right behind it; one in a hundred went on in another."""
    if n % 12 in {1, 2}:
        one.parent = made[n - n % 12]


def _reports(n: int, one: Measure, random: Random, frame: Frame, today: date) -> Iterable[Model]:
    """Half a year apart; the latest up to ten months old, so that some are stale."""
    latest = random.choice((3, 15, 40, 90, 150, 190, 240, 300))
    last_phase = random.randint(1, len(PHASES) - 1)
    for step in range(REPORTS):
        ago = REPORTS - 1 - step
        on = today - timedelta(days=latest + 180 * ago)
        phase = PHASES[max(0, last_phase - ago)]
        is_stopped = n % 11 == 0 and ago == 0
        has_note = step % 2 == 1
        yield Report(
            measure=one,
            round_id=frame.rounds[step] if n % 3 else None,
            reported_on=on,
            phase="dropped" if n % 97 == 96 and ago == 0 else phase,
            timeliness="stopped" if is_stopped else ("on_track", "on_track", "delayed")[(n + step) % 3],
            next_step=words.text(random, 1),
            obstacle=words.text(random, 1) if n % 4 == 0 else "",
            decision_needed=words.text(random, 1) if n % 9 == 0 else "",
            expected_end_on=one.ends_on + timedelta(days=30 * (step % 3)),
            note=words.text(random, 1),
            public_note=words.text(random, 1) if has_note else "",
            released_at=datetime.combine(on, time(9), UTC) + timedelta(days=2)
            if has_note and n % 5 != 1
            else None,
            released_by_name="Person" if has_note and n % 5 != 1 else "",
            by_id=one.lead_id,
            by_name=frame.names[frame.people.index(one.lead_id)],
            by_department_id=one.lead_department_id,
        )


def _milestones(n: int, one: Measure, random: Random, frame: Frame, today: date) -> Iterable[Model]:
    for step in range(3):
        due_on = today + timedelta(days=(step - 1) * 200 + random.randint(1, 60))
        yield Milestone(
            measure=one,
            title=f"{words.DEEDS[step]} {random.choice(words.THINGS)} ({step + 1})",
            due_on=due_on,
            done_on=due_on if due_on < today and n % 6 else None,
            is_public=step < 2,
        )


def _links(n: int, one: Measure, random: Random, frame: Frame, today: date) -> Iterable[Model]:
    for place, goal in enumerate(random.sample(frame.goals, 2)):
        yield MeasureGoal(
            measure=one,
            goal_id=goal,
            sign="hinders" if place and n % 8 == 0 else "supports",
            weight=random.randint(1, 3),
            reason=words.text(random, 1),
            is_main=place == 0,
        )
    if n % 2 == 0:
        yield MeasureTask(measure=one, task_id=random.choice(frame.tasks), is_main=True)
    for place, concept in enumerate(random.sample(frame.concepts, n % 2 + 1)):
        yield MeasureConcept(measure=one, concept_id=concept, is_origin=place == 0)
    for area in random.sample(frame.areas, n % 3 + 1):
        yield MeasureArea(measure=one, area_id=area)


def _involved(n: int, one: Measure, random: Random, frame: Frame, today: date) -> Iterable[Model]:
    others = [key for key in frame.departments[5:] if key != one.lead_department_id]
    for department in random.sample(others, n % 3):
        yield Involvement(measure=one, department_id=department, words=words.text(random, 1))
    if n % 3 == 0:
        yield MeasurePartner(measure=one, name=f"Verein {n % 40}", role="berät", is_public=n % 2 == 0)
    if n % 2 == 0:
        yield Brief(measure=one, context=words.text(random, 3), aims=words.text(random, 2), agreed_on=today)


def _write(records: Iterable[Any]) -> None:
    """Writes records of several models, each model in batches."""
    by_model: dict[type[Model], list[Model]] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record)
    for model, made in by_model.items():
        model._default_manager.bulk_create(made, batch_size=BATCH)
