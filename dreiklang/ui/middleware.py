"""Lets hosts that the city configured itself into the content security policy."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

EXTENDABLE = frozenset({"img-src", "connect-src"})
HostSource = Callable[[HttpRequest], Mapping[str, Sequence[str]]]


def origin(address: str) -> str:
    """Scheme, host and port of an address; empty when it names no web host."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host.replace("-", "").replace(".", "").isalnum():
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def extra_hosts(request: HttpRequest) -> dict[str, list[str]]:
    """Directive → hosts from the functions named in CSP_EXTRA_HOSTS; only directives that load pictures or data."""
    found: dict[str, set[str]] = {}
    for dotted in getattr(settings, "CSP_EXTRA_HOSTS", ()):
        source: HostSource = import_string(dotted)
        for directive, addresses in source(request).items():
            if directive in EXTENDABLE:
                found.setdefault(directive, set()).update(filter(None, map(origin, addresses)))
    return {directive: sorted(hosts) for directive, hosts in found.items() if hosts}


class ConfiguredHosts:
    """Middleware directly below CSPMiddleware: adds the configured hosts to this response's policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hosts := extra_hosts(request):
            response._csp_update = {**getattr(response, "_csp_update", {}), **hosts}  # type: ignore[attr-defined]  # django-csp reads it off the response
        return response
