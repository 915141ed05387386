"""Forms of places."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm
from dreiklang.places.models import STATE_LABELS, Municipality
from dreiklang.places.rules.arms import MOST_BYTES, arms_type
from dreiklang.places.services import SETTINGS


class MunicipalityForm(KeptForm):
    """Who we are: name, keys, colour, and the texts every public site needs."""

    name = forms.CharField(label=_("Name der Stadt"), max_length=120)
    subtitle = forms.CharField(label=_("Unterzeile"), max_length=120, required=False)
    framework_name = forms.CharField(
        label=_("Name des Konzepts"), max_length=120, required=False, help_text=_("Zum Beispiel INSEK 2035.")
    )
    ags = forms.CharField(
        label=_("Amtlicher Gemeindeschlüssel (AGS)"),
        required=False,
        help_text=_("Acht Ziffern, eine führende Null gehört dazu."),
        validators=[RegexValidator(r"^\d{8}$", _("Der Schlüssel hat genau acht Ziffern."))],
    )
    state = forms.ChoiceField(
        label=_("Land"),
        required=False,
        choices=[("", "–"), *STATE_LABELS.items()],
        help_text=_("Bestimmt die Feiertage, nach denen Arbeitstage zählen."),
    )
    accent = forms.CharField(
        label=_("Akzentfarbe"),
        help_text=_("Wird bei Bedarf so weit abgedunkelt, dass Text darauf lesbar bleibt."),
        widget=forms.TextInput(attrs={"type": "color"}),
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Eine Farbe sieht aus wie #0b5560."))],
    )
    feedback_email = forms.EmailField(label=_("Adresse für Rückmeldungen"), required=False)
    arms = forms.FileField(
        label=_("Wappen"),
        required=False,
        help_text=_("PNG oder JPEG, höchstens 200 Kilobyte. Steht oben links auf jeder Seite."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
    without_arms = forms.BooleanField(label=_("Kein eigenes Wappen zeigen"), required=False)
    imprint = forms.CharField(label=_("Impressum"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    privacy_notice = forms.CharField(
        label=_("Datenschutzhinweise"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    accessibility_statement = forms.CharField(
        label=_("Erklärung zur Barrierefreiheit"), required=False, widget=forms.Textarea
    )
    easy_language = forms.CharField(
        label=_("Leichte Sprache"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean_arms(self) -> bytes:
        """The bytes of the picture; empty if none was chosen."""
        file = self.cleaned_data["arms"]
        if not file:
            return b""
        content = file.read(MOST_BYTES + 1)
        if not arms_type(content):
            raise forms.ValidationError(_("Bitte wählen Sie ein PNG oder JPEG mit höchstens 200 Kilobyte."))
        return bytes(content)

    def values(self) -> dict[str, Any]:
        """What was entered; `arms` only if a picture was chosen (its bytes) or taken away (empty)."""
        found = super().values()
        without, content = found.pop("without_arms"), found.pop("arms")
        return found | ({"arms": b""} if without else {"arms": content} if content else {})

    def in_words(self, values: Mapping[str, Any]) -> dict[str, str]:
        """As elsewhere, but without the picture: bytes are no words."""
        picture = {str(self.fields[name].label) for name in ("arms", "without_arms")}
        words = super().in_words(values)
        return {label: said for label, said in words.items() if label not in picture}


def municipality_values(city: Municipality) -> dict[str, Any]:
    """The settings as the form's initial values."""
    values = {name: getattr(city, name) for name in SETTINGS}
    return values | {"version": city.version if city.pk else 0}


class LevelForm(forms.Form):
    """A spatial level; the same short name changes the level that is there."""

    name = forms.CharField(label=_("Ein Gebiet heißt"), max_length=80, help_text=_("Zum Beispiel Stadtteil."))
    plural = forms.CharField(label=_("Mehrere heißen"), max_length=80)
    rank = forms.IntegerField(
        label=_("Reihenfolge"), min_value=0, max_value=99, initial=1, help_text=_("0 ist die ganze Stadt.")
    )
    key = forms.SlugField(
        label=_("Kurzname"), max_length=40, required=False, help_text=_("Leer: aus dem Namen gebildet.")
    )
