"""What follows from the facts about committees."""

from datetime import date


def has_ended(ended_on: date | None, *, on: date) -> bool:
    """Whether a committee no longer exists on that day; an end that lies ahead has not come yet."""
    return ended_on is not None and ended_on <= on
