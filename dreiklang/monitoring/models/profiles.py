"""By what districts are told to be alike: chosen by people, never by the software."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.monitoring.models.indicators import Indicator
from dreiklang.monitoring.rules.comparison import MOST_TRAITS


@watched
@tracked()
class DistrictTrait(models.Model):
    """One indicator by which districts are compared (Vergleichsmerkmal): a rate or a share, never a count."""

    indicator = models.OneToOneField(
        Indicator, on_delete=models.CASCADE, related_name="trait", verbose_name=_("Indikator")
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), unique=True)

    class Meta:
        constraints = [
            # More of them would only measure the same thing twice.
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_TRAITS), name="few_district_traits"
            )
        ]
