"""Forms of the data catalogue: filters, datasets, resources."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.forms import KeptForm, day_input, offer
from dreiklang.monitoring.models import Dataset, Resource
from dreiklang.monitoring.models.labels import VISIBILITY_LABELS
from dreiklang.monitoring.queries.catalogue import CatalogueLists
from dreiklang.monitoring.queries.catalogue_words import ORIGIN_LABELS, list_choices, word_of
from dreiklang.monitoring.rules.catalogue import CatalogueFilter, DatasetOrigin
from dreiklang.monitoring.services.own_datasets import DESCRIBED, LOCAL
from dreiklang.people.queries import accounts_choices, departments_choices

ANY = [("", _("alle"))]
NONE = ("", "–")


class CatalogueFilterForm(forms.Form):
    """Keys of the address bar are words, never ids of the database."""

    q = forms.CharField(label=_("Text"), required=False)
    thema = forms.ChoiceField(label=_("Thema"), required=False)
    format = forms.ChoiceField(label=_("Format"), required=False)
    lizenz = forms.ChoiceField(label=_("Lizenz"), required=False)
    herausgeber = forms.ChoiceField(label=_("Veröffentlicht von"), required=False)
    herkunft = forms.ChoiceField(
        label=_("Herkunft"),
        required=False,
        choices=[*ANY, *[(one.value, label) for one, label in ORIGIN_LABELS.items()]],
    )
    stand = forms.ChoiceField(
        label=_("Aktualität"), required=False, choices=[*ANY, ("ueberfaellig", _("nur überfällige"))]
    )

    def __init__(self, *args: Any, lists: CatalogueLists, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "thema", [*ANY, *list_choices("themes")])
        offer(self, "format", [*ANY, *[(code, word_of("format", code)) for code in lists.formats]])
        offer(self, "lizenz", [*ANY, *[(code, word_of("licence", code)) for code in lists.licences]])
        offer(self, "herausgeber", [*ANY, *[(name, name) for name in lists.publishers]])

    def wanted(self) -> CatalogueFilter:
        """The filter; what cannot be chosen narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        origin = given.get("herkunft")
        return CatalogueFilter(
            text=given.get("q", "").strip()[:200],
            theme=given.get("thema", ""),
            licence=given.get("lizenz", ""),
            format=given.get("format", ""),
            publisher=given.get("herausgeber", ""),
            origin=DatasetOrigin(origin) if origin else None,
            only_overdue=given.get("stand") == "ueberfaellig",
        )


class LocalForm(KeptForm):
    """What the city says of a dataset, wherever it comes from."""

    department_id = forms.TypedChoiceField(
        label=_("Zuständiges Amt"), required=False, coerce=int, empty_value=None
    )
    responsible_id = forms.TypedChoiceField(
        label=_("Zuständig"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Auf der Fokusseite dieser Person steht der Datensatz, wenn er überfällig ist."),
    )
    next_due_on = forms.DateField(
        label=_("Nächster Stand bis"),
        required=False,
        widget=day_input(),
        help_text=_("Leer: Der Tag folgt aus dem Rhythmus und der letzten Änderung."),
    )
    quality_note = forms.CharField(
        label=_("Hinweise zur Güte"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Was man wissen muss, bevor man mit den Daten rechnet. Alle können es lesen."),
    )
    dash_is_zero = forms.BooleanField(
        label=_("Das Zeichen „-“ heißt in diesem Datensatz null"),
        required=False,
        help_text=_(
            "Nur ankreuzen, wenn die Zeichenerklärung der Quelle es so sagt und Sie nachgesehen haben."
        ),
    )
    visibility = forms.ChoiceField(label=_("Sichtbar"), choices=list(VISIBILITY_LABELS.items()))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "department_id", [NONE, *departments_choices()])
        offer(self, "responsible_id", [NONE, *accounts_choices()])


class DatasetForm(LocalForm):
    """A dataset described here."""

    field_order = ("version", *DESCRIBED, *LOCAL)

    title = forms.CharField(label=_("Titel"), max_length=500)
    description = forms.CharField(
        label=_("Beschreibung"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Was steht darin, und wie wurde es erhoben? Ohne Beschreibung geht der Datensatz nicht hinaus."
        ),
    )
    identifier = forms.CharField(
        label=_("Kennung"), max_length=500, required=False, help_text=_("Zum Beispiel ein Aktenzeichen")
    )
    publisher_name = forms.CharField(
        label=_("Veröffentlicht von"),
        max_length=300,
        required=False,
        help_text=_("Leer: die Stadt, wie sie beim eigenen Datenkatalog steht."),
    )
    contact_name = forms.CharField(label=_("Ansprechstelle"), max_length=300, required=False)
    contact_email = forms.EmailField(
        label=_("E-Mail der Ansprechstelle"),
        required=False,
        help_text=_("Eine Adresse des Amtes, keiner Person"),
    )
    contact_url = forms.URLField(
        label=_("Internetseite der Ansprechstelle"), required=False, max_length=1000, assume_scheme="https"
    )
    contact_phone = forms.CharField(label=_("Telefon der Ansprechstelle"), max_length=60, required=False)
    themes = forms.MultipleChoiceField(label=_("Themen"), required=False, widget=forms.CheckboxSelectMultiple)
    keywords = forms.CharField(
        label=_("Schlagwörter"), required=False, help_text=_("Durch Kommas getrennt"), max_length=2_000
    )
    rhythm = forms.ChoiceField(label=_("Rhythmus"), required=False)
    issued_on = forms.DateField(label=_("Zuerst veröffentlicht am"), required=False, widget=day_input())
    modified_on = forms.DateField(label=_("Zuletzt geändert am"), required=False, widget=day_input())
    begins_on = forms.DateField(label=_("Daten von"), required=False, widget=day_input())
    ends_on = forms.DateField(label=_("Daten bis"), required=False, widget=day_input())
    place_words = forms.CharField(
        label=_("Räumlicher Bezug"), max_length=500, required=False, help_text=_("Zum Beispiel: ganze Stadt")
    )
    political_level = forms.ChoiceField(label=_("Verwaltungsebene"), required=False)
    access_rights = forms.ChoiceField(label=_("Zugang"), required=False)
    landing_page = forms.URLField(
        label=_("Internetseite zu den Daten"), required=False, max_length=1000, assume_scheme="https"
    )
    edition = forms.CharField(label=_("Fassung der Daten"), max_length=80, required=False)
    legal_basis = forms.CharField(
        label=_("Rechtsgrundlage oder Herkunft"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_own = forms.BooleanField(
        label=_("Das ist ein Datensatz unserer Stadt"),
        required=False,
        help_text=_(
            "Eigene, öffentliche Datensätze gehen mit dem Datenkatalog der Stadt hinaus, zum Beispiel an GovData."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "themes", list_choices("themes"))
        for name in ("rhythm", "political_level", "access_rights"):
            offer(self, name, [NONE, *list_choices(name)])

    def clean_keywords(self) -> list[str]:
        """Each word once, in the order given."""
        words = [word.strip() for word in self.cleaned_data["keywords"].split(",")]
        return list(dict.fromkeys(word[:200] for word in words if word))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("begins_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("Das Ende liegt vor dem Beginn."))
        return given


class ResourceForm(KeptForm):
    """One form in which a dataset can be had."""

    title = forms.CharField(
        label=_("Name"),
        max_length=500,
        required=False,
        help_text=_("Zum Beispiel: Einwohnerzahlen 2025 als CSV"),
    )
    access_url = forms.URLField(
        label=_("Adresse"),
        max_length=2000,
        assume_scheme="https",
        help_text=_("Die Seite oder der Dienst, über den man an die Daten kommt."),
    )
    download_url = forms.URLField(
        label=_("Adresse zum Herunterladen"), max_length=2000, required=False, assume_scheme="https"
    )
    format = forms.ChoiceField(label=_("Format"), required=False)
    byte_size = forms.IntegerField(label=_("Größe in Byte"), required=False, min_value=0, max_value=10**15)
    licence = forms.ChoiceField(
        label=_("Lizenz"), required=False, help_text=_("Ohne Lizenz geht die Ressource nicht hinaus.")
    )
    licence_words = forms.CharField(label=_("Andere Lizenz in Worten"), max_length=500, required=False)
    attribution = forms.CharField(label=_("Quellenangabe"), max_length=500, required=False)
    availability = forms.ChoiceField(label=_("Wie lange verfügbar"), required=False)
    description = forms.CharField(
        label=_("Beschreibung"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("format", "licence", "availability"):
            offer(self, name, [NONE, *list_choices(name)])


def entered_dataset(record: Dataset) -> dict[str, Any]:
    """A dataset as the form's initial values."""
    values = {name: getattr(record, name) for name in (*DESCRIBED, *LOCAL, "version")}
    return {**values, "keywords": ", ".join(record.keywords)}


def entered_resource(record: Resource) -> dict[str, Any]:
    """A resource as the form's initial values."""
    return {name: getattr(record, name) for name in ResourceForm.base_fields if name != "version"}


def new_dataset(*, department_id: int | None, account_id: int | None) -> dict[str, Any]:
    """What a new dataset begins with."""
    return {
        "department_id": department_id,
        "responsible_id": account_id,
        "visibility": Visibility.INTERNAL,
        "is_own": True,
        "access_rights": "PUBLIC",
    }
