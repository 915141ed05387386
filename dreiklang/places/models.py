"""The municipality and its spatial levels."""

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from dreiklang.core.geometry import BoundsField, GeometryField
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import SortKey
from dreiklang.places.rules import State

STATE_LABELS = {
    State.BW: "Baden-Württemberg",
    State.BY: "Bayern",
    State.BE: "Berlin",
    State.BB: "Brandenburg",
    State.HB: "Bremen",
    State.HH: "Hamburg",
    State.HE: "Hessen",
    State.MV: "Mecklenburg-Vorpommern",
    State.NI: "Niedersachsen",
    State.NW: "Nordrhein-Westfalen",
    State.RP: "Rheinland-Pfalz",
    State.SL: "Saarland",
    State.SN: "Sachsen",
    State.ST: "Sachsen-Anhalt",
    State.SH: "Schleswig-Holstein",
    State.TH: "Thüringen",
}


@tracked(exclude=("arms_image",))
class Municipality(Kept):
    """The one municipality of this database."""

    name = models.CharField("Name der Stadt", max_length=120)
    subtitle = models.CharField(
        "Unterzeile", max_length=120, blank=True, default="Stadtentwicklung im Überblick"
    )
    framework_name = models.CharField(
        "Name des Konzepts", max_length=120, blank=True, help_text="Zum Beispiel INSEK 2035"
    )
    ags = models.CharField(
        "Amtlicher Gemeindeschlüssel (AGS)",
        max_length=8,
        blank=True,
        validators=[
            RegexValidator(r"^\d{8}$", "Der Schlüssel hat acht Ziffern, eine führende Null gehört dazu.")
        ],
    )
    state = models.CharField("Land", max_length=2, choices=list(STATE_LABELS.items()), blank=True)
    accent = models.CharField(
        "Akzentfarbe", max_length=7, default="#0b5560", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )
    arms_image = models.BinaryField("Wappen", null=True, blank=True)
    arms_type = models.CharField(max_length=40, blank=True)
    imprint = models.TextField("Impressum", blank=True)
    privacy_notice = models.TextField("Datenschutzhinweise", blank=True)
    accessibility_statement = models.TextField("Erklärung zur Barrierefreiheit", blank=True)
    easy_language = models.TextField("Leichte Sprache", blank=True)
    feedback_email = models.EmailField("Adresse für Rückmeldungen", blank=True)
    is_demo = models.BooleanField("Erfundene Stadt zur Vorführung", default=False)
    setup_skipped = models.JSONField("Übersprungene Schritte der Einrichtung", default=list)
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


@tracked()
class SpatialLevel(Kept):
    """A level of areas: the city, districts, planning areas, any more."""

    key = models.SlugField("Kurzname", max_length=40, unique=True)
    name = models.CharField("Ein Gebiet heißt", max_length=80)
    plural = models.CharField("Mehrere heißen", max_length=80)
    rank = models.PositiveSmallIntegerField("Reihenfolge", default=1, help_text="0 ist die ganze Stadt")

    def __str__(self) -> str:
        return self.plural


@tracked()
class Area(Kept):
    """One area of a level. `key` is text: leading zeros belong to it."""

    level = models.ForeignKey(SpatialLevel, on_delete=models.PROTECT, related_name="areas")
    key = models.CharField("Schlüssel", max_length=40, blank=True)
    name = models.CharField("Name", max_length=160)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    geometry = GeometryField("Fläche", null=True, blank=True)
    bounds = BoundsField(of="geometry")
    is_ours = models.BooleanField("Gehört zur Stadt", default=True)
    attribution = models.CharField("Quellenangabe", max_length=300, blank=True)
    note = models.TextField("Weitere Angaben der Quelle", blank=True)

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
