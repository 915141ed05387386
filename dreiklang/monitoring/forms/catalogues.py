"""Forms of catalogues: those of others that are read, and how the city's own is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm
from dreiklang.monitoring.models import OwnCatalogue
from dreiklang.monitoring.queries.catalogue_sources import CatalogueLine
from dreiklang.monitoring.services.catalogues import CatalogueDraft, OwnDraft


class CatalogueForm(KeptForm):
    """A catalogue of others, or of our own portal."""

    title = forms.CharField(label=_("Name"), max_length=300, help_text=_("So heißt der Katalog hier."))
    address = forms.CharField(
        label=_("Adresse des Katalogs"),
        max_length=1000,
        help_text=_(
            "DCAT-AP.de als RDF/XML, Turtle oder JSON-LD, auch über mehrere Seiten. "
            "Oder die Suche eines CKAN-Portals, sie endet auf package_search."
        ),
    )
    is_ours = forms.BooleanField(
        label=_("Das sind Daten unserer Stadt"),
        required=False,
        help_text=_("Dann gehen sie mit unserem Datenkatalog unter ihrem eigenen Namen wieder hinaus."),
    )
    is_active = forms.BooleanField(
        label=_("Jeden Tag abrufen"),
        required=False,
        help_text=_("Meldet der Server nichts Neues, wird nichts übertragen."),
    )

    def draft(self) -> CatalogueDraft:
        """What was entered."""
        return CatalogueDraft(**self.values())


class OwnCatalogueForm(KeptForm):
    """How the city's own catalogue is called."""

    title = forms.CharField(label=_("Titel"), max_length=300)
    description = forms.CharField(label=_("Beschreibung"), widget=forms.Textarea(attrs={"rows": 4}))
    publisher_name = forms.CharField(label=_("Veröffentlicht von"), max_length=300)
    publisher_email = forms.EmailField(label=_("E-Mail"), required=False)
    publisher_homepage = forms.URLField(
        label=_("Internetseite"), max_length=500, required=False, assume_scheme="https"
    )
    contact_name = forms.CharField(label=_("Ansprechstelle"), max_length=300, required=False)
    contact_email = forms.EmailField(label=_("E-Mail der Ansprechstelle"), required=False)
    contact_url = forms.URLField(
        label=_("Internetseite der Ansprechstelle"), max_length=500, required=False, assume_scheme="https"
    )
    contributor_id = forms.URLField(
        label=_("Kennung des Datenbereitstellers"),
        max_length=300,
        required=False,
        assume_scheme="http",
        help_text=_("Die Adresse, die GovData Ihrem Land oder Ihrer Stadt gegeben hat."),
    )

    def draft(self) -> OwnDraft:
        """What was entered."""
        return OwnDraft(**self.values())


def entered_catalogue(line: CatalogueLine) -> dict[str, Any]:
    """A catalogue as the form's initial values."""
    return {name: getattr(line, name) for name in ("title", "address", "is_ours", "is_active", "version")}


def entered_own(own: OwnCatalogue | None, *, city: str) -> dict[str, Any]:
    """The own catalogue as initial values; at first what the city's name gives."""
    if own is None:
        title = _("Datenkatalog der Stadt %(city)s") % {"city": city}
        return {"title": title, "publisher_name": city, "version": 0}
    return {name: getattr(own, name) for name in OwnCatalogueForm.base_fields}
