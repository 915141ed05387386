"""From findings to candidates, and whether what people said of one still holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dreiklang.conflicts.rules.findings import Finding, candidate_key, fingerprint_of
from dreiklang.conflicts.rules.kinds import Kind, Sense
from dreiklang.conflicts.rules.rounding import is_same
from dreiklang.conflicts.rules.thresholds import Limits

# Tells findings of one kind apart: the same office may be over in two periods.
_IDENTITY = {
    Kind.MONEY: ("source", "year", "sources"),
    Kind.PEOPLE: ("office", "from"),
    Kind.ORDER: ("first", "then"),
}
Said = Mapping[str, Any]  # one finding as JSON: kind, sense, strength, facts


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """What a comparison says of one set of parties. Findings come strongest first, then by kind."""

    parties: tuple[str, ...]
    sense: Sense
    strength: float
    findings: tuple[Finding, ...]

    @property
    def key(self) -> str:
        """Names the candidate over all recomputations."""
        return candidate_key(self.parties)

    @property
    def fingerprint(self) -> str:
        """Of all findings together, whatever their order."""
        return fingerprint_of(sorted(finding.fingerprint for finding in self.findings))

    @property
    def facts(self) -> list[dict[str, Any]]:
        """As JSON, to be kept with what people say of it (`Candidate.said_facts`)."""
        return [
            {
                "kind": finding.kind.value,
                "sense": finding.sense.value,
                "strength": finding.strength,
                "facts": dict(finding.facts),
            }
            for finding in self.findings
        ]


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of one fact. `code`: new, gone (a whole finding), sense, or changed (then `fact` names it)."""

    code: str
    kind: str
    fact: str = ""
    before: Any = None
    after: Any = None


def candidates(findings: Iterable[Finding], *, limits: Limits) -> tuple[CandidateFacts, ...]:
    """The findings by parties, strongest first, then by key; what is too weak to be listed is left out.

    Findings add up: two of 0.4 give 0.64, never more than 1. It is a conflict where one of them is.
    """
    by_parties: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        by_parties.setdefault(finding.parties, []).append(finding)
    found = (_candidate(parties, own) for parties, own in by_parties.items())
    listed = (one for one in found if one.strength >= limits.least_strength)
    return tuple(sorted(listed, key=lambda one: (-one.strength, one.parties)))


def what_changed(before: Sequence[Said], after: Sequence[Said]) -> tuple[Change, ...]:
    """What is no longer as it was said, by kind; small shifts are none (docs/rules/conflicts.md)."""
    was = {_identity(one): one for one in before}
    now = {_identity(one): one for one in after}
    changes: list[Change] = []
    for name in sorted(was.keys() | now.keys()):
        if name not in was:
            changes.append(Change("new", name[0], after=now[name]["strength"]))
        elif name not in now:
            changes.append(Change("gone", name[0], before=was[name]["strength"]))
        else:
            changes.extend(_between(was[name], now[name]))
    return tuple(changes)


def reopens(change: Change, *, limits: Limits) -> bool:
    """Whether somebody should look again.

    A reason that fell away leaves what was said standing. A new one must be strong enough to be listed alone: what
    comes and goes at the edge of being told reopens nothing.
    """
    if change.code == "new":
        return bool(change.after >= limits.least_strength)
    return change.code != "gone"


def is_still_said(said: Sequence[Said], facts: Sequence[Said], *, limits: Limits) -> bool:
    """Whether what people said of these facts still holds for those."""
    return not any(reopens(change, limits=limits) for change in what_changed(said, facts))


def _candidate(parties: tuple[str, ...], findings: list[Finding]) -> CandidateFacts:
    spared = 1.0
    for finding in findings:
        spared *= 1 - finding.strength
    sense = Sense.CONFLICT if any(one.sense is Sense.CONFLICT for one in findings) else Sense.SYNERGY
    order = sorted(findings, key=lambda one: (-one.strength, one.kind, one.fingerprint))
    return CandidateFacts(parties, sense, round(1 - spared, 4), tuple(order))


def _identity(one: Said) -> tuple[str, ...]:
    facts = one["facts"]
    return (str(one["kind"]), *(f"{name}={facts.get(name)}" for name in _IDENTITY.get(Kind(one["kind"]), ())))


def _between(before: Said, after: Said) -> Iterable[Change]:
    kind = str(before["kind"])
    if before["sense"] != after["sense"]:
        yield Change("sense", kind, before=before["sense"], after=after["sense"])
    was, now = before["facts"], after["facts"]
    for name in sorted(was.keys() | now.keys()):
        if not is_same(name, was.get(name), now.get(name)):
            yield Change("changed", kind, name, was.get(name), now.get(name))
