"""The city's accent, the choice of voice, and the refusals every page can meet."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from dreiklang.ui.gallery import COLUMNS, FilterForm, gallery
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import DEFAULT_ACCENT, NotAColour, accent, table_query
from dreiklang.ui.voices import CODES, COOKIE

_YEAR = 365 * 24 * 3600


@require_safe
@cache_control(public=True, max_age=_YEAR, immutable=True)
def accent_css(request: HttpRequest) -> HttpResponse:
    """The accent of the address (`?farbe=0b5563`) as CSS variables, made readable."""
    try:
        found = accent(request.GET.get("farbe", DEFAULT_ACCENT))
    except NotAColour:
        found = accent(DEFAULT_ACCENT)
    return render(request, "ui/accent.css", {"accent": found}, content_type="text/css; charset=utf-8")


@require_POST
def choose_voice(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen voice in a cookie and goes back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("voice", "")
    if chosen in CODES:
        response.set_cookie(
            COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of setting CSRF_FAILURE_VIEW: the form is too old, the draft is still there."""
    return render(request, "403_csrf.html", status=403)


@require_safe
def show_gallery(request: HttpRequest) -> HttpResponse:
    """Every component in all its states, for staff and in the demo: the public of a real city sees nothing invented."""
    viewer = getattr(request, "viewer", None)
    if not (settings.DEBUG or settings.DEMO or (viewer and viewer.is_internal)):
        raise Http404
    query = table_query(dict(request.GET.lists()), columns=COLUMNS, default_sort="name")
    if "gesagt" in request.GET:
        tell(request, text=_("Bericht zu „Radweg Nord“ gespeichert."), undo_url="#")
    return render(
        request,
        "ui/gallery.html",
        gallery(query)
        | {
            "filter_form": FilterForm(request.GET),
            "saved_draft": request.GET.get("gesichert", ""),
        },
    )
