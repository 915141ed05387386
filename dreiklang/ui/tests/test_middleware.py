import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from dreiklang.ui.csp import base_policy
from dreiklang.ui.middleware import ConfiguredHosts, extra_hosts, origin

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


def test_the_response_carries_the_configured_hosts(settings):
    settings.CSP_EXTRA_HOSTS = [f"{HERE}.map_server"]

    response = ConfiguredHosts(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert response._csp_update == {"img-src": ["https://karten.example"]}


def test_without_configured_hosts_the_policy_stays_as_it_is(settings):
    settings.CSP_EXTRA_HOSTS = []

    response = ConfiguredHosts(lambda request: HttpResponse())(RequestFactory().get("/"))

    assert not hasattr(response, "_csp_update")
