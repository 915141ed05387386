"""Where a candidate stands, from what people said of it and from what is found now."""

from dreiklang.conflicts.rules.kinds import State

# Said of certain facts: when these change, it has to be looked at again. Who is talking goes on talking.
OF_FACTS = frozenset({State.SEEN, State.WEIGHED, State.NO_CONFLICT})
# Somebody settled it, and hears when it opens again.
SETTLED = frozenset({State.WEIGHED, State.NO_CONFLICT})
# People are at it or done with it: other thresholds take it off no list.
TAKEN_UP = SETTLED | {State.IN_TALKS}


def state_now(said: State, *, is_found: bool, is_still_said: bool) -> State:
    """What people said, as long as it is found and its facts still hold; else outdated, or new once more."""
    if not is_found:
        return State.OUTDATED
    if said in OF_FACTS and not is_still_said:
        return State.NEW
    return said
