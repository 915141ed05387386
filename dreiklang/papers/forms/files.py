"""A file of a paper: uploaded, named, published."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.papers.models import CouncilFile
from dreiklang.papers.models.labels import FILE_ROLE_LABELS
from dreiklang.papers.rules.kinds import FileRole
from dreiklang.papers.services.papers import HAND_ROLES, UPLOADED, NewFile


class FileForm(forms.Form):
    """What is said of a file that is there."""

    name = forms.CharField(label=_("Bezeichnung"), max_length=600)
    role = forms.ChoiceField(
        label=_("Die Datei ist"), choices=[(one, FILE_ROLE_LABELS[one]) for one in HAND_ROLES]
    )
    is_public = forms.BooleanField(
        label=_("Öffentlich"),
        required=False,
        help_text=_(
            "Alle können sie öffnen, sobald auch die Vorlage öffentlich ist. Sonst bleibt sie intern."
        ),
    )

    def values(self) -> dict[str, Any]:
        """What was entered, as `change_file` takes it."""
        return {**self.cleaned_data, "role": FileRole(self.cleaned_data["role"])}


class NewFileForm(FileForm):
    """A file to upload."""

    file = forms.FileField(
        label=_("Datei"),
        help_text=_("PDF oder DOCX, höchstens 25 MB"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx"}),
        max_length=255,
        allow_empty_file=True,  # reading says better what is wrong
    )
    field_order = ("file", "name", "role", "is_public")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].required = False
        self.fields["name"].help_text = _("Leer: wie die Datei heißt")

    def upload(self) -> NewFile:
        """The file with what was said of it. Never more than one byte over the limit is read."""
        file = self.cleaned_data["file"]
        said = self.values()
        del said["file"]
        return NewFile(file_name=file.name, content=file.read(UPLOADED.size + 1), **said)


def file_values(file: CouncilFile) -> dict[str, Any]:
    """A file as the form's initial values."""
    return {"name": file.name, "role": file.role, "is_public": file.is_public}
