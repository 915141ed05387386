"""Reporting rounds with deadlines, their reminders, and the settings of reporting."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.measures.models.measure import Measure


@tracked()
class ReportingSettings(Kept):
    """The city's rules of reporting."""

    stale_after_days = models.PositiveSmallIntegerField(_("Ohne aktuellen Bericht nach … Tagen"), default=200)
    level_workdays = models.PositiveSmallIntegerField(
        _("Arbeitstage je Ebene"),
        default=5,
        help_text=_("So viel später ist die übergeordnete Maßnahme fällig"),
    )
    first_reminder_workdays = models.PositiveSmallIntegerField(
        _("Erinnerung … Arbeitstage vor der Frist"), default=5
    )
    escalation_workdays = models.PositiveSmallIntegerField(
        _("An die Leitung … Arbeitstage nach der Frist"), default=5
    )
    is_only = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["is_only"], name="one_set_of_reporting_settings")]


@tracked()
class Round(Kept):
    """A reporting round: from when, until when."""

    name = models.CharField(_("Name"), max_length=120, unique=True)
    opens_on = models.DateField(_("Beginn"))
    due_on = models.DateField(
        _("Frist"), help_text=_("Für Maßnahmen ohne Teilmaßnahmen; übergeordnete folgen später")
    )
    closed_on = models.DateField(_("Abgeschlossen am"), null=True, blank=True)
    note = models.TextField(_("Hinweis an alle"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("opens_on")), name="round_due_after_opening")
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class RestraintPeriod(Kept):
    """Before elections: nothing is released to the public in these days."""

    reason = models.CharField(_("Grund"), max_length=200)
    starts_on = models.DateField(_("Von"))
    ends_on = models.DateField(_("Bis"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="restraint_in_order")
        ]


class Reminder(models.Model):
    """A reminder or escalation that went out, so that none goes out twice."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminders")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20)
    recipients = models.JSONField(default=list)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "measure", "kind"], name="reminder_once_per_kind")
        ]
