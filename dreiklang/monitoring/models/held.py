"""What deliveries said that does not stand in the table of values: it has no force, or stands there already."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreiklang.monitoring.models.labels import MARK_MEANING_LABELS, VALUE_KIND_LABELS
from dreiklang.monitoring.models.regions import Region
from dreiklang.monitoring.models.sources import Breakdown, Delivery, Quantity
from dreiklang.monitoring.rules.values import ValueKind


class HeldValue(models.Model):
    """One value of a delivery that nobody counts on yet, or any longer; fields as in Observation.

    Its delivery waits, was sent back or withdrawn, or a later one names another value.

    They lie apart, so that a value in force stays in force until the other one is released, and that no list, export
    or answer has to leave them out. A small count stands here as a number: who reads them is written in a test.

    Without history of its own: rows come and go with what happens to deliveries, and these tell of it.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="held")
    quantity = models.ForeignKey(Quantity, on_delete=models.PROTECT, related_name="+", db_index=False)
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
    row = models.PositiveIntegerField(_("Zeile"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "delivery",
                    "quantity",
                    "region",
                    "breakdown",
                    "ends_on",
                    "starts_on",
                    "kind",
                    "scenario",
                ],
                name="held_value_once_per_delivery",
            )
        ]


class Confirmation(models.Model):
    """The values a delivery found as they were: it says the same as these observations.

    So they stay when the delivery that brought them is withdrawn. A row for each quantity, because an official table
    comes again and again with ten thousands of values that nobody changed.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="confirmed", db_index=False)
    quantity = models.ForeignKey(Quantity, on_delete=models.PROTECT, related_name="+")
    observation_ids = ArrayField(models.BigIntegerField(), verbose_name=_("Bestätigte Werte"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "quantity"], name="confirmed_once_per_delivery")
        ]
