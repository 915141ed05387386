"""A council system: where it is, and how it is read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm
from dreiklang.papers.queries.sources import SourceLine
from dreiklang.papers.services.sync import SourceDraft


class SourceForm(KeptForm):
    """Name, address and how to read it."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("So heißt die Quelle hier."))
    address = forms.CharField(
        label=_("Adresse oder Ordner"),
        max_length=500,
        help_text=_(
            "Die Adresse des OParl-Systems oder einer Körperschaft. Oder ein Ordner auf dem Server mit JSON-Dateien."
        ),
    )
    is_active = forms.BooleanField(
        label=_("Jede Nacht abgleichen"), required=False, help_text=_("Gefragt wird nur nach Änderungen.")
    )
    with_persons = forms.BooleanField(
        label=_("Personen übernehmen"),
        required=False,
        help_text=_("Ohne Haken werden Angaben zu Personen weder gelesen noch aufbewahrt."),
    )

    def draft(self, *, vendor: str = "") -> SourceDraft:
        """What was entered."""
        return SourceDraft(vendor=vendor, **self.values())


def entered(line: SourceLine) -> dict[str, Any]:
    """The source as the form's initial values."""
    names = ("name", "address", "is_active", "with_persons", "version")
    return {name: getattr(line, name) for name in names}
