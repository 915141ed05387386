"""Same people: an office is asked for more work in a period than it can do, or could do two works in one go."""

from collections.abc import Iterable, Iterator

import numpy as np

from dreiklang.conflicts.rules.columns import Block, Columns, Pairs, keep
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.joins import numbers, pairs_of_equal
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.money import LEAST, without_wholes
from dreiklang.conflicts.rules.sharing import ground, is_sliver, time
from dreiklang.conflicts.rules.supplies import Capacity, Supplies
from dreiklang.conflicts.rules.thresholds import Limits
from dreiklang.core.claims import PeopleNeed
from dreiklang.core.values import Period

# The same crew on one ground saves less than the same excavation.
ONE_GO = 0.5


def found(columns: Columns, block: Block, limits: Limits, supplies: Supplies) -> list[Finding]:
    """The findings of the block."""
    over = list(_over(columns, supplies.capacities))
    # Who already shares a shortage is not told that one crew would do.
    full = {finding.facts["office"] for _row, finding in over}
    told = [finding for row, finding in over if block.first <= row < block.last]
    return [*told, *_in_one_go(columns, block, limits, full)]


def _over(columns: Columns, capacities: tuple[Capacity, ...]) -> Iterator[tuple[int, Finding]]:
    """The first row of each group, and its finding."""
    for capacity in capacities:
        wanted = {row: _within(capacity, columns.claims[row].people) for row in columns.working}
        wanted = {row: months for row, months in wanted.items() if months}
        who = without_wholes(columns, wanted)
        total = sum(who.values())
        if len(who) < 2 or total <= capacity.person_months:
            continue
        share = 1 - max(capacity.person_months, 0) / total
        start, end = capacity.period.start, capacity.period.end
        finding = Finding(
            Kind.PEOPLE,
            Sense.CONFLICT,
            tuple(sorted(columns.claims[row].key for row in who)),
            round(LEAST + (1 - LEAST) * share, 4),
            {
                "office": capacity.office,
                "from": start.isoformat() if start else None,
                "to": end.isoformat() if end else None,
                "wanted": round(total, 1),
                "available": round(capacity.person_months, 1),
            },
        )
        yield min(who), finding


def _within(capacity: Capacity, needs: Iterable[PeopleNeed]) -> float:
    """The person-months wanted of its office in its period; work is spread evenly over its own period."""
    return sum(
        need.person_months * _part(need.period, capacity.period)
        for need in needs
        if need.office == capacity.office
    )


def _part(need: Period, asked: Period) -> float:
    """The share of the need's days that lie in the period asked; 0 where an end is open and nothing can be spread."""
    if need.start is None or need.end is None or asked.start is None or asked.end is None:
        return 0.0
    days = (min(need.end, asked.end) - max(need.start, asked.start)).days + 1
    return max(days, 0) / ((need.end - need.start).days + 1)


def _in_one_go(columns: Columns, block: Block, limits: Limits, over: set[object]) -> Iterator[Finding]:
    found = [
        (row, office)
        for row in columns.working
        for office in sorted({need.office for need in columns.claims[row].people})
        if office not in over
    ]
    if not found:
        return
    rows, offices = np.array(found, dtype=np.int64).T
    asks = (rows >= block.first) & (rows < block.last)
    one, other = pairs_of_equal(offices[asks], offices)
    pairs: Pairs = rows[asks][one], rows[other]
    office = offices[other]
    later = pairs[1] > pairs[0]
    pairs, office = keep(pairs, later), office[later]
    fits = columns.strangers(pairs) & (time(columns, pairs).left >= limits.least_days)
    pairs, office = keep(pairs, fits), office[fits]
    shared = ground(columns, pairs)
    for n in numbers(~is_sliver(shared, limits)):
        facts = {"office": int(office[n]), "area_m2": round(float(shared.area[n]))}
        strength = round(ONE_GO * float(shared.closeness[n]), 4)
        if strength >= limits.least_told:
            yield Finding(Kind.PEOPLE, Sense.SYNERGY, columns.parties(pairs, n), strength, facts)
