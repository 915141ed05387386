"""Where a delivery of values stands, by what happened to it."""

from datetime import datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """In force, waiting for somebody to look, sent back to whoever brought it, or taken back."""

    RELEASED = "released"
    WAITING = "waiting"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


def delivery_state(
    *, released_at: datetime | None, sent_back_at: datetime | None, withdrawn_at: datetime | None
) -> DeliveryState:
    """The state by the three moments; a withdrawal is the last word until it is undone."""
    if withdrawn_at is not None:
        return DeliveryState.WITHDRAWN
    if sent_back_at is not None:
        return DeliveryState.SENT_BACK
    return DeliveryState.WAITING if released_at is None else DeliveryState.RELEASED
