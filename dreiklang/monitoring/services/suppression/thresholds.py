"""The statistics office says from which number on counts are shown, and why."""

from datetime import datetime

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Indicator, SuppressionChange
from dreiklang.monitoring.queries.small_counts import unit_counted
from dreiklang.monitoring.rules.small_counts import are_counts
from dreiklang.monitoring.services.suppression.hiding import hide_small_counts, wait_for_others
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

LEAST, MOST = 2, 1_000


class CannotHide(Refused):
    """Counts of this indicator cannot be hidden, or shown, as asked; `code` says why."""


def hide_below(*, by: Viewer, key: str, version: int, below: int, reason: str, now: datetime) -> Indicator:
    """Hide counts of 1 to below-1 from now on, with what protects them, in all there is and all that comes.

    Looked at are all breakdowns of the quantity in this city. A smaller threshold than before shows again what it
    need not hide. Raises: NotFound; NotAllowed for all but the statistics office; ChangedMeanwhile; CannotHide
    (needs_reason, threshold_out_of_range, is_derived: its inputs are hidden instead, not_a_count, same_threshold).
    """
    require(by, permissions.HIDE_SMALL_COUNTS)
    if not LEAST <= below <= MOST:
        raise CannotHide("threshold_out_of_range", least=LEAST, most=MOST)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Grenze für kleine Zahlen gesetzt")):
        indicator = _locked(key, version, reason)
        check_counts(indicator)
        _change(indicator, by, below, reason, now)
    return indicator


def show_again(*, by: Viewer, key: str, version: int, reason: str, now: datetime) -> Indicator:
    """Hide no counts of this indicator any longer; what another one of the same quantity asks for stays hidden.

    Raises: NotFound; NotAllowed for all but the statistics office; ChangedMeanwhile; CannotHide (needs_reason,
    same_threshold).
    """
    require(by, permissions.HIDE_SMALL_COUNTS)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kleine Zahlen wieder gezeigt")):
        indicator = _locked(key, version, reason)
        _change(indicator, by, None, reason, now)
    return indicator


def check_counts(indicator: Indicator) -> None:
    """Whether its values are counts of persons or things. Raises: CannotHide (is_derived, not_a_count)."""
    if indicator.formula:
        raise CannotHide("is_derived")
    unit = unit_counted(indicator)
    if not are_counts(unit):
        raise CannotHide("not_a_count", unit=unit.name if unit else indicator.unit)


def _locked(key: str, version: int, reason: str) -> Indicator:
    if not reason.strip():
        raise CannotHide("needs_reason")
    found = Indicator.objects.defer("search").select_related("quantity").filter(key=key)
    indicator = found.first()
    if indicator is None:
        raise NotFound("indicator")
    # The table first and the indicator after it, in the order of a delivery.
    wait_for_others([indicator.quantity_id] if indicator.quantity_id else [])
    indicator = found.select_for_update(of=("self",)).get()
    if indicator.version != version:
        raise ChangedMeanwhile(indicator, version=indicator.version)
    return indicator


def _change(indicator: Indicator, by: Viewer, below: int | None, reason: str, now: datetime) -> None:
    if indicator.suppress_below == below:
        raise CannotHide("same_threshold")
    indicator.suppress_below = below
    indicator.version += 1
    indicator.save()
    SuppressionChange.objects.create(
        indicator=indicator,
        below=below,
        reason=reason.strip(),
        by_id=by.account_id,
        by_name=by.name,
        changed_at=now,
    )
    if indicator.quantity_id:
        hide_small_counts(quantity_ids=[indicator.quantity_id], is_fresh=True)
    record(
        name="small_counts_shown" if below is None else "small_counts_hidden",
        subject="monitoring",
        object_key=indicator.key,
        by_id=by.account_id,
        by_name=by.name,
    )
