"""Forms of invitations: one person, a pasted list, and the page behind the link."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.people.forms.accounts import choice
from dreiklang.people.models import ROLE_LABELS, Account
from dreiklang.people.queries import departments_choices
from dreiklang.people.rules import Role


class InvitationForm(forms.Form):
    """One person to invite."""

    email = forms.EmailField(label=_("E-Mail"))
    name = forms.CharField(label=_("Name"), max_length=200)
    department = choice(_("Amt"), help_text=_("Partner:innen und Ratsmitglieder haben keines."))
    roles = forms.MultipleChoiceField(label=_("Rollen"), widget=forms.CheckboxSelectMultiple)
    measures = forms.CharField(
        label=_("Maßnahmen für Partner:innen"),
        required=False,
        help_text=_("Nummern, mit Komma getrennt. Nur diese Maßnahmen sieht eine Partner:in von innen."),
    )

    def __init__(self, *args: Any, may_name_administrators: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", [("", _("ohne Amt")), *departments_choices()])
        roles = [(role.value, label) for role, label in ROLE_LABELS.items()]
        hidden = set() if may_name_administrators else {Role.ADMINISTRATOR.value}
        offer(self, "roles", [one for one in roles if one[0] not in hidden])

    def clean_measures(self) -> list[str]:
        return [one.strip() for one in self.cleaned_data["measures"].split(",") if one.strip()]


class InviteListForm(forms.Form):
    """Several people, one a line."""

    people = forms.CharField(
        label=_("Liste"),
        help_text=_("Eine Person je Zeile: E-Mail;Name;Amt;Rollen. Mehrere Rollen trennt ein Komma oder |."),
        widget=forms.Textarea(
            attrs={
                "rows": 8,
                "spellcheck": "false",
                "placeholder": "erika.beispiel@stadt.example;Erika Beispiel;61;Federführung",
            }
        ),
        max_length=100_000,
    )


class AcceptForm(forms.Form):
    """Name and password of somebody who follows her invitation."""

    name = forms.CharField(
        label=_("Ihr Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Kennwort"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Kennwort noch einmal"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        password = said.get("password", "")
        if password and password != said.get("again"):
            self.add_error("again", _("Die beiden Kennwörter sind nicht gleich."))
        elif password:
            try:
                validate_password(password, Account(email=self.email, name=said.get("name", "")))
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return said
