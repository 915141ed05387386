"""Every request knows its viewer, and every change it makes carries who and why in the history."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from dreiklang.people.queries import viewer_of

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class ViewerMiddleware:
    """Sets `request.viewer`; for changing requests it opens the history context."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(account=request.user))  # type: ignore[attr-defined]
        if request.method in READING:
            return self.get_response(request)
        name = getattr(request.user, "name", "")
        with pghistory.context(user=request.user.pk, name=name, url=request.path):
            return self.get_response(request)
