"""allauth's login form in our words: no second link to the forgotten password, no placeholders."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-Mail")
        _plain(self.fields["login"])
        _plain(self.fields["password"])
        self.fields["password"].label = _("Kennwort")


class ConfirmForm(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"])
        self.fields["password"].label = _("Kennwort")


def _plain(field: Any) -> None:
    field.help_text = ""
    field.widget.attrs.pop("placeholder", None)
