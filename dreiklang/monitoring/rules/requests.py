"""Data requests: in which state one is, and how late an answer is."""

from datetime import date
from enum import StrEnum


class RequestState(StrEnum):
    """How far a request is. SERIES: the answer became an indicator that goes on. DROPPED: nobody needs it any more."""

    OPEN = "open"
    ANSWERED = "answered"
    SERIES = "series"
    DROPPED = "dropped"


class RequestWay(StrEnum):
    """How the values shall come."""

    UPLOAD = "upload"
    TYPED = "typed"
    SERVICE = "service"


# From where to where: what was answered may still become a series, what is settled stays.
STEPS: dict[RequestState, frozenset[RequestState]] = {
    RequestState.OPEN: frozenset({RequestState.ANSWERED, RequestState.DROPPED}),
    RequestState.ANSWERED: frozenset({RequestState.OPEN, RequestState.SERIES, RequestState.DROPPED}),
    RequestState.SERIES: frozenset(),
    RequestState.DROPPED: frozenset({RequestState.OPEN}),
}


def can_become(state: RequestState, wanted: RequestState) -> bool:
    """Whether a request may go from one state to the other."""
    return wanted in STEPS[state]


def is_late(state: RequestState, *, due_on: date, today: date) -> bool:
    """Whether an open request is past its deadline; on the day itself it is not."""
    return state is RequestState.OPEN and due_on < today
