"""How allauth behaves here."""

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from dreiklang.people.queries import account_by_email, viewer_of
from dreiklang.people.rules import NEEDS_SECOND_FACTOR

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialLogin


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation; nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The focus page is the administration's; partners and council members begin at the start page."""
        viewer = viewer_of(account=request.user)
        return super().get_login_redirect_url(request) if viewer.is_internal else "/"

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Says nothing: each of our pages tells by itself what happened."""


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """The city's own sign-in opens existing accounts only, by an address the city itself has verified."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: "SocialLogin") -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: "SocialLogin") -> None:
        """Connects the sign-in with the account of the same address, or refuses with a page that says why."""
        if sociallogin.is_existing:
            return
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        account = next((found for mail in verified if (found := account_by_email(mail))), None)
        if account is None or not account.is_active:
            named = [one.email for one in sociallogin.email_addresses]
            context = {"emails": named, "is_verified": bool(verified)}
            page = render(request, "socialaccount/no_account.html", context, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, account)


class SecondFactorAdapter(DefaultMFAAdapter):
    """A second factor that is required cannot be taken away, only exchanged."""

    def can_delete_authenticator(self, authenticator: "Authenticator") -> bool:
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        account = authenticator.user
        if not viewer_of(account=account).has(*NEEDS_SECOND_FACTOR):
            return True
        real = account.authenticator_set.exclude(type=authenticator.Type.RECOVERY_CODES)
        return bool(real.exclude(pk=authenticator.pk).exists())
