"""Same money: more wanted of a source than it holds, programmes that exclude each other, one application for two."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from dreiklang.conflicts.rules.columns import Block, Columns, Pairs, keep
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.joins import numbers, pairs_of_equal
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.sharing import ground, is_sliver
from dreiklang.conflicts.rules.supplies import Budget, Supplies
from dreiklang.conflicts.rules.thresholds import Limits
from dreiklang.core.values import Money

PROGRAMME = "programme:"
# Any shortage is worth a look; twice as much wanted as there is gives 0.65.
LEAST = 0.3
TWICE_PAID = 0.7
ONE_APPLICATION = 0.5


def found(columns: Columns, block: Block, limits: Limits, supplies: Supplies) -> list[Finding]:
    """The findings of the block."""
    wanted = _wanted(columns)
    short = list(_short(columns, wanted, supplies.budgets))
    # Who already shares a shortage is not told that one application would do.
    over = {(each.facts["source"], each.facts["year"]) for _row, each in short}
    return [
        *(each for row, each in short if block.first <= row < block.last),
        *_excluded(columns, block, limits, wanted, supplies),
        *_together(columns, block, limits, wanted, over),
    ]


Wanted = dict[tuple[str, int], dict[int, Money | None]]


def _wanted(columns: Columns) -> Wanted:
    """Of each source and year who wants how much; None where the amount is unknown."""
    result: Wanted = {}
    for row in columns.spending:
        for need in columns.claims[row].money:
            of = result.setdefault((need.source, need.year), {})
            known = need.amount if isinstance(need.amount, Money) else None
            before = of.get(row)
            of[row] = known if before is None else before + (known or Money(0))
    return result


def _short(columns: Columns, wanted: Wanted, budgets: tuple[Budget, ...]) -> Iterator[tuple[int, Finding]]:
    """The first row of each group, and its finding."""
    for budget in budgets:
        who = without_wholes(columns, wanted.get((budget.source, budget.year), {}))
        if len(who) < 2:
            continue
        total = sum((amount for amount in who.values() if amount is not None), Money(0))
        if not isinstance(budget.available, Money) or total.cents <= max(budget.available.cents, 0):
            continue
        missing = total - budget.available
        share = min(missing.cents / total.cents, 1.0)
        finding = Finding(
            Kind.MONEY,
            Sense.CONFLICT,
            tuple(sorted(columns.claims[row].key for row in who)),
            round(LEAST + (1 - LEAST) * share, 4),
            {
                "source": budget.source,
                "year": budget.year,
                "wanted": str(total.amount),
                "available": str(budget.available.amount),
                "unknown_count": sum(amount is None for amount in who.values()),
            },
        )
        yield min(who), finding


def without_wholes(columns: Columns, who: dict[int, Any]) -> dict[int, Any]:
    """Those who want something, without wholes whose parts want it too: it would count twice."""
    wholes = {key for row in who for key in columns.claims[row].kin}
    return {row: each for row, each in who.items() if columns.claims[row].key not in wholes}


def _excluded(
    columns: Columns, block: Block, limits: Limits, wanted: Wanted, supplies: Supplies
) -> Iterator[Finding]:
    uses: dict[str, set[int]] = {}
    for (source, _year), who in wanted.items():
        uses.setdefault(source, set()).update(who)
    for each in supplies.exclusions:
        pairs = {
            (min(one, other), max(one, other))
            for one in uses.get(each.source, ())
            for other in uses.get(each.other, ())
            if one != other and block.first <= min(one, other) < block.last
        }
        for finding, closeness, facts in _on_one_ground(columns, sorted(pairs), limits):
            sources = sorted([each.source, each.other])
            yield Finding(
                Kind.MONEY,
                Sense.CONFLICT,
                finding,
                round(TWICE_PAID + (1 - TWICE_PAID) * closeness, 4),
                {"sources": sources} | facts,
            )


def _on_one_ground(
    columns: Columns, pairs: list[tuple[int, int]], limits: Limits
) -> Iterator[tuple[tuple[str, str], float, dict[str, Any]]]:
    if not pairs:
        return
    rows = np.array(pairs, dtype=np.int64)
    both: Pairs = keep((rows[:, 0], rows[:, 1]), columns.strangers((rows[:, 0], rows[:, 1])))
    shared = ground(columns, both)
    for n in numbers(~is_sliver(shared, limits)):
        facts = {"area_m2": round(float(shared.area[n])), "share": round(float(shared.share[n]), 3)}
        yield columns.parties(both, n), float(shared.closeness[n]), facts


def _together(
    columns: Columns, block: Block, limits: Limits, wanted: Wanted, over: set[tuple[Any, Any]]
) -> Iterator[Finding]:
    groups = [
        (source, year, sorted(who))
        for (source, year), who in sorted(wanted.items())
        if source.startswith(PROGRAMME) and (source, year) not in over and len(who) > 1
    ]
    for source, year, who in groups:
        rows = np.array(who, dtype=np.int64)
        asking = rows[(rows >= block.first) & (rows < block.last)]
        one, other = pairs_of_equal(np.zeros(len(asking)), np.zeros(len(rows)))
        pairs = keep((asking[one], rows[other]), rows[other] > asking[one])
        pairs = keep(pairs, columns.strangers(pairs))
        districts = columns.shared_areas(pairs)
        for n in numbers((districts > 0) & (districts * ONE_APPLICATION >= limits.least_told)):
            strength = round(ONE_APPLICATION * float(districts[n]), 4)
            facts = {"source": source, "year": year, "districts": round(float(districts[n]), 2)}
            yield Finding(Kind.MONEY, Sense.SYNERGY, columns.parties(pairs, n), strength, facts)
