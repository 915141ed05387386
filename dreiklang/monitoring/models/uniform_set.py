"""Rules of the uniform set: how many indicators a goal should have, and with which cities ours is compared."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.core.models import Kept
from dreiklang.monitoring.models.regions import Region

MOST_CITIES = 6


@watched
@tracked()
class SetSettings(Kept):
    """What the city decided about its set as a whole."""

    most_per_goal = models.PositiveSmallIntegerField(_("Höchstens je Ziel"), default=5)
    is_only = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_only"], name="one_set_of_set_settings"),
            models.CheckConstraint(
                condition=Q(most_per_goal__gte=1, most_per_goal__lte=50),
                name="goal_has_room_for_an_indicator",
            ),
        ]


@watched
@tracked()
class ComparedCity(models.Model):
    """Another city ours is set beside (Vergleichsstadt): chosen by people, as likeness is no reckoning."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("Stadt"))
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position__gte=1, position__lte=MOST_CITIES), name="few_compared_cities"
            )
        ]
