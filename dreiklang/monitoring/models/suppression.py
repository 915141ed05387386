"""When the statistics office hid small counts of an indicator, or showed them again, and why."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.monitoring.models.indicators import Indicator


@tracked()
class SuppressionChange(models.Model):
    """From this moment on counts below `below` are hidden (Geheimhaltung); None: none any longer. Never overwritten."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="suppression_changes")
    below = models.PositiveSmallIntegerField(_("Kleine Zahlen unter"), null=True)
    reason = models.TextField(_("Warum"))
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Von"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("Am"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="suppression_change_has_a_reason"),
            models.CheckConstraint(
                condition=Q(below=None) | Q(below__gte=2), name="suppression_hides_more_than_zero"
            ),
        ]
