"""The values: about a million rows, so every column and index is weighed."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked_in_bulk
from dreiklang.core.kept import watched
from dreiklang.monitoring.models.labels import MARK_MEANING_LABELS, RELEASE_LABELS, VALUE_KIND_LABELS
from dreiklang.monitoring.models.regions import Region
from dreiklang.monitoring.models.sources import Breakdown, Delivery, Quantity
from dreiklang.monitoring.rules.values import ReleaseState, ValueKind

HIDDEN = (ReleaseState.SUPPRESSED, ReleaseState.SUPPRESSED_SECONDARY)


@watched
@tracked_in_bulk()
class Observation(models.Model):
    """One value (Messwert) of one quantity, region, breakdown and period, with its official sign.

    value      exact as delivered, in the unit of its quantity; None where a sign stands for it or it is hidden
    mark       the sign as delivered ("-", ".", "/", "p"), also beside a number; `meaning` by the legend of its source
    words      the cell word for word, where value, mark and decimals alone would not give it back
    delivery   who brought it, when and why: the history of its arrival; later changes are kept by triggers
    row        its row in the delivered file
    """

    quantity = models.ForeignKey(
        Quantity, on_delete=models.PROTECT, related_name="observations", db_index=False
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    breakdown = models.ForeignKey(Breakdown, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(
        _("Art"), max_length=8, choices=list(VALUE_KIND_LABELS.items()), default=ValueKind.ACTUAL
    )
    scenario = models.CharField(_("Szenario"), max_length=80, blank=True)
    made_on = models.DateField(_("Vorausberechnet am"), null=True, blank=True)
    starts_on = models.DateField(_("Von"))
    ends_on = models.DateField(_("Bis"))
    time_code = models.CharField(_("Zeitangabe der Quelle"), max_length=12, blank=True)
    value = models.DecimalField(_("Wert"), max_digits=24, decimal_places=8, null=True, blank=True)
    mark = models.CharField(_("Zeichen"), max_length=12, blank=True)
    meaning = models.CharField(
        _("Bedeutung"), max_length=16, choices=list(MARK_MEANING_LABELS.items()), blank=True
    )
    words = models.CharField(_("Wortlaut"), max_length=80, blank=True)
    state = models.CharField(
        _("Freigabe"), max_length=20, choices=list(RELEASE_LABELS.items()), default=ReleaseState.RELEASED
    )
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="observations", db_index=False
    )
    row = models.PositiveIntegerField(_("Zeile"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quantity", "region", "breakdown", "ends_on", "starts_on", "kind", "scenario"],
                name="observation_once",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False)
                | ~Q(mark="")
                | Q(state__in=(*HIDDEN, ReleaseState.WITHDRAWN)),
                name="observation_says_something",
            ),
            # What is hidden lies in a table of its own, so that no other way leads to it.
            models.CheckConstraint(
                condition=~Q(state__in=HIDDEN) | Q(value=None), name="hidden_observation_has_no_value"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HIDDEN) | Q(words=""), name="hidden_observation_has_no_words"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="observation_period_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ValueKind.FORECAST) | (~Q(scenario="") & Q(made_on__isnull=False)),
                name="forecast_has_scenario_and_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["quantity", "breakdown", "ends_on", "region"],
                include=["value", "mark"],
                condition=Q(state=ReleaseState.RELEASED),
                name="observation_of_a_day",
            ),
            BrinIndex(fields=["delivery"], name="observation_of_delivery"),
        ]


@tracked_in_bulk()
class ConfidentialValue(models.Model):
    """A small count behind a hidden observation: for the statistics office alone (queries.confidential).

    words       the cell word for word, as in an open observation
    """

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, primary_key=True, related_name="confidential"
    )
    value = models.DecimalField(max_digits=24, decimal_places=8)
    words = models.CharField(max_length=80, blank=True)
