"""Every request knows its viewer, and every change it makes carries who and why in the history."""

from collections.abc import Callable

import pghistory
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from dreiklang.people.permissions import NotAllowed
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import NEEDS_SECOND_FACTOR

READING = frozenset({"GET", "HEAD", "OPTIONS"})
HAS_SECOND_FACTOR = "has_second_factor"
# What somebody without her second factor may still open.
OPEN_ADDRESSES = ("/konto/", "/sprache/", "/ui/", "/static/")


class ViewerMiddleware:
    """Sets `request.viewer` and her language; for changing requests it opens the history context."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(account=request.user))  # type: ignore[attr-defined]  # ours, unknown to the stubs
        if request.session.session_key and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        if request.method in READING:
            return self.get_response(request)
        name = getattr(request.user, "name", "")
        with pghistory.context(user=request.user.pk, name=name, url=request.path):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refused visitor logs in first; somebody logged in reads who may and what to do."""
        if not isinstance(exception, NotAllowed):
            return None
        if not request.viewer.is_logged_in and request.method in READING:  # type: ignore[attr-defined]  # ours, unknown to the stubs
            return redirect_to_login(request.get_full_path())
        return render(request, "people/not_allowed.html", {"who_may": exception.who_may}, status=403)


class SecondFactorMiddleware:
    """Sends coordinators and administrators to the set-up of their second factor until it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and self.owes_one(request):
            return redirect(reverse("mfa_index") + "?noetig=1")
        return self.get_response(request)

    def owes_one(self, request: HttpRequest) -> bool:
        if request.path.startswith(OPEN_ADDRESSES) or not request.session.session_key:
            return False
        if not request.user.is_authenticated or request.session.get(HAS_SECOND_FACTOR):
            return False
        if not request.viewer.has(*NEEDS_SECOND_FACTOR):  # type: ignore[attr-defined]  # ours, unknown to the stubs
            return False
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            request.session[HAS_SECOND_FACTOR] = True
            return False
        return True
