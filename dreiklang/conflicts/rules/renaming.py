"""What people said of one party, said of the one that took its place."""

from collections.abc import Mapping, Sequence
from typing import Any


def renamed_parties(parties: Sequence[str], *, gone: str, kept: str) -> tuple[str, ...]:
    """The parties in order once `kept` stands for `gone`; fewer where it was among them already."""
    return tuple(sorted({kept if one == gone else one for one in parties}))


def renamed_facts(
    said: Sequence[Mapping[str, Any]], *, parties: Sequence[str], gone: str, kept: str
) -> list[dict[str, Any]]:
    """Findings as JSON about `kept` instead of `gone`. Weights stand in the order of the parties, which may turn."""
    before = sorted(parties)
    after = renamed_parties(parties, gone=gone, kept=kept)
    place = {kept if one == gone else one: n for n, one in enumerate(before)}
    turn = [place[one] for one in after]
    return [{**one, "facts": _renamed(one["facts"], gone, kept, turn)} for one in said]


def _renamed(facts: Mapping[str, Any], gone: str, kept: str, turn: Sequence[int]) -> dict[str, Any]:
    found: dict[str, Any] = {name: kept if value == gone else value for name, value in facts.items()}
    if "on" in found:
        found["on"] = [{**one, "weights": _turned(one["weights"], turn)} for one in found["on"]]
    return found


def _turned(weights: Sequence[int], turn: Sequence[int]) -> list[int]:
    return [weights[n] for n in turn] if len(weights) == len(turn) else list(weights)
