"""Sign-in, second factor and the pages under /konto/."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from dreiklang.people.models import Account
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import PASSWORD, account

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", re.IGNORECASE)


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """The limits on failed logins count across tests otherwise."""
    cache.clear()
    yield
    cache.clear()


def signed_in(client: Client, *roles: Role, **facts: object) -> Account:
    person = account(*roles, **facts)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return person


def test_a_person_signs_in_with_address_and_password(client: Client) -> None:
    person = account(Role.LEAD, password=PASSWORD)

    answer = client.post(reverse("account_login"), {"login": person.email.upper(), "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/arbeit/")


@pytest.mark.parametrize("role", [Role.PARTNER, Role.COUNCIL_MEMBER])
def test_people_from_outside_begin_at_the_start_page(client: Client, role: Role) -> None:
    """The focus page would refuse them right after the sign-in."""
    person = account(role, password=PASSWORD)

    answer = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    assert (answer.status_code, answer.url) == (302, "/")


@pytest.mark.parametrize("what", ["wrong", "unknown", "left"])
def test_a_refused_sign_in_does_not_tell_which_part_was_wrong(client: Client, what: str) -> None:
    person = account(Role.LEAD, password=PASSWORD, is_active=what != "left")
    email = "niemand@stadt.example" if what == "unknown" else person.email
    password = PASSWORD if what != "wrong" else "falsch"

    client.post(reverse("account_login"), {"login": email, "password": password})

    assert "_auth_user_id" not in client.session


def test_too_many_failures_close_the_door_for_a_while(client: Client) -> None:
    person = account(Role.LEAD, password=PASSWORD)
    for _n in range(6):
        client.post(reverse("account_login"), {"login": person.email, "password": "falsch"})

    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_nobody_signs_up_alone(client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {"email": "neu@stadt.example", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert not Account.objects.exists()


def test_a_forgotten_password_is_set_by_a_link_from_the_mail(client: Client) -> None:
    person = account(Role.LEAD, password="das-alte-kennwort")
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(word for word in mail.outbox[0].body.split() if "/konto/kennwort/neu/" in word)

    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_an_unknown_address_gets_no_mail_and_the_same_page(client: Client) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": "niemand@stadt.example"})

    assert answer.url == reverse("account_reset_password_done")
    assert not mail.outbox


# Second factor


@override_settings(SECOND_FACTOR_REQUIRED=True)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_whoever_can_change_everything_sets_up_a_second_factor_first(client: Client, role: Role) -> None:
    signed_in(client, role)

    answer = client.get(reverse("people:departments"))

    assert answer.url == reverse("mfa_index") + "?noetig=1"
    assert client.get(answer.url).status_code == 200


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_with_a_second_factor_the_way_is_free(client: Client) -> None:
    person = signed_in(client, Role.COORDINATOR)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert client.get(reverse("people:departments")).status_code == 200


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_recovery_codes_alone_are_no_second_factor(client: Client) -> None:
    person = signed_in(client, Role.COORDINATOR)
    Authenticator.objects.create(user=person, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})

    assert client.get(reverse("people:departments")).status_code == 302


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_others_may_go_without(client: Client) -> None:
    signed_in(client, Role.LEAD)

    assert client.get(reverse("people:departments")).status_code == 200


@override_settings(SECOND_FACTOR_REQUIRED=False, DEMO=True)
def test_the_demo_goes_without_and_says_so_on_every_page(client: Client) -> None:
    signed_in(client, Role.COORDINATOR)

    answer = client.get(reverse("people:departments"))

    assert answer.status_code == 200
    assert "Vorführung" in answer.content.decode()


@override_settings(SECOND_FACTOR_REQUIRED=True)
def test_a_required_second_factor_is_not_taken_away(client: Client) -> None:
    person = signed_in(client, Role.COORDINATOR)
    factor = Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(pk=factor.pk).exists()


# The demo's accounts


@override_settings(DEMO=True)
def test_the_demo_opens_its_own_accounts_with_one_click(client: Client) -> None:
    person = account(Role.COORDINATOR, email="johanna.berthold@klarenbrueck.example")

    client.post(reverse("demo_login"), {"email": person.email})

    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("is_demo", "email"), [(False, "johanna.berthold@klarenbrueck.example"), (True, "chefin@stadt.example")]
)
def test_no_other_account_opens_without_a_password(
    client: Client, settings, is_demo: bool, email: str
) -> None:
    settings.DEMO = is_demo
    account(Role.COORDINATOR, email=email)

    answer = client.post(reverse("demo_login"), {"email": email})

    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


# The pages themselves

OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
]
OWN_PAGES = [
    "account_email",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "people:absence",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]


def confirmed(client: Client) -> Account:
    """Signed in, and just confirmed: what the pages of the second factor ask for."""
    person = account(Role.LEAD, password=PASSWORD)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return person


def strict(answer: object) -> str:
    html = answer.content.decode()
    assert answer.status_code in {200, 401}, answer.status_code
    assert not INLINE.search(html), INLINE.search(html)
    assert 'class="u-top' in html, "not in our frame"
    return html


@pytest.mark.parametrize("name", OPEN_PAGES)
def test_open_pages_hold_to_the_strict_policy(client: Client, name: str) -> None:
    answer = client.get(reverse(name))

    strict(answer)
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"] + ";"


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_hold_to_the_strict_policy(client: Client, name: str) -> None:
    confirmed(client)

    strict(client.get(reverse(name)))


def test_pages_of_a_set_up_second_factor_hold_to_the_strict_policy(client: Client) -> None:
    person = confirmed(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert answer.url == reverse("mfa_view_recovery_codes")
    for name in (
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_deactivate_totp",
        "mfa_index",
    ):
        strict(client.get(reverse(name)))
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    strict(client.get(reverse("mfa_authenticate")))


def code_of(secret: str) -> str:
    """The code the app would show now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_ask_strangers_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer.url.startswith(("/konto/anmelden/", "/"))
