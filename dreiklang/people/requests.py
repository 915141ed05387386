"""The request as our pages get it: Django's own, with who looks."""

from django.http import HttpRequest

from dreiklang.people.rules import Viewer


class ViewerRequest(HttpRequest):
    """Only its type is used: the middleware of this subject sets `viewer` on each request."""

    viewer: Viewer
