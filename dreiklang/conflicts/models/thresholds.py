"""From which size on something is worth a look."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.models import Kept


@tracked()
class Thresholds(Kept):
    """From which size on something is worth a look. One row in force; its history says who changed what."""

    is_only = models.BooleanField(default=True, editable=False, unique=True)
    least_area_m2 = models.PositiveIntegerField(
        _("Gemeinsame Fläche ab (m²)"),
        default=200,
        help_text=_("Kleinere Überlappungen gelten als ungenaue Grenzen."),
    )
    least_area_share = models.FloatField(
        _("und ab diesem Anteil der kleineren Fläche"), default=0.02, help_text=_("0,02 sind 2 Prozent.")
    )
    least_days = models.PositiveIntegerField(_("Gemeinsame Zeit ab (Tage)"), default=14)
    near_months = models.PositiveSmallIntegerField(
        _("Nacheinander bis (Monate)"),
        default=24,
        help_text=_("Wer kurz nacheinander am selben Ort baut, könnte es zusammen tun."),
    )
    least_effect_weight = models.PositiveSmallIntegerField(_("Wirkung ab Gewicht"), default=2)
    least_nearness = models.FloatField(_("Inhaltliche Nähe ab"), default=0.6)
    least_strength = models.FloatField(_("In der Liste ab Stärke"), default=0.2)
    basis = models.TextField(_("Grundlage"), blank=True, help_text=_("Warum diese Werte gelten"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="thresholds_are_the_only_ones"),
            models.CheckConstraint(
                condition=Q(least_area_share__gte=0, least_area_share__lte=1), name="area_share_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(least_nearness__gte=0, least_nearness__lte=1), name="nearness_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(least_strength__gte=0, least_strength__lte=1), name="strength_0_to_1"
            ),
        ]
