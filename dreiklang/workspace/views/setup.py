"""The first hour of a new city: what is there, what is missing, the next click."""

from typing import Any

from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from dreiklang.people import queries as people
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import NotAllowed, require
from dreiklang.places import services as places
from dreiklang.workspace.forms import FirstAccountForm
from dreiklang.workspace.queries.setup import steps
from dreiklang.workspace.services.setup import CannotBegin, check_first_token, create_first_account

BACKEND = "django.contrib.auth.backends.ModelBackend"

# code → title, what it is for, the name of the page that fills it, the list kind to import
STEPS = {
    "city": (
        _("Ihre Stadt"),
        _("Name, amtlicher Schlüssel und Land. Das Land bestimmt die Feiertage für Fristen."),
    ),
    "departments": (_("Ämter"), _("Wer federführend sein kann. Eine Liste mit Kürzel und Name genügt.")),
    "districts": (_("Stadtteile"), _("Eine GeoJSON-Datei mit den Grenzen, in jedem Koordinatensystem.")),
    "framework": (
        _("Ziele und Zukunftsaufgaben"),
        _("Der Rahmen, an dem alles hängt. Die Ebenen benennen Sie selbst."),
    ),
    "concepts": (_("Fachkonzepte und Pläne"), _("Ihr Register, und sei es unvollständig.")),
    "measures": (
        _("Maßnahmen"),
        _("Ihre eigene Liste, so wie sie ist: Spalten ordnen Sie am Bildschirm zu."),
    ),
    "people": (_("Menschen einladen"), _("Wer berichtet und wer freigibt. Die Einladung kommt per E-Mail.")),
}


def setup(request: ViewerRequest) -> HttpResponse:
    """All steps with what is still missing in view."""
    if not people.account_count():
        return render(request, "workspace/setup_closed.html")
    require(request.viewer, "workspace.setup")
    found = list(steps())
    rows: list[dict[str, Any]] = [
        {"step": step, "title": STEPS[step.code][0], "text": STEPS[step.code][1]} for step in found
    ]
    return render(
        request,
        "workspace/setup.html",
        {
            "rows": rows,
            "done": sum(step.is_done for step in found),
            "missing": [row for row in rows if not row["step"].is_done and not row["step"].is_skipped],
        },
    )


def begin(request: ViewerRequest, token: str) -> HttpResponse:
    """The link from the terminal: makes the first account and leads on."""
    try:
        check_first_token(token=token)
    except CannotBegin as refusal:
        return render(request, "workspace/setup_closed.html", {"code": refusal.code}, status=403)
    form = FirstAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = create_first_account(token=token, **form.cleaned_data)
        login(request, account, backend=BACKEND)
        return redirect("workspace:setup")
    return render(request, "workspace/setup_begin.html", {"form": form})


@require_POST
def skip(request: ViewerRequest, code: str) -> HttpResponse:
    """Leave a step out for now, or take it up again."""
    if code not in STEPS:
        raise NotAllowed("workspace.setup")
    places.skip_setup_step(by=request.viewer, code=code, skipped=request.POST.get("skipped") == "1")
    return redirect("workspace:setup")
