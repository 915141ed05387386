"""The forms of a committee: what it is called, and who sits in it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm
from dreiklang.people.models import COMMITTEE_KIND_LABELS, Committee
from dreiklang.people.queries import SeatLine
from dreiklang.people.rules import CommitteeKind
from dreiklang.people.services import CommitteeDraft

MEMBER, DEPUTY, NO_SEAT = "mitglied", "stellvertretung", "keiner"
SEATS = [(MEMBER, _("Mitglied")), (DEPUTY, _("Stellvertretung")), (NO_SEAT, _("kein Sitz"))]
# Words that stand where a key stands in addresses.
TAKEN_WORDS = frozenset({"neu", "export.csv"})


class CommitteeForm(KeptForm):
    """What a committee is called, what it is for, and until when it exists."""

    name = forms.CharField(label=_("Name"), max_length=300)
    key = forms.CharField(
        label=_("Kürzel"),
        max_length=40,
        help_text=_("So steht das Gremium in Listen und in der Adresse, zum Beispiel SBV."),
    )
    kind = forms.ChoiceField(label=_("Art"), choices=[(k.value, v) for k, v in COMMITTEE_KIND_LABELS.items()])
    ended_on = forms.DateField(
        label=_("Besteht bis"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Leer, solange es tagt. Sitzungen und Beschlüsse bleiben danach erhalten."),
    )

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].strip()
        if "/" in key:
            raise forms.ValidationError(_("Ein Kürzel enthält keinen Schrägstrich. Nehmen Sie einen Punkt."))
        if key.casefold() in TAKEN_WORDS or not key.strip("."):
            raise forms.ValidationError(
                _("Dieses Wort braucht die Anwendung selbst. Nehmen Sie ein anderes.")
            )
        return key

    def draft(self) -> CommitteeDraft:
        """The committee as typed."""
        said = self.cleaned_data
        return CommitteeDraft(
            key=said["key"],
            name=said["name"].strip(),
            kind=CommitteeKind(said["kind"]),
            ended_on=said["ended_on"],
        )


class SeatsForm(KeptForm):
    """Who sits in a committee: for each person member, deputy, or no seat."""

    def __init__(self, *args: Any, people: Sequence[SeatLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.ids = {f"platz-{one.account_id}": one.account_id for one in people}
        for one in people:
            self.fields[f"platz-{one.account_id}"] = forms.ChoiceField(
                label=one.name, help_text=one.email, choices=SEATS, widget=forms.RadioSelect
            )

    def chosen(self, seat: str) -> list[int]:
        """The ids of the accounts for which that was chosen."""
        return [pk for name, pk in self.ids.items() if self.cleaned_data[name] == seat]


def committee_values(committee: Committee) -> dict[str, Any]:
    """A committee as the form's initial values."""
    names = ("name", "key", "kind", "ended_on", "version")
    return {name: getattr(committee, name) for name in names}


def seat_values(people: Sequence[SeatLine]) -> dict[str, str]:
    """Who sits where as the form's initial values."""
    words = {True: DEPUTY, False: MEMBER, None: NO_SEAT}
    return {f"platz-{one.account_id}": words[one.is_deputy] for one in people}
