"""Single sign-on against a small provider that speaks OpenID Connect over real HTTP."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.people.models import Account
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account

pytestmark = pytest.mark.django_db


class Provider(HTTPServer):
    """The city's sign-in server; `person` is who it says has signed in."""

    person: dict[str, object]
    challenges: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        if self.path.endswith("/openid-configuration"):
            base = self.server.address
            self.say(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            assert self.headers["Authorization"] == "Bearer the-token"
            self.say(self.server.person)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        assert sent["code"] == ["the-code"]
        assert sent["code_verifier"], "PKCE is on"
        self.say({"access_token": "the-token", "token_type": "Bearer"})

    def say(self, facts: dict[str, object]) -> None:
        body = json.dumps(facts).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app = {
        "provider_id": "stadt",
        "name": "Anmeldung der Stadt",
        "client_id": "dreiklang",
        "secret": "geheim",
        "settings": {"server_url": server.address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def come_back(client: Client, provider: Provider, **person: object) -> object:
    """Follows the link, lets the provider sign the person in and comes back with its code."""
    provider.person = {"sub": "4711", "name": "Erika"} | person
    away = client.get(reverse("openid_connect_login", kwargs={"provider_id": "stadt"}))
    assert away.status_code == 302
    assert away.url.startswith(f"{provider.address}/authorize?")
    state = parse_qs(urlsplit(away.url).query)["state"][0]
    back = reverse("openid_connect_callback", kwargs={"provider_id": "stadt"})
    return client.get(back, {"code": "the-code", "state": state})


def test_a_verified_address_opens_the_account_that_has_it(client: Client, provider: Provider) -> None:
    person = account(Role.LEAD, email="erika@stadt.example")

    answer = come_back(client, provider, email="Erika@Stadt.example", email_verified=True)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_second_time_the_account_is_known_by_the_providers_number(
    client: Client, provider: Provider
) -> None:
    person = account(Role.LEAD, email="erika@stadt.example")
    come_back(client, provider, email="erika@stadt.example", email_verified=True)
    client.logout()

    come_back(client, provider, email="erika.neu@stadt.example", email_verified=True)

    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"email": "erika@stadt.example", "email_verified": False}, "nicht bestätigt"),
        ({"email": "erika@stadt.example"}, "nicht bestätigt"),
        ({"email": "fremde@stadt.example", "email_verified": True}, "kein offenes Konto"),
        ({"email": "weg@stadt.example", "email_verified": True}, "kein offenes Konto"),
        ({}, "nicht bestätigt"),
    ],
)
def test_without_a_verified_address_of_an_open_account_the_door_stays_closed(
    client: Client, provider: Provider, facts: dict[str, object], words: str
) -> None:
    account(Role.LEAD, email="erika@stadt.example")
    account(Role.LEAD, email="weg@stadt.example", is_active=False)

    answer = come_back(client, provider, **facts)

    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert Account.objects.count() == 2


def test_a_forged_return_opens_nothing(client: Client, provider: Provider) -> None:
    account(Role.LEAD, email="erika@stadt.example")
    provider.person = {"sub": "1", "email": "erika@stadt.example", "email_verified": True}

    client.get(
        reverse("openid_connect_callback", kwargs={"provider_id": "stadt"}),
        {"code": "the-code", "state": "invented"},
    )

    assert "_auth_user_id" not in client.session


def test_the_login_page_offers_it_where_it_is_configured(client: Client, provider: Provider) -> None:
    assert "Anmeldung der Stadt" in client.get(reverse("account_login")).content.decode()


def test_without_configuration_there_is_none(client: Client) -> None:
    assert "Anmeldung der Stadt" not in client.get(reverse("account_login")).content.decode()
    assert client.get("/konto/oidc/stadt/login/").status_code == 404
