"""Forms of accounts: one's own, anybody's, roles, absences, the filter of the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.people.models import ROLE_LABELS
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Role

NOBODY = ("", _("niemand"))
WHOLE_CITY = ("", _("ganze Stadt"))


def number(text: str) -> int | None:
    """The id of a chosen option, None for the empty one."""
    return int(text) if text else None


def choice(label: Any, *, required: bool = False, help_text: Any = "") -> forms.TypedChoiceField:
    """A select field of ids; its options are set when the form is made."""
    return forms.TypedChoiceField(
        label=label, required=required, help_text=help_text, coerce=number, empty_value=None
    )


class ProfileForm(forms.Form):
    """What a person may change about herself."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = forms.CharField(
        label=_("Telefon"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    deputy = choice(
        _("Vertretung"), help_text=_("Sie handelt für Sie, solange eine Abwesenheit eingetragen ist.")
    )
    language = forms.ChoiceField(
        label=_("Sprache"), choices=[("de", "Deutsch"), ("en", "English")], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, account_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "deputy", [NOBODY, *accounts_choices(without=account_id)])


class AccountForm(forms.Form):
    """What coordination changes about an account."""

    email = forms.EmailField(label=_("E-Mail"))
    department = choice(_("Amt"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department", [("", _("ohne Amt")), *departments_choices()])


class RoleForm(forms.Form):
    """A role to be given, with the department it reaches."""

    role = forms.ChoiceField(label=_("Rolle"))
    department = choice(_("Gilt für"), help_text=_("Ein Amt und alles darunter, oder die ganze Stadt."))

    def __init__(self, *args: Any, may_name_administrators: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, label) for role, label in ROLE_LABELS.items()]
        hidden = set() if may_name_administrators else {Role.ADMINISTRATOR.value}
        offer(self, "role", [one for one in roles if one[0] not in hidden])
        offer(self, "department", [WHOLE_CITY, *departments_choices()])


class AbsenceForm(forms.Form):
    """From when to when somebody is away, and who stands in."""

    first = forms.DateField(
        label=_("Erster Tag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Letzter Tag"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    deputy = choice(_("Vertretung in dieser Zeit"))

    def __init__(self, *args: Any, account_id: int, usual: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        default = _("wie immer: {name}").format(name=usual) if usual else _("niemand")
        offer(self, "deputy", [("", default), *accounts_choices(without=account_id)])


class AccountFilter(forms.Form):
    """The filter of the list of accounts, kept in the address."""

    q = forms.CharField(label=_("Name oder E-Mail"), required=False)
    amt = choice(_("Amt"))
    rolle = forms.ChoiceField(label=_("Rolle"), required=False)
    stand = forms.ChoiceField(
        label=_("Konto"),
        required=False,
        choices=[("", _("alle")), ("active", _("kann sich anmelden")), ("left", _("ausgeschieden"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "amt", [("", _("alle")), *departments_choices(with_ended=True)])
        roles = [(role.value, label) for role, label in ROLE_LABELS.items()]
        offer(self, "rolle", [("", _("alle")), *roles])
