"""Typing one value of an indicator: for people who have a number and no list."""

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from dreiklang.core import text
from dreiklang.core.errors import NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.single_values import SingleValueForm
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.queries.bringing import latest_values
from dreiklang.monitoring.queries.wording import sentence
from dreiklang.monitoring.services.single_values import CannotEnter, HasDoubts, TypedValue, enter_value
from dreiklang.monitoring.views.delivery_words import number_said, when_words
from dreiklang.monitoring.views.value_words import measure_of
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.places.queries import area_choices


def entry(request: ViewerRequest, key: str) -> HttpResponse:
    """The form with the last values beside it; a doubtful one is asked about before it is kept."""
    indicator = Indicator.objects.filter(key=key).defer("search").first()
    if indicator is None:
        raise Http404
    require(request.viewer, permissions.BRING, indicator)
    form = SingleValueForm(request.POST or None, areas=area_choices(request.viewer))
    context: dict[str, Any] = {
        "indicator": indicator,
        "form": form,
        "unit": measure_of(indicator.unit, indicator.decimals).unit,
        "latest": [
            {
                **asdict(one),
                "when": when_words(one.starts_on, one.ends_on),
                "said": text.number(one.value, places=indicator.decimals) if one.value is not None else "",
            }
            for one in latest_values(request.viewer, indicator)
        ],
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "monitoring/values/entry.html", context, status=422 if form.is_bound else 200)
    try:
        delivery = enter_value(
            by=request.viewer,
            key=key,
            typed=_typed(form, has_looked=bool(request.POST.get("has_looked"))),
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except NotFound as missing:
        raise Http404 from missing
    except CannotEnter as refusal:
        context["error"] = sentence(refusal.code, value=request.POST.get("period", ""))
    except HasDoubts as found:
        context["doubts"] = [
            sentence(
                str(one.doubt.code),
                value=f"{request.POST['value']} ({number_said(str((one.doubt.beside / found.factor).normalize()))})"
                if one.doubt.beside is not None
                else request.POST["value"],
            )
            for one in found.beside.doubts
        ]
    else:
        return redirect("monitoring:value-delivery", pk=delivery.pk)
    return render(request, "monitoring/values/entry.html", context, status=422)


def _typed(form: SingleValueForm, *, has_looked: bool) -> TypedValue:
    given = form.cleaned_data
    return TypedValue(
        value=given["value"],
        span=given["period"],
        area_id=given["area"],
        kind=given["kind"],
        scenario=given["scenario"].strip(),
        made_on=given["made_on"],
        reason=given["reason"].strip(),
        has_looked=has_looked,
    )
