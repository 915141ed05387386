"""When a dataset should be renewed: by its rhythm, or by the day somebody set for it."""

from datetime import date

from dreiklang.core.values import Unknown

from .due import next_due


def dataset_due(*, rhythm: str, last: date | None, by_hand: date | None) -> date | Unknown:
    """The later of the two days: who sets a later day gives time, and a renewed dataset is not late.

    last     when it was last changed or delivered
    by_hand  the day somebody set; without a rhythm it is done with once the dataset was changed on or after it
    unknown  as `next_due`
    """
    found = next_due(rhythm, last=last, lag_days=0)
    if isinstance(found, Unknown):
        is_open = by_hand is not None and (last is None or last < by_hand)
        return by_hand if is_open and by_hand is not None else found
    return max(found, by_hand) if by_hand else found
