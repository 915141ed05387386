"""What a catalogue says of a dataset, as plain values to show, to find and to fill in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Description(models.Model):
    """The fields of DCAT-AP.de that people read and fill in; what a source said beside them lies in its entry.

    Days stand twice: as a day to reckon with, and as the source says it ("2021-03", an instant with its fraction).
    `themes` and `keywords` are lists of texts, themes by their codes in the EU's list; `gaps` is what keeps the
    dataset, or a part of it, out of the export, as [code, kind of part, title]: written whenever it is described.
    """

    identifier = models.CharField(_("Kennung beim Herausgeber"), max_length=500, blank=True)
    publisher_name = models.CharField(_("Veröffentlicht von"), max_length=300, blank=True)
    creator_name = models.CharField(_("Erstellt von"), max_length=300, blank=True)
    contact_name = models.CharField(_("Ansprechstelle"), max_length=300, blank=True)
    contact_email = models.CharField(_("E-Mail der Ansprechstelle"), max_length=300, blank=True)
    contact_url = models.CharField(_("Internetseite der Ansprechstelle"), max_length=1000, blank=True)
    contact_phone = models.CharField(_("Telefon der Ansprechstelle"), max_length=60, blank=True)
    themes = models.JSONField(_("Themen"), default=list, blank=True)
    keywords = models.JSONField(_("Schlagwörter"), default=list, blank=True)
    rhythm = models.CharField(_("Rhythmus"), max_length=40, blank=True)
    issued_on = models.DateField(_("Zuerst veröffentlicht am"), null=True, blank=True)
    issued_words = models.CharField(max_length=80, blank=True)
    modified_on = models.DateField(_("Zuletzt geändert am"), null=True, blank=True)
    modified_words = models.CharField(max_length=80, blank=True)
    begins_on = models.DateField(_("Daten von"), null=True, blank=True)
    ends_on = models.DateField(_("Daten bis"), null=True, blank=True)
    place_words = models.CharField(_("Räumlicher Bezug"), max_length=500, blank=True)
    place_addresses = models.JSONField(_("Amtliche Schlüssel des Gebiets"), default=list, blank=True)
    political_level = models.CharField(_("Verwaltungsebene"), max_length=40, blank=True)
    access_rights = models.CharField(_("Zugang"), max_length=40, blank=True)
    landing_page = models.CharField(_("Internetseite zu den Daten"), max_length=1000, blank=True)
    edition = models.CharField(_("Fassung der Daten"), max_length=80, blank=True)
    contributor_id = models.CharField(_("Kennung des Datenbereitstellers"), max_length=300, blank=True)
    legal_basis = models.TextField(_("Rechtsgrundlage oder Herkunft"), blank=True)
    gaps = models.JSONField(default=list, blank=True, editable=False)
    is_complete = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True
