"""Forms of what belongs to a measure: brief, milestones, who takes part."""

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm, offer
from dreiklang.measures.forms.edit import chosen_id
from dreiklang.measures.forms.reports import DAY, long_text
from dreiklang.measures.models.labels import INVOLVED_LABELS
from dreiklang.measures.rules import InvolvedRole
from dreiklang.people.queries import accounts_choices, departments_choices


class BriefForm(KeptForm):
    """The one-page brief."""

    context = forms.CharField(
        label=_("Kontext"),
        required=False,
        widget=long_text(4),
        help_text=_("Warum gibt es diese Maßnahme, was ging voraus?"),
    )
    aims = forms.CharField(
        label=_("Ziele"),
        required=False,
        widget=long_text(4),
        help_text=_("Woran merken wir, dass sie gelungen ist?"),
    )
    interfaces = forms.CharField(
        label=_("Schnittstellen"),
        required=False,
        widget=long_text(3),
        help_text=_("Mit wem stimmen wir uns ab?"),
    )
    information_flow = forms.CharField(
        label=_("Informationsfluss"),
        required=False,
        widget=long_text(3),
        help_text=_("Wer erfährt was, wann und wie?"),
    )
    decision_way = forms.CharField(
        label=_("Entscheidungsweg"), required=False, widget=long_text(3), help_text=_("Wer entscheidet was?")
    )
    agreed_on = forms.DateField(label=_("Vereinbart am"), required=False, widget=DAY)
    review_every_months = forms.IntegerField(
        label=_("Wiedervorlage alle … Monate"), required=False, min_value=1, max_value=60
    )


class MilestoneForm(forms.Form):
    """One milestone as a line."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Meilenstein"), required=False, max_length=300)
    due_on = forms.DateField(label=_("Fällig am"), required=False, widget=DAY)
    due_words = forms.CharField(label=_("oder in Worten"), required=False, max_length=200)
    done_on = forms.DateField(label=_("Erledigt am"), required=False, widget=DAY)
    is_public = forms.BooleanField(label=_("öffentlich"), required=False)
    is_removed = forms.BooleanField(label=_("entfernen"), required=False)


class OfficeForm(forms.Form):
    """A department that takes part."""

    department = chosen_id(_("Amt"))
    role = forms.ChoiceField(
        label=_("Rolle"), choices=list(INVOLVED_LABELS.items()), initial=InvolvedRole.INVOLVED.value
    )
    words = forms.CharField(label=_("Vereinbart"), required=False, max_length=300)
    since = forms.DateField(label=_("Seit"), required=False, widget=DAY)

    def __init__(self, *args: Any, **options: Any) -> None:
        choices = options.pop("choices")
        super().__init__(*args, **options)
        offer(self, "department", [("", _("kein Amt")), *choices])


class PartnerForm(forms.Form):
    """A partner outside."""

    name = forms.CharField(label=_("Partner"), required=False, max_length=200)
    role = forms.CharField(label=_("Vereinbarte Rolle"), required=False, max_length=300)
    is_public = forms.BooleanField(label=_("öffentlich nennen"), required=False)


class TeamForm(forms.Form):
    """A member of the project team."""

    account = chosen_id(_("Person"))
    duty = forms.CharField(label=_("Aufgabe"), required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        choices = options.pop("choices")
        super().__init__(*args, **options)
        offer(self, "account", [("", _("niemand")), *choices])


class PartnerAccessForm(forms.Form):
    """A partner with an account who sees the working side."""

    account = chosen_id(_("Partner:in mit Konto"))
    agreed_on = forms.DateField(label=_("Vereinbart am"), required=False, widget=DAY)

    def __init__(self, *args: Any, **options: Any) -> None:
        choices = options.pop("choices")
        super().__init__(*args, **options)
        offer(self, "account", [("", _("niemand")), *choices])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("account") and not said.get("agreed_on"):
            self.add_error("agreed_on", _("Wann wurde das vereinbart?"))
        return said


Milestones = formset_factory(MilestoneForm, extra=2)
Partners = formset_factory(PartnerForm, extra=2)


def Offices(*args: Any, **options: Any) -> Any:  # noqa: N802 - stands beside the other sets of lines
    """The lines of departments, with those that exist on offer."""
    return _offering(OfficeForm, departments_choices(), args, options)


def Team(*args: Any, **options: Any) -> Any:  # noqa: N802 - as above
    """The lines of the project team."""
    return _offering(TeamForm, accounts_choices(), args, options)


def access_formset(*args: Any, choices: list[tuple[int, str]], **options: Any) -> Any:
    """The lines of partners with accounts."""
    return _offering(PartnerAccessForm, choices, args, options)


def _offering(form: type[forms.Form], choices: list[Any], args: Any, options: Any) -> Any:
    made = formset_factory(form, extra=2)
    return made(*args, **{**options, "form_kwargs": {"choices": choices}})
