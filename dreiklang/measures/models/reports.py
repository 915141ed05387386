"""Dated, append-only reports."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.measures.models.labels import PHASE_LABELS, TIMELINESS_LABELS
from dreiklang.measures.models.measure import Measure


@watched
@tracked()
class Report(models.Model):
    """What somebody said about a measure on one day. Never overwritten: a newer report stands beside it.

    `phase` and `timeliness` are empty where a source says "unknown"; unknown stays unknown.
    `public_note` is internal until the office releases it.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="reports")
    round = models.ForeignKey(
        "measures.Round", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    reported_on = models.DateField(_("Stand vom"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    phase = models.CharField(_("Phase"), max_length=16, choices=list(PHASE_LABELS.items()), blank=True)
    timeliness = models.CharField(
        _("Stand"), max_length=10, choices=list(TIMELINESS_LABELS.items()), blank=True
    )
    is_confirmation = models.BooleanField(
        _("Stimmt noch"), default=False, help_text=_("Nichts geändert, nur bestätigt")
    )
    next_step = models.TextField(_("Nächster Schritt"), blank=True)
    obstacle = models.TextField(_("Hindernis"), blank=True)
    decision_needed = models.TextField(_("Welche Entscheidung fehlt"), blank=True)
    expected_end_on = models.DateField(_("Voraussichtliches Ende"), null=True, blank=True)
    note = models.TextField(_("Interne Notiz"), blank=True)
    public_note = models.TextField(_("Notiz für die Öffentlichkeit"), blank=True)
    released_at = models.DateTimeField(_("Freigegeben am"), null=True, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Berichtet von"), max_length=200, blank=True)
    by_department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Amt"),
    )
    withdrawn_at = models.DateTimeField(_("Zurückgezogen am"), null=True, blank=True)
    # Milestones that the report marked as done or added, so that taking it back undoes them too.
    effects = models.JSONField(default=dict, blank=True, editable=False)
    origin = models.CharField(
        _("Herkunft"), max_length=200, blank=True, help_text=_("Leer, wenn hier berichtet; sonst die Quelle")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at=None) | ~Q(public_note=""), name="only_a_written_note_is_released"
            )
        ]
        indexes = [
            # What the counts read of a report, beside its wide texts.
            models.Index(
                fields=["id"],
                include=["phase", "timeliness", "reported_on", "round"],
                name="report_counted",
            ),
            models.Index(fields=["measure", "-reported_on", "-id"], name="report_latest_of_measure"),
            models.Index(fields=["-reported_on", "-id"], name="report_latest"),
            models.Index(
                fields=["-released_at"], name="report_released", condition=Q(released_at__isnull=False)
            ),
            models.Index(
                fields=["measure"],
                name="report_note_to_release",
                condition=Q(released_at=None, withdrawn_at=None) & ~Q(public_note=""),
            ),
        ]
