"""What can happen to a data request: asked, changed, answered, made a series, given up."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import later, record
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import DataRequest, Delivery, Indicator, Quantity
from dreiklang.monitoring.queries.deliveries import quantities_of
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from dreiklang.monitoring.rules.requests import RequestState, can_become
from dreiklang.monitoring.rules.units import unit_of
from dreiklang.monitoring.services.definitions import create_indicator
from dreiklang.monitoring.services.kept_records import fill, locked, save
from dreiklang.monitoring.services.short_names import free_name
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

# Named after what it sends; config/tasks.py calls `send_request_mail`.
REQUEST_MAIL = "monitoring_request_mail"
FIELDS = (
    "question",
    "reason",
    "values_words",
    "indicator_id",
    "level_id",
    "rhythm",
    "unit",
    "way",
    "department_id",
    "responsible_id",
    "due_on",
)


class CannotAsk(Refused):
    """The request cannot do this: `wrong_state`, `before_asked` for its deadline, `in_the_future` for a day of answer,
    `no_answer`, `no_reason`, `no_series` (there is no such indicator), `no_name` (a new one needs it).
    """


def ask(*, by: Viewer, on: date, values: Mapping[str, Any]) -> DataRequest:
    """Ask a department for values; whoever is to bring them is written to.

    Raises: NotAllowed; CannotAsk (before_asked).
    """
    require(by, permissions.ASK)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenanforderung gestellt")):
        made = DataRequest(asked_on=on, asker_id=by.account_id, version=0)
        _fill(made, values)
        save(made)
        _tell("data_requested", made, by)
        later(REQUEST_MAIL, request_id=made.pk, step="asked", by_id=by.account_id)
    return made


def change_request(*, by: Viewer, pk: int, version: int, values: Mapping[str, Any]) -> DataRequest:
    """Change what `values` names; another department or person is written to.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotAsk (before_asked).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenanforderung geändert")):
        found = locked(DataRequest, by=by, permission=permissions.EDIT_REQUEST, pk=pk, version=version)
        before = found.department_id, found.responsible_id
        _fill(found, values)
        save(found)
        if before != (found.department_id, found.responsible_id) and found.state == RequestState.OPEN:
            later(REQUEST_MAIL, request_id=found.pk, step="asked", by_id=by.account_id)
    return found


def answer_request(
    *, by: Viewer, pk: int, version: int, answer: str, on: date, today: date, delivery_id: int | None = None
) -> DataRequest:
    """The values are there, or somebody says why not. Whoever asked is written to.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotAsk (wrong_state, no_answer, in_the_future).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenanforderung beantwortet")):
        found = locked(DataRequest, by=by, permission=permissions.ANSWER_REQUEST, pk=pk, version=version)
        if not answer.strip() and delivery_id is None:
            raise CannotAsk("no_answer")
        if on > today:
            raise CannotAsk("in_the_future")
        _become(found, RequestState.ANSWERED)
        found.answer, found.answered_on = answer.strip(), on
        found.delivery = Delivery.objects.filter(pk=delivery_id).first() if delivery_id else found.delivery
        save(found)
        _tell("data_request_answered", found, by)
        later(REQUEST_MAIL, request_id=found.pk, step="answered", by_id=by.account_id)
    return found


def make_series(*, by: Viewer, pk: int, version: int, indicator_id: int) -> DataRequest:
    """The answer goes on as an indicator: its values come again without anybody asking.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotAsk (wrong_state, no_series).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenanforderung wurde eine Zeitreihe")):
        found = locked(DataRequest, by=by, permission=permissions.EDIT_REQUEST, pk=pk, version=version)
        _become(found, RequestState.SERIES)
        if not Indicator.objects.filter(pk=indicator_id).exists():
            raise CannotAsk("no_series")
        found.indicator_id = indicator_id
        save(found)
        _tell("data_request_became_series", found, by)
    return found


def start_series(*, by: Viewer, pk: int, version: int, name: str, on: date) -> DataRequest:
    """A new indicator, an internal draft made of what was asked, goes on with the answer.

    Level, office, meaning come from the request; unit and rhythm where its words are known ones; if the answer brought
    values of one kind that no indicator shows yet, they are its first ones.
    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotAsk (wrong_state, no_name); as `create_indicator`.
    """
    # Both or neither; each deed keeps its own reason in the history.
    with transaction.atomic():
        found = locked(DataRequest, by=by, permission=permissions.EDIT_REQUEST, pk=pk, version=version)
        if not can_become(RequestState(found.state), RequestState.SERIES):
            raise CannotAsk("wrong_state")
        if not name.strip():
            raise CannotAsk("no_name")
        key = free_name(name, is_taken=_is_taken, otherwise="indikator")
        made = create_indicator(by=by, key=key, values=_definition(found, name.strip()), on=on)
        return make_series(by=by, pk=pk, version=version, indicator_id=made.pk)


def drop_request(*, by: Viewer, pk: int, version: int, reason: str) -> DataRequest:
    """Nobody needs the values any more. Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotAsk (wrong_state, no_reason)."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenanforderung aufgegeben")):
        found = locked(DataRequest, by=by, permission=permissions.EDIT_REQUEST, pk=pk, version=version)
        if not reason.strip():
            raise CannotAsk("no_reason")
        _become(found, RequestState.DROPPED)
        found.dropped_reason = reason.strip()
        save(found)
        _tell("data_request_dropped", found, by)
    return found


def reopen_request(*, by: Viewer, pk: int, version: int) -> DataRequest:
    """The answer was not enough, or the values are needed after all.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotAsk (wrong_state).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Datenanforderung wieder geöffnet")):
        found = locked(DataRequest, by=by, permission=permissions.EDIT_REQUEST, pk=pk, version=version)
        _become(found, RequestState.OPEN)
        found.answered_on, found.dropped_reason = None, ""
        save(found)
        later(REQUEST_MAIL, request_id=found.pk, step="asked", by_id=by.account_id)
    return found


def _fill(one: DataRequest, values: Mapping[str, Any]) -> None:
    fill(one, values, fields=FIELDS)
    if one.due_on < one.asked_on:
        raise CannotAsk("before_asked")


def _definition(one: DataRequest, name: str) -> dict[str, Any]:
    """What the request tells of the indicator. A unit or rhythm that no list knows stays open: nothing is guessed."""
    unit, rhythm = unit_of(one.unit), shipped_vocabularies()["frequency"].find(one.rhythm)
    found = _brought(one)
    return {
        "name": name,
        "meaning": "\n\n".join(part for part in (one.question, one.values_words) if part),
        "unit": found.unit if found and found.unit else "" if isinstance(unit, Unknown) else unit.code,
        "decimals": found.decimals if found else 0,
        "quantity_id": found.pk if found else None,
        "rhythm": rhythm.code if rhythm else "",
        "level_id": one.level_id,
        "department_id": one.department_id,
    }


def _brought(one: DataRequest) -> Quantity | None:
    """What the delivery of the answer counts, if that is one thing and no indicator shows it."""
    if one.delivery_id is None:
        return None
    quantities = quantities_of(one.delivery_id)
    if len(quantities) != 1:
        return None
    return Quantity.objects.filter(pk__in=quantities, indicators=None).first()


def _is_taken(key: str) -> bool:
    return Indicator.objects.filter(key=key).exists()


def _become(one: DataRequest, wanted: RequestState) -> None:
    if not can_become(RequestState(one.state), wanted):
        raise CannotAsk("wrong_state")
    one.state = wanted


def _tell(name: str, one: DataRequest, by: Viewer) -> None:
    record(name=name, subject="monitoring", object_key=str(one.pk), by_id=by.account_id, by_name=by.name)
