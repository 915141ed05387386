import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from dreiklang.ui.csp import base_policy
from dreiklang.ui.middleware import ConfiguredHosts, extra_hosts, origin
from dreiklang.ui.policy import embeddable, shows_map

HERE = "dreiklang.ui.tests.test_middleware"


def map_server(request):
    return {"img-src": ["https://karten.example/wms?layer=x"], "script-src": ["https://boese.example"]}


def broken_address(request):
    return {"img-src": ["'unsafe-inline'", "javascript:alert(1)", "https://a.example; script-src *", "*"]}


def test_the_base_policy_trusts_nothing_inline_and_nothing_foreign():
    sources = {s for values in base_policy()["DIRECTIVES"].values() for s in values}

    assert sources == {"'none'", "'self'", "data:"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://karten.example/wms?x=1", "https://karten.example"),
        ("http://karten.example:8080/", "http://karten.example:8080"),
        ("https://name:geheim@karten.example/", "https://karten.example"),
        ("https://bürgerverein.example/x", "https://xn--brgerverein-thb.example"),
        ("https://łódź.example", "https://xn--d-uga0v4h.example"),
        ("https://straße.example", ""),
        ("https://ü" + "a" * 70 + ".example", ""),
        # Chromium passes over a policy's source with an underscore or in brackets, and blocks the picture.
        ("https://geo_daten.example", ""),
        ("https://[2001:db8::1]", ""),
        ("https://192.0.2.1:8443", "https://192.0.2.1:8443"),
        ("ftp://karten.example", ""),
        ("karten.example", ""),
        ("https://*", ""),
        ("https://a.example; script-src *", ""),
        ("https://a.example:http", ""),
        ("", ""),
    ],
)
def test_only_scheme_and_host_of_a_web_address_are_taken(address, expected):
    assert origin(address) == expected


def test_a_configured_host_enters_only_directives_that_may_be_extended(settings):
    settings.CSP_EXTRA_HOSTS = [f"{HERE}.map_server"]

    assert extra_hosts(RequestFactory().get("/")) == {"img-src": ["https://karten.example"]}


def test_addresses_that_would_open_the_policy_are_left_out(settings):
    settings.CSP_EXTRA_HOSTS = [f"{HERE}.broken_address"]

    assert extra_hosts(RequestFactory().get("/")) == {}


def everybody():
    return ["https://stadt.example", "*"]


def two_sites():
    return [
        "https://zeitung.example/karte",
        "https://stadt.example",
        "javascript:alert(1)",
        "'unsafe-inline'",
    ]


def nobody():
    return ["https://a.example; script-src *"]


def answered(view):
    """What a view's answer looks like behind Django's own header and ours."""

    def inner(request):
        response = view(request)
        response["X-Frame-Options"] = "DENY"
        return response

    return ConfiguredHosts(inner)(RequestFactory().get("/"))


def plain(request):
    return HttpResponse()


def test_a_page_with_a_map_carries_the_configured_hosts(settings):
    settings.CSP_EXTRA_HOSTS = [f"{HERE}.map_server"]

    assert answered(shows_map(plain))._csp_update == {"img-src": ["https://karten.example"]}


def test_a_page_without_a_map_asks_for_no_hosts_and_carries_none(settings):
    settings.CSP_EXTRA_HOSTS = ["there.is.no.such.function"]

    response = answered(plain)

    assert not hasattr(response, "_csp_update")
    assert response["X-Frame-Options"] == "DENY"


def test_without_configured_hosts_the_policy_stays_as_it_is(settings):
    settings.CSP_EXTRA_HOSTS = []

    assert not hasattr(answered(shows_map(plain)), "_csp_update")


@pytest.mark.parametrize(
    ("source", "expected"),
    [("everybody", ["*"]), ("two_sites", ["'self'", "https://stadt.example", "https://zeitung.example"])],
)
def test_an_embeddable_page_may_be_framed_by_the_sites_of_the_city(settings, source, expected):
    settings.CSP_EMBEDDERS = f"{HERE}.{source}"

    response = answered(embeddable(plain))

    assert response._csp_replace == {"frame-ancestors": expected}
    assert "X-Frame-Options" not in response


@pytest.mark.parametrize("source", [f"{HERE}.nobody", ""])
def test_where_no_site_is_named_an_embeddable_page_is_framed_by_nobody(settings, source):
    settings.CSP_EMBEDDERS = source

    response = answered(embeddable(plain))

    assert not hasattr(response, "_csp_replace")
    assert response["X-Frame-Options"] == "DENY"


def test_a_refusal_at_an_embeddable_address_gets_nothing_of_it(settings):
    settings.CSP_EMBEDDERS = f"{HERE}.everybody"

    @embeddable
    def refused(request):
        raise Http404

    def as_django_does(request):
        try:
            return refused(request)
        except Http404:
            return HttpResponse(status=404)

    assert not hasattr(answered(as_django_does), "_csp_replace")
