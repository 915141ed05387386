"""Who defines an indicator may hide more small counts than before, never fewer."""

from dataclasses import dataclass

from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.services.checking import CannotSave
from dreiklang.monitoring.services.suppression.hiding import hide_small_counts
from dreiklang.monitoring.services.suppression.thresholds import CannotHide, check_counts


@dataclass(frozen=True, slots=True)
class Threshold:
    """Below what an indicator hides counts, and of which quantity."""

    below: int | None
    quantity_id: int | None

    @classmethod
    def of(cls, indicator: Indicator) -> "Threshold":
        """As the indicator says it now."""
        return cls(indicator.suppress_below, indicator.quantity_id)

    def is_kept_by(self, later: "Threshold") -> bool:
        """Whether what was hidden stays hidden."""
        if self.below is None:
            return True
        is_as_strict = later.below is not None and later.below >= self.below
        return is_as_strict and self.quantity_id in (None, later.quantity_id)


def hide_as_defined(indicator: Indicator, *, before: Threshold | None = None) -> None:
    """Hide what a new or changed definition asks for, in the transaction at hand.

    Raises: CannotSave (threshold_elsewhere: only `hide_below` and `show_again` show small counts again, for the
    statistics office; is_derived, not_a_count).
    """
    now = Threshold.of(indicator)
    if before is not None and not before.is_kept_by(now):
        raise CannotSave("threshold_elsewhere")
    if now.below is None or now == before:
        return
    try:
        check_counts(indicator)
    except CannotHide as refused:
        raise CannotSave(refused.code, **refused.facts) from refused
    if now.quantity_id:
        hide_small_counts(quantity_ids=[now.quantity_id])
