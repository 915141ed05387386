"""All claims against all, some against all, or step by step."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np

from dreiklang.conflicts.rules import content, effects, money, order, people, place_time, related
from dreiklang.conflicts.rules.columns import Block, Columns, Pairs
from dreiklang.conflicts.rules.findings import Finding
from dreiklang.conflicts.rules.joins import Column
from dreiklang.conflicts.rules.kinds import Kind
from dreiklang.conflicts.rules.supplies import NO_SUPPLIES, Supplies
from dreiklang.conflicts.rules.thresholds import Limits
from dreiklang.core.claims import Claim

# Changes with what the rules say, so that a finding tells which rules made it.
RULE_VERSION = "2026-11"
BLOCK_ROWS = 10_000

Found = Callable[[Columns, Block, Limits, Supplies], list[Finding]]


class PairRule(Protocol):
    """A kind that looks at two claims at a time."""

    def pairs(self, columns: Columns, block: Block, limits: Limits) -> Pairs: ...

    def judged(self, columns: Columns, pairs: Pairs, limits: Limits) -> list[Finding]: ...


_PAIR_RULES: dict[Kind, tuple[PairRule, ...]] = {
    Kind.PLACE_AND_TIME: (place_time,),
    Kind.EFFECT: (effects,),
    Kind.CONTENT: (content, related),
    Kind.ORDER: (order,),
}
_GROUP_RULES: dict[Kind, Found] = {Kind.MONEY: money.found, Kind.PEOPLE: people.found}


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a comparison: `name` is the same whenever the same number of claims is compared."""

    name: str
    kind: Kind
    findings: list[Finding]


def compare(
    claims: Sequence[Claim], *, limits: Limits, today: date, supplies: Supplies = NO_SUPPLIES
) -> list[Finding]:
    """Every finding among the claims, strongest first, then by parties and kind.

    Claims that ended before `today` are passed over. Places of all claims lie in the same zone (metres).
    """
    return _in_order(
        [
            finding
            for step in steps(claims, limits=limits, today=today, supplies=supplies)
            for finding in step.findings
        ]
    )


def compare_with(
    changed: Sequence[Claim],
    others: Sequence[Claim],
    *,
    limits: Limits,
    today: date,
    supplies: Supplies = NO_SUPPLIES,
) -> list[Finding]:
    """The findings in which one of the changed claims takes part: just those that `compare` gives of them.

    `others` may still hold older versions of the changed ones; these are passed over.
    """
    keys = {claim.key for claim in changed}
    claims = [*changed, *(claim for claim in others if claim.key not in keys)]
    columns, block = Columns(claims, today=today), Block(0, len(changed))
    return _in_order([finding for kind in Kind for finding in _found(kind, columns, block, limits, supplies)])


def step_names(claim_count: int) -> list[str]:
    """What `steps` gives for so many claims, in its order."""
    return [f"{kind}:{first}" for kind in Kind for first in range(0, max(claim_count, 1), BLOCK_ROWS)]


def steps(
    claims: Sequence[Claim],
    *,
    limits: Limits,
    today: date,
    supplies: Supplies = NO_SUPPLIES,
    done: frozenset[str] = frozenset(),
) -> Iterator[Step]:
    """The comparison in steps that can be counted; those already done are left out.

    Together they give what `compare` gives, each finding once. Claims are put in the order of their keys, so that a
    step taken up again means the same claims.
    """
    columns = Columns(sorted(claims, key=lambda claim: claim.key), today=today)
    for name in step_names(len(claims)):
        if name not in done:
            kind, first = Kind(name.partition(":")[0]), int(name.partition(":")[2])
            block = Block(first, min(first + BLOCK_ROWS, len(claims)))
            with _collector_resting():
                found = _found(kind, columns, block, limits, supplies)
            yield Step(name, kind, found)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """No rounds of the garbage collector: findings hold no circles, and a look through all claims costs half a second."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def asked_again(changed: Sequence[Claim], others: Sequence[Claim]) -> frozenset[str]:
    """Whose findings may be others when these claims change (give them as they were and as they are).

    Their own, those of their kin, and of all who want money or people of the same source or office: one who leaves
    makes it another group.
    """
    keys = {claim.key for claim in changed}
    asked = keys | {key for claim in changed for key in claim.kin}
    wanted = frozenset(name for claim in changed for name in _wanted(claim))
    touched = (one.key for one in others if one.kin & keys or not wanted.isdisjoint(_wanted(one)))
    return frozenset(asked.union(touched))


def _wanted(claim: Claim) -> set[str | int]:
    return {need.source for need in claim.money} | {need.office for need in claim.people}


def _found(kind: Kind, columns: Columns, block: Block, limits: Limits, supplies: Supplies) -> list[Finding]:
    if not len(columns):
        return []
    if kind in _GROUP_RULES:
        return _GROUP_RULES[kind](columns, block, limits, supplies)
    found = []
    for rule in _PAIR_RULES[kind]:
        pairs = rule.pairs(columns, block, limits)
        # Most often a single draft meets nobody of most kinds; to judge nothing takes time, too.
        findings = rule.judged(columns, pairs, limits) if len(pairs[0]) else []
        found += _without_repeats(findings, columns, rule, limits)
    return found


def _without_repeats(
    findings: list[Finding], columns: Columns, rule: PairRule, limits: Limits
) -> list[Finding]:
    """Of kin that meet the same other claim only the one nearest to it is named: its finding is the stronger one.

    Kin stand in for each other only before what is of their own kind: a measure for its concept before measures. That
    two concepts clash is told beside their measures.
    """
    if not findings or not len(columns.kin):
        return findings
    number, instead, other = _stand_ins(findings, columns)
    if not len(number):
        return findings
    codes = np.minimum(instead, other) * len(columns) + np.maximum(instead, other)
    told = {
        each.parties: each for each in rule.judged(columns, np.divmod(np.unique(codes), len(columns)), limits)
    }
    repeats = set()
    for each, row, other_row in zip(number.tolist(), instead.tolist(), other.tolist(), strict=True):
        parties = tuple(sorted((columns.claims[row].key, columns.claims[other_row].key)))
        if parties in told and _rank(told[parties]) > _rank(findings[each]):
            repeats.add(each)
    return [finding for number, finding in enumerate(findings) if number not in repeats]


def _stand_ins(findings: list[Finding], columns: Columns) -> tuple[Column, Column, Column]:
    """(number of the finding, row that could stand in for a party, row of the other party), one row each."""
    sides = [[columns.row_of[party] for party in finding.parties] for finding in findings]
    one, other = np.array(sides, dtype=np.int64).reshape(-1, 2).T
    parties, others = np.concatenate([one, other]), np.concatenate([other, one])
    place, relative = columns.relatives(parties)
    met = others[place]
    fits = (columns.subjects(relative) == columns.subjects(met)) & (relative != met)
    return place[fits] % max(len(findings), 1), relative[fits], met[fits]


def _rank(finding: Finding) -> tuple[float, tuple[str, ...]]:
    return finding.strength, finding.parties


def _in_order(findings: list[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda each: (-each.strength, each.parties, each.kind, str(each.facts)))
