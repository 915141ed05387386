"""Forms of the workspace that belong to no single subject."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _


class FirstAccountForm(forms.Form):
    """Who begins: name, e-mail, password."""

    name = forms.CharField(label=_("Ihr Name"), max_length=200)
    email = forms.EmailField(label=_("E-Mail"), help_text=_("Damit melden Sie sich an."))
    password = forms.CharField(
        label=_("Kennwort"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Mindestens zwölf Zeichen. Drei bis vier zufällige Wörter merken sich leicht."),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
