"""What values are about: areas of this city, and all those of official statistics."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked_in_bulk
from dreiklang.monitoring.models.labels import REGION_LEVEL_LABELS
from dreiklang.monitoring.rules.values import RegionLevel


@tracked_in_bulk()
class Region(models.Model):
    """A region by its key, always text: AGS for municipalities, 2, 3 or 5 digits above, "DG" for the nation.

    A dissolved region stays with its own key (14161 beside 14511). Areas of this city hang on `area`.
    """

    level = models.CharField(_("Ebene"), max_length=12, choices=list(REGION_LEVEL_LABELS.items()))
    key = models.CharField(_("Schlüssel"), max_length=80)
    ars = models.CharField(_("Regionalschlüssel (ARS)"), max_length=12, blank=True)
    name = models.CharField(_("Name"), max_length=200)
    area = models.OneToOneField(
        "places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "key"], name="region_key_once_per_level"),
            models.CheckConstraint(
                condition=Q(area=None) | Q(level=RegionLevel.AREA), name="region_of_an_area_is_an_area"
            ),
            models.CheckConstraint(
                condition=Q(ars="") | Q(ars__regex=r"^\d{12}$"), name="region_ars_has_12_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.name
