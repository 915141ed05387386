"""One's own account: sign in, profile, language."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login as open_session
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from dreiklang.core.errors import Refused
from dreiklang.people import queries, services
from dreiklang.people.forms import AbsenceForm, ProfileForm, refuse
from dreiklang.people.models import Account
from dreiklang.people.requests import ViewerRequest
from dreiklang.ui.messages import tell


class SignIn(LoginView):
    """The login page; in the demo it also offers one account per role."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = queries.demo_accounts() if settings.DEMO else []
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"demo_accounts": demo, "oidc": _single_sign_on()}


login = SignIn.as_view()


def _single_sign_on() -> str:
    providers: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    apps = providers["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


@require_POST
def demo_login(request: ViewerRequest) -> HttpResponse:
    """Opens a demo account with one click; only in the demo, only for the accounts it lists."""
    email = request.POST.get("email", "")
    offered = queries.demo_accounts() if settings.DEMO else []
    account = next((one for _role, one in offered if one.email == email), None)
    if account is None:
        raise Http404
    open_session(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)


@require_POST
def choose_language(request: ViewerRequest) -> HttpResponse:
    """Keeps the language in the cookie, and with a login on the account too."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        services.choose_language(by=request.viewer, account=request.user, language=language)
    return response


def _own(request: ViewerRequest) -> Account:
    """The account of whoever is logged in."""
    account = queries.account_by_id(request.viewer.account_id or 0)
    if account is None:
        raise Http404
    return account


@login_required
def profile(request: ViewerRequest) -> HttpResponse:
    """The own page: what I am responsible for, how to reach me, who stands in for me."""
    account = _own(request)
    start = {
        "name": account.name,
        "phone": account.phone,
        "language": account.language,
        "deputy": account.deputy_id or "",
    }
    form = ProfileForm(request.POST or None, initial=start, account_id=account.pk)
    if form.is_valid():
        said = form.cleaned_data
        wanted = services.Profile(said["name"], said["phone"], said["language"], said["deputy"])
        try:
            services.change_profile(by=request.viewer, account=account, profile=wanted)
        except Refused as refused:
            refuse(form, refused)
        else:
            tell(request, text=_("Ihre Angaben sind gespeichert."))
            return redirect("account_email")
    return render(request, "people/profile.html", _profile_context(request, form))


def _profile_context(request: ViewerRequest, form: ProfileForm) -> dict[str, Any]:
    account = _own(request)
    usual = account.deputy.name if account.deputy else ""
    return {
        "account": account,
        "form": form,
        "roles": queries.roles_of(account),
        "absences": queries.absences_of(account, since=timezone.localdate()),
        "absence_form": AbsenceForm(account_id=account.pk, usual=usual),
    }


@login_required
def absence(request: ViewerRequest) -> HttpResponse:
    """A new absence of one's own."""
    account = _own(request)
    usual = account.deputy.name if account.deputy else ""
    form = AbsenceForm(request.POST or None, account_id=account.pk, usual=usual)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.be_away(
                by=request.viewer,
                account=account,
                first=said["first"],
                last=said["last"],
                deputy_id=said["deputy"],
            )
        except Refused as refused:
            refuse(form, refused)
        else:
            tell(request, text=_("Ihre Abwesenheit ist eingetragen."))
            return redirect("account_email")
    return render(request, "people/absence.html", {"form": form})


@require_POST
@login_required
def end_absence(request: ViewerRequest, pk: int) -> HttpResponse:
    """Strikes out an absence of one's own."""
    services.be_back(by=request.viewer, account=_own(request), absence_id=pk)
    tell(request, text=_("Die Abwesenheit ist gestrichen."))
    return redirect("account_email")
