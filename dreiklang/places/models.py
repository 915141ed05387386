"""The municipality and its spatial levels."""

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.core.geometry import BoundsField, GeometryField
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import SortKey
from dreiklang.places.rules import MapKind, MapRole, State

STATE_LABELS = {
    State.BW: _("Baden-Württemberg"),
    State.BY: _("Bayern"),
    State.BE: _("Berlin"),
    State.BB: _("Brandenburg"),
    State.HB: _("Bremen"),
    State.HH: _("Hamburg"),
    State.HE: _("Hessen"),
    State.MV: _("Mecklenburg-Vorpommern"),
    State.NI: _("Niedersachsen"),
    State.NW: _("Nordrhein-Westfalen"),
    State.RP: _("Rheinland-Pfalz"),
    State.SL: _("Saarland"),
    State.SN: _("Sachsen"),
    State.ST: _("Sachsen-Anhalt"),
    State.SH: _("Schleswig-Holstein"),
    State.TH: _("Thüringen"),
}


@tracked(exclude=("arms_image",))
class Municipality(Kept):
    """The one municipality of this database."""

    name = models.CharField(_("Name der Stadt"), max_length=120)
    subtitle = models.CharField(
        _("Unterzeile"), max_length=120, blank=True, default="Stadtentwicklung im Überblick"
    )
    framework_name = models.CharField(
        _("Name des Konzepts"), max_length=120, blank=True, help_text=_("Zum Beispiel INSEK 2035")
    )
    ags = models.CharField(
        _("Amtlicher Gemeindeschlüssel (AGS)"),
        max_length=8,
        blank=True,
        validators=[
            RegexValidator(r"^\d{8}$", "Der Schlüssel hat acht Ziffern, eine führende Null gehört dazu.")
        ],
    )
    state = models.CharField(_("Land"), max_length=2, choices=list(STATE_LABELS.items()), blank=True)
    accent = models.CharField(
        _("Akzentfarbe"), max_length=7, default="#0b5560", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )
    arms_image = models.BinaryField(_("Wappen"), null=True, blank=True)
    arms_type = models.CharField(max_length=40, blank=True)
    imprint = models.TextField(_("Impressum"), blank=True)
    privacy_notice = models.TextField(_("Datenschutzhinweise"), blank=True)
    accessibility_statement = models.TextField(_("Erklärung zur Barrierefreiheit"), blank=True)
    easy_language = models.TextField(_("Leichte Sprache"), blank=True)
    feedback_email = models.EmailField(_("Adresse für Rückmeldungen"), blank=True)
    # Sites that may show the map in a frame, one address a line: * is every site, nothing is none.
    embedders = models.TextField(_("Wer die Karte einbetten darf"), blank=True, default="*")
    is_demo = models.BooleanField(_("Erfundene Stadt zur Vorführung"), default=False)
    setup_skipped = models.JSONField(_("Übersprungene Schritte der Einrichtung"), default=list)
    setup_done_at = models.DateTimeField(null=True, blank=True)
    is_only = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_only"], name="one_municipality_per_database"),
            models.CheckConstraint(condition=Q(is_only=True), name="municipality_is_the_only_one"),
            models.CheckConstraint(
                condition=Q(ags="") | Q(ags__regex=r"^\d{8}$"), name="municipality_ags_has_8_digits"
            ),
        ]

    @property
    def arms_url(self) -> str:
        """Where the arms are: the city's own picture, in the demo the invented one, else empty."""
        if self.arms_type:
            # The version makes the address new with every change, so browsers may keep the picture.
            return f"{reverse('places:arms')}?v={self.version}"
        return static("ui/klarenbrueck.svg") if self.is_demo else ""


@tracked()
class SpatialLevel(Kept):
    """A level of areas: the city, districts, planning areas, any more."""

    key = models.SlugField(_("Kurzname"), max_length=40, unique=True)
    name = models.CharField(_("Ein Gebiet heißt"), max_length=80)
    plural = models.CharField(_("Mehrere heißen"), max_length=80)
    rank = models.PositiveSmallIntegerField(_("Reihenfolge"), default=1, help_text=_("0 ist die ganze Stadt"))

    def __str__(self) -> str:
        return self.plural


@tracked()
class Area(Kept):
    """One area of a level. `key` is text: leading zeros belong to it."""

    level = models.ForeignKey(SpatialLevel, on_delete=models.PROTECT, related_name="areas")
    key = models.CharField(_("Schlüssel"), max_length=40, blank=True)
    name = models.CharField(_("Name"), max_length=160)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    geometry = GeometryField(_("Fläche"), null=True, blank=True)
    bounds = BoundsField(of="geometry")
    is_ours = models.BooleanField(_("Gehört zur Stadt"), default=True)
    attribution = models.CharField(_("Quellenangabe"), max_length=300, blank=True)
    note = models.TextField(_("Weitere Angaben der Quelle"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "name"], name="area_name_once_per_level"),
            models.UniqueConstraint(
                fields=["level", "key"], condition=~Q(key=""), name="area_key_once_per_level"
            ),
        ]
        indexes = [
            GistIndex(fields=["bounds"], name="area_bounds"),
            GinIndex(OpClass(SortKey("name"), name="gin_trgm_ops"), name="area_parts"),
        ]

    def __str__(self) -> str:
        return self.name


KIND_LABELS = {MapKind.WMS: _("Kartenbilder (WMS)"), MapKind.WMTS: _("Kartenkacheln (WMTS)")}
ROLE_LABELS = {MapRole.BASE: _("Grundkarte"), MapRole.OVERLAY: _("Ebene über der Karte")}


@tracked(exclude=("checked_at",))
class MapService(Kept):
    """A map of somebody else that visitors' browsers fetch; kept only after it gave a picture."""

    kind = models.CharField(_("Art"), max_length=8, choices=list(KIND_LABELS.items()))
    role = models.CharField(_("Verwendung"), max_length=8, choices=list(ROLE_LABELS.items()))
    title = models.CharField(_("Name"), max_length=80)
    address = models.CharField(_("Adresse"), max_length=1000)
    # What a browser asks: of a WMTS it may be a template with {TileMatrix}, {TileRow}, {TileCol}.
    url = models.CharField(_("Adresse der Bilder"), max_length=1000)
    layers = models.JSONField(
        pgettext_lazy("Kartendienst", "Ebenen"), help_text=_("Die Namen, unter denen der Dienst sie führt")
    )
    crs = models.CharField(_("Koordinatensystem"), max_length=12)
    systems = models.JSONField(_("Angebotene Koordinatensysteme"), default=list)
    image_format = models.CharField(_("Bildformat"), max_length=40)
    # Of a WMS its version; of a WMTS style and grid. As the service said when it was last looked at.
    facts = models.JSONField(_("Angaben des Dienstes"), default=dict)
    # West, south, east, north in degrees, as the service said; empty if it did not.
    extent = models.JSONField(_("Ausdehnung"), default=list, blank=True)
    attribution = models.CharField(_("Quellenangabe"), max_length=300)
    attribution_url = models.CharField(_("Adresse zur Quellenangabe"), max_length=500, blank=True)
    min_zoom = models.PositiveSmallIntegerField(_("Sichtbar ab Zoomstufe"), null=True, blank=True)
    max_zoom = models.PositiveSmallIntegerField(_("Sichtbar bis Zoomstufe"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    is_active = models.BooleanField(_("Wird gezeigt"), default=True)
    checked_at = models.DateTimeField(_("Zuletzt geprüft"))
    # Empty as long as the last check found a picture; else the code of what was wrong, and what the service said.
    problem = models.CharField(_("Ergebnis der Prüfung"), max_length=40, blank=True)
    problem_value = models.CharField(_("Antwort des Dienstes"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "title"], name="map_service_title_once_per_role"),
            models.CheckConstraint(condition=~Q(attribution=""), name="map_service_names_its_source"),
            models.CheckConstraint(
                condition=Q(min_zoom__isnull=True)
                | Q(max_zoom__isnull=True)
                | Q(min_zoom__lte=models.F("max_zoom")),
                name="map_service_zoom_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title
