"""Deliveries of values: what waits, what one brought, and what is decided about it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from dreiklang.core.errors import NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Delivery
from dreiklang.monitoring.queries import deliveries as queries
from dreiklang.monitoring.queries.delivered_files import may_read_file
from dreiklang.monitoring.queries.overtaken import overtaken_count
from dreiklang.monitoring.queries.told_numbers import doubts_told
from dreiklang.monitoring.rules.deliveries import DeliveryState
from dreiklang.monitoring.services import releasing
from dreiklang.monitoring.services.releasing import CannotDecide
from dreiklang.monitoring.views.delivery_words import SIGNS, doubt_line, said_value, signed_lines
from dreiklang.monitoring.views.value_lists import report_context
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import PAGE_KEY

PER_PAGE = 50
REFUSALS = {
    "not_waiting": gettext_lazy(
        "Diese Lieferung wartet nicht mehr. Bitte sehen Sie nach, was inzwischen geschah."
    ),
    "not_in_force": gettext_lazy("Diese Lieferung gilt nicht. Es gibt nichts zurückzuziehen."),
    "not_withdrawn": gettext_lazy("Diese Lieferung ist nicht zurückgezogen."),
    "needs_answer": gettext_lazy("Bitte sagen Sie, warum."),
}


@require_safe
def releases(request: ViewerRequest) -> HttpResponse:
    """What waits for the viewer's release, oldest first."""
    require(request.viewer, permissions.SEE_INSIDE)
    found = queries.waiting(request.viewer)
    return render(
        request,
        "monitoring/values/releases.html",
        {"lines": signed_lines(found), "today": timezone.localdate()},
    )


@require_safe
def delivery_list(request: ViewerRequest) -> HttpResponse:
    """All deliveries, latest first."""
    require(request.viewer, permissions.SEE_INSIDE)
    page = Paginator(queries.deliveries(request.viewer), PER_PAGE).get_page(request.GET.get(PAGE_KEY, "1"))
    return render(
        request, "monitoring/values/deliveries.html", {"page": page, "lines": signed_lines(list(page))}
    )


@require_safe
def delivery(request: ViewerRequest, pk: int) -> HttpResponse:
    """One delivery: where it stands, its doubts, its values, its report, its course."""
    return _page(request, _found(request, pk))


@require_POST
def decide(request: ViewerRequest, pk: int, deed: str) -> HttpResponse:
    """Release, send back, withdraw, bring back."""
    found = _found(request, pk)
    answer = request.POST.get("answer", "")
    try:
        _decided(request, pk, deed, answer)
    except CannotDecide as refusal:
        return _page(request, found, error=str(REFUSALS[refusal.code]), answer=answer, tried=deed)
    return redirect("monitoring:value-delivery", pk=pk)


def _decided(request: ViewerRequest, pk: int, deed: str, answer: str) -> None:
    by, now = request.viewer, timezone.now()
    if deed == "freigeben":
        releasing.release(by=by, delivery_id=pk, now=now)
        tell(request, text=_("Die Werte sind freigegeben."))
    elif deed == "zurueckgeben":
        releasing.send_back(by=by, delivery_id=pk, answer=answer, now=now)
        tell(request, text=_("Die Lieferung ist zurückgegeben."))
    elif deed == "zurueckziehen":
        releasing.withdraw(by=by, delivery_id=pk, answer=answer, now=now)
        undo = reverse("monitoring:value-decide", args=[pk, "wiederherstellen"])
        tell(request, text=_("Die Lieferung ist zurückgezogen."), undo_url=undo)
    elif deed == "wiederherstellen":
        releasing.bring_back(by=by, delivery_id=pk)
        tell(request, text=_("Die Lieferung ist wiederhergestellt."))
    else:
        raise Http404


def _found(request: ViewerRequest, pk: int) -> Delivery:
    require(request.viewer, permissions.SEE_INSIDE)
    try:
        return queries.delivery_of(request.viewer, pk)
    except NotFound as missing:
        raise Http404 from missing


def _page(
    request: ViewerRequest, found: Delivery, *, error: str = "", answer: str = "", tried: str = ""
) -> HttpResponse:
    state = queries.state_of(found)
    values, count = queries.values_of(request.viewer, found)
    may_release = queries.may_release(request.viewer, found)
    is_own = found.by_id is not None and found.by_id == request.viewer.account_id
    context: dict[str, Any] = {
        "delivery": found,
        "title": queries.title_of(found),
        "state": state,
        "sign": SIGNS[state],
        "indicators": queries.indicators_of(request.viewer, found),
        "doubts": [doubt_line(one) for one in doubts_told(request.viewer, delivery=found)],
        "values": [said_value(one) for one in values],
        "value_count": count,
        "overtaken": overtaken_count(request.viewer, delivery=found),
        "leaves_out_counts": queries.leaves_out_counts(request.viewer, found),
        "may_release": may_release and state is DeliveryState.WAITING,
        "may_withdraw": (may_release and state is DeliveryState.RELEASED)
        or ((may_release or is_own) and state is DeliveryState.WAITING),
        "may_bring_back": may_release and state is DeliveryState.WITHDRAWN,
        "course": queries.course_of(request.viewer, found),
        "error": error,
        "answer": answer,
        "tried": tried,
        "may_read_file": may_read_file(request.viewer, delivery=found),
        **(report_context(request, found.run) if found.run else {"run": None}),
    }
    return render(request, "monitoring/values/delivery.html", context, status=422 if error else 200)
