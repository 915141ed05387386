"""Catalogues of data: those of others that are read here, what they said word for word, and how the city's own is called."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.monitoring.models.sources import Dataset, Provider
from dreiklang.monitoring.rules.harvests import HarvestState

HARVEST_STATE_LABELS = {
    HarvestState.NEVER: _("noch nie abgerufen"),
    HarvestState.RUNNING: _("wird gerade abgerufen"),
    HarvestState.DONE: _("vollständig abgerufen"),
    HarvestState.BROKEN_OFF: _("abgebrochen"),
}


@tracked(exclude=("pages", "progress", "state", "harvested_at"))
class Catalogue(Kept):
    """A catalogue that is read: DCAT-AP.de page by page, or CKAN.

    address     where it is; a file that was read by hand has its name here
    is_ours     its datasets are the city's own: they go out again with ours, under their own names
    pages       by address: the tags of the last answers, so that an unchanged catalogue is not sent again
    statements  what it says of itself, its services and whatever belongs to no dataset, word for word
    """

    provider = models.OneToOneField(Provider, on_delete=models.PROTECT, related_name="catalogue")
    title = models.CharField(_("Name"), max_length=300)
    description = models.TextField(_("Beschreibung"), blank=True)
    publisher_name = models.CharField(_("Veröffentlicht von"), max_length=300, blank=True)
    homepage = models.CharField(_("Internetseite"), max_length=1000, blank=True)
    address = models.CharField(_("Adresse des Katalogs"), max_length=1000, unique=True)
    is_ours = models.BooleanField(_("Das sind Daten unserer Stadt"), default=False)
    is_active = models.BooleanField(_("Jeden Tag abrufen"), default=False)
    state = models.CharField(
        max_length=12, choices=list(HARVEST_STATE_LABELS.items()), default=HarvestState.NEVER
    )
    harvested_at = models.DateTimeField(_("Zuletzt vollständig abgerufen"), null=True, blank=True)
    pages = models.JSONField(default=dict, blank=True, editable=False)
    progress = models.JSONField(default=dict, blank=True, editable=False)
    statements = models.JSONField(default=list, blank=True, editable=False)

    def __str__(self) -> str:
        return self.title


@tracked(exclude=("seen_at",))
class CatalogueEntry(models.Model):
    """What a catalogue says of a dataset, whole and as DCAT-AP.de 3.0 says it: nothing of it is lost.

    statements     the dataset and everything named that belongs to it, as triples in JSON
    as_written     what reads otherwise in 3.0: [line of the table, predicate, words of the source]
    missing_since  when the catalogue did not name it any more; it stays here
    """

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="entries")
    dataset = models.OneToOneField(Dataset, on_delete=models.PROTECT, related_name="entry")
    iri = models.CharField(max_length=1000)
    statements = models.JSONField(default=list)
    as_written = models.JSONField(default=list)
    seen_at = models.DateTimeField()
    missing_since = models.DateTimeField(
        _("Beim Herausgeber nicht mehr gefunden seit"), null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "iri"], name="catalogue_entry_once"),
            models.CheckConstraint(condition=~Q(iri=""), name="catalogue_entry_has_a_name"),
        ]


@tracked()
class Resource(models.Model):
    """One form in which a dataset can be had: a file or a service, with its licence."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="resources")
    position = models.PositiveIntegerField()
    iri = models.CharField(max_length=2000, blank=True)
    title = models.CharField(_("Name"), max_length=500, blank=True)
    description = models.TextField(_("Beschreibung"), blank=True)
    access_url = models.CharField(_("Adresse"), max_length=2000, blank=True)
    download_url = models.CharField(_("Adresse zum Herunterladen"), max_length=2000, blank=True)
    format = models.CharField(_("Format"), max_length=80, blank=True)
    media_type = models.CharField(_("Medientyp"), max_length=120, blank=True)
    byte_size = models.BigIntegerField(_("Größe in Byte"), null=True, blank=True)
    checksum = models.CharField(_("Prüfsumme"), max_length=200, blank=True)
    # A code of the list of licences; what no list knows stands in words (an address counts as words).
    licence = models.CharField(_("Lizenz"), max_length=80, blank=True)
    licence_words = models.CharField(_("Lizenz in Worten"), max_length=500, blank=True)
    attribution = models.CharField(_("Quellenangabe"), max_length=500, blank=True)
    availability = models.CharField(_("Wie lange verfügbar"), max_length=40, blank=True)
    status = models.CharField(_("Stand"), max_length=40, blank=True)
    issued_words = models.CharField(_("Veröffentlicht"), max_length=80, blank=True)
    modified_words = models.CharField(_("Geändert"), max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "position"],
                name="resource_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(byte_size=None) | Q(byte_size__gte=0), name="resource_size_not_negative"
            ),
        ]
        indexes = [
            models.Index(fields=["format"], name="resource_by_format"),
            models.Index(fields=["licence"], name="resource_by_licence"),
        ]


@tracked()
class OwnCatalogue(Kept):
    """How the city's own catalogue is called where it goes out, and who is asked about it. One row."""

    title = models.CharField(_("Titel"), max_length=300)
    description = models.TextField(_("Beschreibung"))
    publisher_name = models.CharField(_("Veröffentlicht von"), max_length=300)
    publisher_email = models.EmailField(_("E-Mail"), blank=True)
    publisher_homepage = models.URLField(_("Internetseite"), max_length=500, blank=True)
    contact_name = models.CharField(_("Ansprechstelle"), max_length=300, blank=True)
    contact_email = models.EmailField(_("E-Mail der Ansprechstelle"), blank=True)
    contact_url = models.URLField(_("Internetseite der Ansprechstelle"), max_length=500, blank=True)
    contributor_id = models.CharField(
        _("Kennung des Datenbereitstellers"),
        max_length=300,
        blank=True,
        help_text=_("Die Adresse, die GovData Ihrem Land oder Ihrer Stadt gegeben hat."),
    )
    is_only = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="own_catalogue_is_the_only_one")
        ]
