"""Forms of the workspace that belong to no single subject."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.core.records import Held
from dreiklang.people.queries import accounts_choices, departments_choices


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


OCCASIONS = (
    ("renamed", _("Ein Amt heißt anders")),
    ("merged", _("Ein Amt geht in einem anderen auf")),
    ("split", _("Ein Amt wird geteilt")),
    ("left", _("Eine Person scheidet aus")),
)


STAYS = "0"


class OccasionForm(forms.Form):
    """What happened, and to whom: kept in the address."""

    anlass = forms.ChoiceField(label=_("Was ist geschehen?"), choices=OCCASIONS, widget=forms.RadioSelect)
    amt = forms.ChoiceField(label=_("Amt"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "amt", [("", "–"), *departments_choices()])
        offer(self, "person", [("", "–"), *accounts_choices()])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        wanted = "person" if said.get("anlass") == "left" else "amt"
        if said.get("anlass") and not said.get(wanted):
            self.add_error(wanted, _("Wählen Sie, wen es betrifft."))
        return said


class HandOverForm(forms.Form):
    """From which day, and why. The subclasses say to whom."""

    on = forms.DateField(
        label=_("Wirksam ab"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=_("Grund"),
        max_length=300,
        help_text=_("Steht im Verlauf, zum Beispiel der Organisationsbeschluss."),
    )


class RenameForm(HandOverForm):
    """The new key and name."""

    key = forms.CharField(label=_("Neues Kürzel"), max_length=40)
    name = forms.CharField(label=_("Neuer Name"), max_length=200)
    field_order = ("key", "name", "on", "reason")


class MergeForm(HandOverForm):
    """The department that takes over."""

    into = forms.ChoiceField(label=_("Geht auf in"))
    field_order = ("into", "on", "reason")

    def __init__(self, *args: Any, department_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [one for one in departments_choices() if one[0] != department_id]
        offer(self, "into", [("", "–"), *others])


class LeaveForm(HandOverForm):
    """The person who takes over."""

    successor = forms.ChoiceField(label=_("Es übernimmt"))
    field_order = ("successor", "on", "reason")

    def __init__(self, *args: Any, account_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "successor", [("", "–"), *accounts_choices(without=account_id)])


class SplitForm(HandOverForm):
    """Where each measure, concept, step and person goes, and the rest."""

    rest = forms.ChoiceField(
        label=_("Alles Übrige"),
        required=False,
        help_text=_("Geht alles Übrige an ein Amt, dann besteht das geteilte Amt nicht weiter."),
    )
    field_order = ("rest", "on", "reason")

    def __init__(
        self,
        *args: Any,
        department_id: int,
        parts: Mapping[str, Sequence[Held]],
        labels: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.labels = labels or {}
        others = [one for one in departments_choices() if one[0] != department_id]
        offer(self, "rest", [("", _("bleibt; das Amt besteht weiter")), *others])
        self.parts = parts
        for kind, refs in parts.items():
            for ref in refs:
                label = f"{ref.key} {ref.title}".strip()
                self.fields[f"{kind}:{ref.id}"] = forms.ChoiceField(
                    label=label, choices=[(STAYS, _("bleibt")), *others], initial=STAYS
                )

    def chosen(self, kind: str) -> dict[int, int]:
        """Id → id of the department it goes to, for those that go."""
        said = {ref.id: self.cleaned_data[f"{kind}:{ref.id}"] for ref in self.parts[kind]}
        return {key: int(where) for key, where in said.items() if where != STAYS}

    @property
    def part_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The select fields by kind, or by its label where it has one, for the page."""
        return [
            (self.labels.get(kind, kind), [self[f"{kind}:{ref.id}"] for ref in refs])
            for kind, refs in self.parts.items()
            if refs
        ]
