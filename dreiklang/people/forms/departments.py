"""The form of a department."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm, offer
from dreiklang.people.forms.accounts import choice
from dreiklang.people.models import DEPARTMENT_KIND_LABELS
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import DepartmentKind
from dreiklang.people.services import DepartmentDraft


class DepartmentForm(KeptForm):
    """What a department is called, where it stands, who heads it."""

    key = forms.CharField(
        label=_("Kürzel"), max_length=40, help_text=_("So steht das Amt in Listen, zum Beispiel 61.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Art"), choices=[(k.value, v) for k, v in DEPARTMENT_KIND_LABELS.items()]
    )
    parent = choice(_("Übergeordnet"))
    head = choice(_("Leitung"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", [("", _("keines")), *departments_choices()])
        offer(self, "head", [("", _("noch niemand")), *accounts_choices()])

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].strip()
        if "/" in key:
            raise forms.ValidationError(_("Ein Kürzel enthält keinen Schrägstrich. Nehmen Sie einen Punkt."))
        return key

    def draft(self) -> DepartmentDraft:
        """The department as typed."""
        said = self.cleaned_data
        return DepartmentDraft(
            key=said["key"],
            name=said["name"].strip(),
            kind=DepartmentKind(said["kind"]),
            parent_id=said["parent"],
            head_id=said["head"],
        )
