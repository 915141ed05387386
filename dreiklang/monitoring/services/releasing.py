"""What can happen to a delivery after it came: released, sent back, withdrawn, brought back; each with its reason."""

from datetime import datetime

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Delivery
from dreiklang.monitoring.queries.deliveries import may_release, state_of
from dreiklang.monitoring.rules.deliveries import DeliveryState
from dreiklang.monitoring.services.bringing import tell
from dreiklang.monitoring.services.in_force import into_force, out_of_force
from dreiklang.people.rules import Viewer
from dreiklang.people.services import NotAllowed

LONGEST_ANSWER = 500


class CannotDecide(Refused):
    """The delivery is in another state than this needs, or a reason is missing; `code` says which."""


def release(*, by: Viewer, delivery_id: int, now: datetime) -> Delivery:
    """Put the values of a delivery that waits into force. Raises: NotFound; NotAllowed; CannotDecide (not_waiting)."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Werte freigegeben")):
        delivery = _locked(delivery_id)
        _require(by, delivery)
        if state_of(delivery) is not DeliveryState.WAITING:
            raise CannotDecide("not_waiting")
        delivery.released_at, delivery.released_by_name = now, by.name
        delivery.save(update_fields=["released_at", "released_by_name"])
        written = into_force(delivery)
        delivery.new_count, delivery.changed_count = written.new, written.changed
        delivery.save(update_fields=["new_count", "changed_count"])
        tell("values_delivered", delivery, by)
    return delivery


def send_back(*, by: Viewer, delivery_id: int, answer: str, now: datetime) -> Delivery:
    """Send a delivery back to whoever brought it. Raises: NotFound; NotAllowed; CannotDecide (not_waiting, needs_answer)."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Werte zurückgegeben")):
        delivery = _locked(delivery_id)
        _require(by, delivery)
        if state_of(delivery) is not DeliveryState.WAITING:
            raise CannotDecide("not_waiting")
        delivery.answer = _said(answer)
        delivery.sent_back_at, delivery.sent_back_by_name = now, by.name
        delivery.save(update_fields=["answer", "sent_back_at", "sent_back_by_name"])
        tell("values_sent_back", delivery, by)
    return delivery


def withdraw(*, by: Viewer, delivery_id: int, answer: str, now: datetime) -> Delivery:
    """Take a delivery back: what its values replaced counts again, what was new is shown no longer.

    Who brought it may take it back as long as it waits; else it needs the right to release. Raises: NotFound;
    NotAllowed; CannotDecide (not_in_force, needs_answer).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Werte zurückgezogen")):
        delivery = _locked(delivery_id)
        state = state_of(delivery)
        is_own = state is DeliveryState.WAITING and delivery.by_id is not None
        if not (is_own and delivery.by_id == by.account_id):
            _require(by, delivery)
        if state not in (DeliveryState.RELEASED, DeliveryState.WAITING):
            raise CannotDecide("not_in_force")
        delivery.answer = _said(answer)
        delivery.withdrawn_at, delivery.withdrawn_by_name = now, by.name
        delivery.save(update_fields=["answer", "withdrawn_at", "withdrawn_by_name"])
        if state is DeliveryState.RELEASED:
            out_of_force(delivery)
        tell("values_withdrawn", delivery, by)
    return delivery


def bring_back(*, by: Viewer, delivery_id: int) -> Delivery:
    """Undo a withdrawal: as it was, in force or waiting. Raises: NotFound; NotAllowed; CannotDecide (not_withdrawn)."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Werte wiederhergestellt")):
        delivery = _locked(delivery_id)
        _require(by, delivery)
        if state_of(delivery) is not DeliveryState.WITHDRAWN:
            raise CannotDecide("not_withdrawn")
        delivery.withdrawn_at, delivery.withdrawn_by_name, delivery.answer = None, "", ""
        delivery.save(update_fields=["withdrawn_at", "withdrawn_by_name", "answer"])
        if delivery.released_at is not None:
            into_force(delivery)
        tell("values_delivered", delivery, by)
    return delivery


def _locked(delivery_id: int) -> Delivery:
    found = Delivery.objects.select_for_update(no_key=True).filter(pk=delivery_id).first()
    if found is None:
        raise NotFound("delivery", key=delivery_id)
    return found


def _require(by: Viewer, delivery: Delivery) -> None:
    if not may_release(by, delivery):
        raise NotAllowed(permissions.RELEASE)


def _said(answer: str) -> str:
    if not answer.strip():
        raise CannotDecide("needs_answer")
    return answer.strip()[:LONGEST_ANSWER]
