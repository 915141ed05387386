"""Which pages may load from the hosts of map services, and which may stand in a frame: these, and no other."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people
from dreiklang.places.tests import factories as places
from dreiklang.ui.csp import base_policy
from dreiklang.ui.policy import IS_EMBEDDABLE, SHOWS_MAP

pytestmark = pytest.mark.django_db

EMBEDDED = "/karte/eingebettet/"
WITH_MAP = {"/karte/", EMBEDDED}
# What stands in an address where a pattern leaves room; nothing of it need exist.
FILLING = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000"}


def patterns(found: list[URLPattern | URLResolver], begin: str = "") -> Iterator[tuple[str, Callable]]:
    """All addresses of the site, filled in, with their views."""
    for one in found:
        route = begin + str(one.pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, route)
        else:
            yield "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: FILLING.get(m[1], "x"), route), one.callback


def addresses() -> dict[str, Callable]:
    # Regular expressions of others are not filled in; theirs are no pages of ours.
    return {path: view for path, view in patterns(get_resolver().url_patterns) if "(" not in path}


def policy(answer) -> dict[str, list[str]]:
    said = (part.split(" ") for part in answer["Content-Security-Policy"].split("; "))
    return {name: values for name, *values in said}


@pytest.fixture
def coordinator() -> Iterator[Client]:
    client = Client(raise_request_exception=False)
    client.force_login(people.account(Role.COORDINATOR))
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        yield client


def test_only_the_embedded_map_asks_for_a_frame_and_only_maps_for_hosts() -> None:
    found = addresses()

    assert {path for path, view in found.items() if hasattr(view, IS_EMBEDDABLE)} == {EMBEDDED}
    assert {path for path, view in found.items() if hasattr(view, SHOWS_MAP)} == WITH_MAP


def test_no_other_address_of_the_site_can_be_framed(coordinator: Client) -> None:
    found = [path for path in addresses() if path != EMBEDDED]
    answers = {path: coordinator.get(path) for path in found}

    assert len(answers) > 150
    open_ones = [
        path
        for path, answer in answers.items()
        if policy(answer)["frame-ancestors"] != ["'none'"] or answer["X-Frame-Options"] != "DENY"
    ]
    assert open_ones == []


@pytest.mark.parametrize(
    ("embedders", "ancestors", "frame_options"),
    [
        ("*", ["*"], None),
        ("https://stadt.example", ["'self'", "https://stadt.example"], None),
        ("", ["'none'"], "DENY"),
    ],
)
def test_the_embedded_map_is_framed_by_those_the_city_names(
    client: Client, embedders: str, ancestors: list[str], frame_options: str | None
) -> None:
    places.municipality(embedders=embedders)

    answer = client.get(EMBEDDED)

    assert answer.status_code == 200
    assert policy(answer) == base_policy()["DIRECTIVES"] | {"frame-ancestors": ancestors}
    assert answer.get("X-Frame-Options") == frame_options


def test_a_refusal_at_the_address_of_the_embedded_map_is_not_framed(client: Client) -> None:
    places.municipality(embedders="*")

    refused = client.post(EMBEDDED)

    assert refused.status_code == 405
    assert policy(refused)["frame-ancestors"] == ["'none'"]


def test_the_map_loads_pictures_from_the_hosts_of_services_and_nothing_else(client: Client) -> None:
    places.map_service(url="https://a.example/wms?map=1")
    places.map_service(url="https://b.example:8443/{TileMatrix}/{TileRow}/{TileCol}.png")
    places.map_service(url="https://aus.example/wms", is_active=False)

    with_map = client.get("/karte/")
    without = client.get("/stadtteile/")

    hosts = ["https://a.example", "https://b.example:8443"]
    assert policy(with_map) == base_policy()["DIRECTIVES"] | {"img-src": ["'self'", "data:", *hosts]}
    assert policy(without) == base_policy()["DIRECTIVES"]
