"""What the council decided or asked for, and what became of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.core.enums import Visibility
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.papers.models.labels import RESOLUTION_STATE_LABELS, RESULT_LABELS, TRACKED_KIND_LABELS
from dreiklang.papers.models.papers import VISIBILITY_LABELS, Paper
from dreiklang.papers.models.route import AgendaItem, Consultation, Meeting
from dreiklang.papers.rules.kinds import ResolutionState, Result, TrackedKind


@tracked(exclude=("search",))
class Resolution(Kept):
    """A resolution, motion, inquiry or promise that is followed until it is done or dropped."""

    number = models.CharField(_("Nummer"), max_length=80, unique=True)
    kind = models.CharField(
        _("Art"), max_length=12, choices=list(TRACKED_KIND_LABELS.items()), default=TrackedKind.RESOLUTION
    )
    title = models.CharField(_("Titel"), max_length=600)
    text = models.TextField(_("Wortlaut"), blank=True)
    paper = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name=pgettext_lazy("Rat", "Vorlage"),
    )
    consultation = models.OneToOneField(
        Consultation, on_delete=models.SET_NULL, null=True, blank=True, related_name="resolution"
    )
    # Where somebody promised or asked it, entered by hand; a decision read from a route has its consultation.
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name=_("Sitzung"),
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="resolutions",
        verbose_name=_("Tagesordnungspunkt"),
    )
    committee = models.ForeignKey(
        "people.Committee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Gremium"),
    )
    decided_on = models.DateField(_("Beschlossen am"), null=True, blank=True)
    result = models.CharField(
        _("Ergebnis"), max_length=16, choices=list(RESULT_LABELS.items()), default=Result.ADOPTED
    )
    # The latest report's state, written with it (ADR 7 does the same for measures).
    state = models.CharField(
        _("Stand"), max_length=8, choices=list(RESOLUTION_STATE_LABELS.items()), default=ResolutionState.OPEN
    )
    state_on = models.DateField(_("Stand vom"), null=True, blank=True)
    due_on = models.DateField(_("Zu erledigen bis"), null=True, blank=True)
    department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zuständiges Amt"),
    )
    lead = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Verantwortlich"),
    )
    measures = models.ManyToManyField(
        "measures.Measure",
        through="ResolutionMeasure",
        blank=True,
        related_name="+",
        verbose_name=_("Maßnahmen"),
    )
    money_eur = models.DecimalField(
        _("Mittel in Euro"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    money_words = models.CharField(
        _("Mittel in Worten"),
        max_length=300,
        blank=True,
        help_text=_("Zum Beispiel: im Haushalt 2026 eingestellt"),
    )
    needs_money = models.BooleanField(_("Braucht Mittel"), null=True, blank=True)
    visibility = models.CharField(
        _("Sichtbarkeit"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    # Nobody here released it: it goes inside again when the council system no longer shows it.
    is_public_by_source = models.BooleanField(default=False, editable=False)
    search = search_column(("number", "A"), ("title", "A"), ("text", "C"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(money_eur=None) | Q(money_eur__gte=0), name="resolution_money_not_negative"
            )
        ]
        indexes = [
            *search_indexes("resolution"),
            # As the list is read: what has no day comes last.
            models.Index(F("decided_on").desc(nulls_last=True), F("id").desc(), name="resolution_latest"),
            models.Index(fields=["state", "due_on"], name="resolution_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@tracked()
class ResolutionMeasure(models.Model):
    """The measure carries the resolution out."""

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="measure_links")
    measure = models.ForeignKey("measures.Measure", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resolution", "measure"], name="resolution_measure_once")
        ]


@tracked()
class ResolutionReport(models.Model):
    """What somebody said about a resolution on one day. Never overwritten."""

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="reports")
    reported_on = models.DateField(_("Stand vom"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("Stand"), max_length=8, choices=list(RESOLUTION_STATE_LABELS.items()))
    public_note = models.TextField(_("Was ist daraus geworden?"), blank=True)
    note = models.TextField(_("Interne Notiz"), blank=True)
    released_at = models.DateTimeField(_("Freigegeben am"), null=True, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    # Taken back at once by who wrote it: it stays, marked, and says nothing any more.
    withdrawn_at = models.DateTimeField(_("Zurückgenommen am"), null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["resolution", "-reported_on", "-id"], name="resolution_report_latest")
        ]
