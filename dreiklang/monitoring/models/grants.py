"""Grant sheets: layouts that the city brought itself, and sheets as they were filled and sent."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.geometry import GeometryField
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept

YEARS = (1990, 2100)


@tracked()
class GrantLayout(Kept):
    """A layout of the city's own, as it was uploaded: YAML that `rules.sheets.layout_from` took without a complaint.

    An edition that was used stays; a newer one stands beside it.
    """

    key = models.CharField(_("Kurzname"), max_length=80)
    edition = models.CharField(_("Fassung"), max_length=80)
    title = models.CharField(_("Titel"), max_length=300)
    text = models.TextField(_("Vorlage (YAML)"))
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Von"), max_length=200, blank=True)
    ended_on = models.DateField(_("Nicht mehr benutzt seit"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "edition"], name="grant_layout_edition_once")]

    def __str__(self) -> str:
        return self.title


@tracked()
class GrantSheet(Kept):
    """A filled sheet of an area and a year. Once sent nothing in it changes any more.

    values   the whole sheet as `rules.kept_sheets.sheet_data` writes it: readable even when the layout is gone
    entries  what people filled in by hand, by the key of the row
    """

    layout_key = models.CharField(_("Vorlage"), max_length=80)
    layout_edition = models.CharField(_("Fassung"), max_length=80)
    title = models.CharField(_("Titel"), max_length=300)
    area = models.ForeignKey(
        "places.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Gebiet"),
    )
    area_words = models.CharField(_("Name des Gebietes"), max_length=200)
    geometry = GeometryField(_("Gezeichnetes Gebiet"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("Jahr"), validators=[MinValueValidator(YEARS[0]), MaxValueValidator(YEARS[1])]
    )
    department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Amt"),
    )
    values = models.JSONField(_("Werte"), default=dict)
    entries = models.JSONField(_("Von Hand"), default=dict)
    filled_at = models.DateTimeField(_("Gefüllt am"))
    sent_on = models.DateField(_("Abgegeben am"), null=True, blank=True)
    sent_to = models.CharField(_("Abgegeben an"), max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Von"), max_length=200, blank=True)

    class Meta:
        constraints = [
            # Drawn by somebody, or one of our areas.
            models.CheckConstraint(
                condition=Q(area__isnull=False) ^ Q(geometry__isnull=False), name="grant_sheet_has_one_place"
            ),
            models.CheckConstraint(
                condition=Q(year__gte=YEARS[0], year__lte=YEARS[1]), name="grant_sheet_year_makes_sense"
            ),
            models.CheckConstraint(
                condition=Q(sent_to="") | Q(sent_on__isnull=False), name="sent_grant_sheet_has_day"
            ),
        ]
        indexes = [models.Index(fields=["-filled_at", "-id"], name="grant_sheet_latest")]

    def __str__(self) -> str:
        return self.title
