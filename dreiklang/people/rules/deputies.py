"""Who stands in for whom. `away` names everybody absent today, with the deputy named for that time."""

from collections.abc import Mapping


def represented(account: int, away: Mapping[int, int | None]) -> frozenset[int]:
    """Everybody the account stands in for now; a deputy who is away hands on to her own deputy.

    Two people away who name each other stand in for nobody but themselves.
    """
    found: set[int] = set()
    waiting = [account]
    while waiting:
        one = waiting.pop()
        new = [
            person
            for person, deputy in away.items()
            if deputy == one and person != account and person not in found
        ]
        found.update(new)
        waiting.extend(new)
    return frozenset(found)


def stand_in(account: int, away: Mapping[int, int | None]) -> int | None:
    """Who acts for the account now: itself when present, else the first present deputy in the chain.

    None when nobody in the chain is there: then the line of command has to help.
    """
    seen: set[int] = set()
    here: int | None = account
    while here is not None and here in away:
        if here in seen:
            return None
        seen.add(here)
        here = away[here]
    return here
