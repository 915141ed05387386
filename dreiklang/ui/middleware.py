"""Hosts the city configured itself in the policy of the pages that need them; signs that no text can hold."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from dreiklang.ui.policy import IS_EMBEDDABLE, SHOWS_MAP

EXTENDABLE = frozenset({"img-src", "connect-src"})
EVERY_SITE = "*"
NUL = "\x00"
# What these letters of a host mean changed between two versions of the norm; browsers and Python disagree.
_AMBIGUOUS = frozenset("ßς\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
HostSource = Callable[[HttpRequest], Mapping[str, Sequence[str]]]
EmbedderSource = Callable[[], Iterable[str]]


def origin(address: str) -> str:
    """Scheme, host and port of an address in letters that a header may hold; empty when it names no web host."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, _plain(parts.hostname or "")
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host.replace("-", "").replace(".", "").isalnum():
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _plain(host: str) -> str:
    """The host as the network knows it: a policy with a letter like "ü" is passed over by browsers.

    Raises: ValueError if it cannot be said so.
    """
    if host.isascii():
        return host
    if _AMBIGUOUS.intersection(host):
        raise ValueError(host)
    return host.encode("idna").decode()


def extra_hosts(request: HttpRequest) -> dict[str, list[str]]:
    """Directive → hosts from the functions named in CSP_EXTRA_HOSTS; only directives that load pictures or data."""
    found: dict[str, set[str]] = {}
    for dotted in getattr(settings, "CSP_EXTRA_HOSTS", ()):
        source: HostSource = import_string(dotted)
        for directive, addresses in source(request).items():
            if directive in EXTENDABLE:
                found.setdefault(directive, set()).update(filter(None, map(origin, addresses)))
    return {directive: sorted(hosts) for directive, hosts in found.items() if hosts}


def frame_ancestors() -> list[str]:
    """Who may frame an embeddable page, from the function named in CSP_EMBEDDERS; empty for nobody."""
    dotted = getattr(settings, "CSP_EMBEDDERS", "")
    if not dotted:
        return []
    source: EmbedderSource = import_string(dotted)
    named = list(source())
    if EVERY_SITE in named:
        return [EVERY_SITE]
    hosts = sorted(set(filter(None, map(origin, named))))
    # With others in the list our own pages may show it, too.
    return ["'self'", *hosts] if hosts else []


class ConfiguredHosts:
    """Middleware directly below CSPMiddleware: changes this response's policy where its view asked for it.

    `@shows_map` adds the configured hosts, `@embeddable` the sites that may frame the page. Every other response
    keeps the base policy, and no question goes to the database for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(response, SHOWS_MAP, False) and (hosts := extra_hosts(request)):
            _change(response, "_csp_update", hosts)
        if getattr(response, IS_EMBEDDABLE, False) and (ancestors := frame_ancestors()):
            _change(response, "_csp_replace", {"frame-ancestors": ancestors})
            # It knows no list of sites; browsers that know frame-ancestors ignore it, older ones would refuse.
            del response["X-Frame-Options"]
        return response


def _change(response: HttpResponse, name: str, directives: Mapping[str, Sequence[str]]) -> None:
    """Say it where django-csp reads it off the response."""
    setattr(response, name, {**getattr(response, name, {}), **directives})


class RefusedSigns:
    """Answers plainly where the database refused the sign NUL: 404 for an address with it, 400 for what was said.

    Views that find it themselves say so in their own words; this is for all the others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says so; None for every other error, which stays one."""
        if not isinstance(exception, DataError | ValueError):
            return None
        if NUL in request.path:
            return render(request, "404.html", status=404)
        said = (request.GET, request.POST)
        is_there = any(
            NUL in word for each in said for name, words in each.lists() for word in (name, *words)
        )
        return render(request, "400.html", status=400) if is_there else None
