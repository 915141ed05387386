"""Values that somebody brings take effect, or wait until somebody else has looked; each delivery says which."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from dreiklang.core.changes import record
from dreiklang.core.copying import copy_rows
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Dataset, Delivery, SourceFile
from dreiklang.monitoring.services.bulk import Incoming, Written, write_values
from dreiklang.monitoring.services.provenance import remember_decimals
from dreiklang.monitoring.services.suppression.statements import confirm
from dreiklang.monitoring.services.value_doubts import Beside, Doubted, is_guarded
from dreiklang.monitoring.services.value_targets import Target
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

_HELD = "monitoring_heldvalue"
_COLUMNS = tuple(name for name in Incoming._fields if name != "state")
# A person reads so many doubts; how many there are is told besides.
MOST_DOUBTS = 500


@dataclass(frozen=True, kw_only=True)
class Brought:
    """Values on their way, with all that is known of them.

    quantity_ids  all that was read for, also what brought no value that could be kept
    source        the list they came in, None if they were typed
    has_looked    the doubts were read by whoever brings them, who may release
    """

    values: Sequence[Incoming]
    quantity_ids: Collection[int]
    beside: Beside
    targets: Mapping[int, Target]
    regions: Mapping[int, str]
    decimals: Mapping[int, int]
    dataset: Dataset
    reason: str = ""
    source: SourceFile | None = None
    row_count: int = 0
    has_looked: bool = False


def bring(brought: Brought, *, by: Viewer, now: datetime) -> tuple[Delivery, Written]:
    """Write the values, or keep them apart as a delivery that waits; in the transaction at hand.

    They wait where whoever brings them may not release them, where there are doubts nobody has looked at, and where
    small counts may be among them that she must not see.
    """
    waits = not may_release_all(by, brought.targets) or (
        bool(brought.beside.doubts) and not brought.has_looked
    )
    fresh = len(brought.beside.new) + len(brought.beside.changed)
    delivery = Delivery.objects.create(
        file=brought.source,
        dataset=brought.dataset,
        made_at=now,
        by_id=by.account_id,
        by_name=by.name,
        reason=brought.reason[:300],
        doubts=[_kept(one, brought) for one in brought.beside.doubts[:MOST_DOUBTS]],
        row_count=brought.row_count,
        # What is in force already needs nobody's release.
        released_at=None if waits and fresh else now,
        released_by_name="" if waits and fresh else by.name,
    )
    delivery.quantities.set(brought.quantity_ids)
    remember_decimals(brought.decimals)
    written = _hold(brought, delivery) if waits else _write(brought, delivery)
    delivery.new_count, delivery.changed_count = written.new, written.changed
    delivery.same_count = written.same
    delivery.save(update_fields=["new_count", "changed_count", "same_count"])
    if written.new or written.changed:
        tell("values_waiting" if waits else "values_delivered", delivery, by)
    return delivery, written


def may_release_all(by: Viewer, targets: Mapping[int, Target]) -> bool:
    """Whether the viewer may release values of all of these; those with small counts only the statistics office."""
    return all(_may_release(by, one) for one in targets.values())


def tell(name: str, delivery: Delivery, by: Viewer) -> None:
    """Let others know what happened to a delivery."""
    record(
        name=name,
        subject="monitoring",
        object_key=str(delivery.pk),
        by_id=by.account_id,
        by_name=by.name,
    )


def _may_release(by: Viewer, target: Target) -> bool:
    if target.below is not None and not may(by, permissions.SEE_CONFIDENTIAL):
        return False
    if target.indicator is None:
        return may(by, permissions.DELIVER)
    return may(by, permissions.RELEASE, target.indicator)


def _write(brought: Brought, delivery: Delivery) -> Written:
    quantities = {one.quantity_id for one in brought.values}
    return write_values(brought.values, delivery=delivery, quantity_ids=quantities)


def _hold(brought: Brought, delivery: Delivery) -> Written:
    fresh = [*brought.beside.new, *(one for one, _before in brought.beside.changed)]
    copy_rows(
        _HELD,
        (*_COLUMNS, "delivery_id"),
        ((*(getattr(one, name) for name in _COLUMNS), delivery.pk) for one in fresh),
    )
    confirm(brought.beside.same, delivery_id=delivery.pk)
    return Written(
        new=len(brought.beside.new),
        changed=len(brought.beside.changed),
        same=len(brought.beside.same),
    )


def _kept(one: Doubted, brought: Brought) -> dict[str, Any]:
    """A doubt as it stands with its delivery. Where small counts are hidden no number is named."""
    value, target = one.value, brought.targets[one.value.quantity_id]
    return {
        "code": str(one.doubt.code),
        "row": value.row,
        "what": target.name,
        "where": brought.regions.get(value.region_id, ""),
        "starts_on": value.starts_on.isoformat(),
        "ends_on": value.ends_on.isoformat(),
        "value": _plain(value.value, target),
        "beside": _plain(one.doubt.beside, target),
    }


def _plain(number: Decimal | Unknown | None, target: Target) -> str:
    if not isinstance(number, Decimal) or is_guarded(target):
        return ""
    return f"{number.normalize():f}"
