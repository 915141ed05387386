"""What indicators have to do with: goals, future tasks, measures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.core.models import Kept
from dreiklang.goals.rules import LinkSign
from dreiklang.monitoring.models.indicators import Indicator

SIGN_LABELS = {LinkSign.SUPPORTS: _("verbessert"), LinkSign.HINDERS: _("verschlechtert")}


@watched
@tracked()
class IndicatorGoal(models.Model):
    """An indicator tells how far a goal is reached."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey("goals.Goal", on_delete=models.CASCADE, related_name="+")
    is_main = models.BooleanField(_("Leitindikator dieses Ziels"), default=False)
    reason = models.TextField(_("Warum"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "goal"], name="indicator_goal_once"),
            models.UniqueConstraint(
                fields=["goal"], condition=Q(is_main=True), name="goal_has_one_main_indicator"
            ),
        ]


@watched
@tracked()
class IndicatorTask(models.Model):
    """An indicator tells how a future task goes on."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey("goals.FutureTask", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "task"], name="indicator_task_once")]


@watched
@tracked()
class MeasureIndicator(Kept):
    """What a measure is expected to do to an indicator, and what was observed afterwards.

    expected_value  in the unit of the indicator, at the end of `expected_year`; with the basis of the estimate
    observed_value  what was seen, with its basis; nothing is reckoned from the indicator's own course
    """

    measure = models.ForeignKey("measures.Measure", on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measure_links")
    sign = models.CharField(
        _("Wirkung"), max_length=8, choices=list(SIGN_LABELS.items()), default=LinkSign.SUPPORTS
    )
    weight = models.PositiveSmallIntegerField(
        _("Gewicht"), default=1, help_text=_("1 gering, 2 deutlich, 3 stark")
    )
    expected_value = models.DecimalField(
        _("Erwartete Änderung"), max_digits=24, decimal_places=8, null=True, blank=True
    )
    expected_year = models.PositiveSmallIntegerField(_("Bis Ende"), null=True, blank=True)
    expected_basis = models.TextField(_("Grundlage der Erwartung"), blank=True)
    observed_value = models.DecimalField(
        _("Beobachtete Änderung"), max_digits=24, decimal_places=8, null=True, blank=True
    )
    observed_on = models.DateField(_("Beobachtet am"), null=True, blank=True)
    observed_basis = models.TextField(_("Grundlage der Beobachtung"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "indicator"], name="measure_indicator_once"),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=3), name="measure_indicator_weight_1_to_3"
            ),
            models.CheckConstraint(
                condition=Q(expected_value=None) | (Q(expected_year__isnull=False) & ~Q(expected_basis="")),
                name="expected_effect_has_year_and_basis",
            ),
            models.CheckConstraint(
                condition=Q(observed_value=None) | (Q(observed_on__isnull=False) & ~Q(observed_basis="")),
                name="observed_effect_has_day_and_basis",
            ),
        ]
