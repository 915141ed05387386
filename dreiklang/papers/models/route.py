"""Meetings, their agendas, and the consultations that make up a paper's route."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.papers.models.labels import CONSULTATION_ROLE_LABELS, MEETING_STATE_LABELS, RESULT_LABELS
from dreiklang.papers.models.papers import VISIBILITY_LABELS, Paper
from dreiklang.papers.rules.kinds import ConsultationRole, MeetingState, Result


@tracked()
class Meeting(Kept):
    """A meeting of one or several committees. Without a start the day is not known."""

    key = models.CharField(_("Adresse"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=400)
    committee = models.ForeignKey(
        "people.Committee",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Gremium"),
    )
    starts_at = models.DateTimeField(_("Beginn"), null=True, blank=True)
    ends_at = models.DateTimeField(_("Ende"), null=True, blank=True)
    place = models.CharField(_("Ort"), max_length=300, blank=True)
    state = models.CharField(
        _("Stand"), max_length=12, choices=list(MEETING_STATE_LABELS.items()), default=MeetingState.PLANNED
    )
    visibility = models.CharField(
        _("Sichtbarkeit"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    web = models.URLField(max_length=500, blank=True)
    oparl_id = models.CharField(max_length=500, null=True, unique=True, editable=False)  # noqa: DJ001 (unique)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gte=F("starts_at")),
                name="meeting_ends_after_it_starts",
            )
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="meeting_latest"),
            models.Index(fields=["committee", "-starts_at"], name="meeting_of_committee"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class AgendaItem(models.Model):
    """One item of an agenda. The decision stands here: result and resolution text."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number = models.CharField(_("TOP"), max_length=40, blank=True)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("Titel"), max_length=1000)
    is_public = models.BooleanField(_("Öffentlich"), default=False)
    result = models.CharField(
        _("Ergebnis"), max_length=16, choices=list(RESULT_LABELS.items()), default=Result.OPEN
    )
    result_words = models.CharField(_("Ergebnis in der Quelle"), max_length=600, blank=True)
    resolution_text = models.TextField(_("Beschlusstext"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    oparl_id = models.CharField(max_length=500, null=True, unique=True, editable=False)  # noqa: DJ001 (unique)

    class Meta:
        indexes = [models.Index(fields=["meeting", "position", "id"], name="agenda_item_in_order")]


@tracked()
class Consultation(models.Model):
    """A committee deals with a paper: one step of its route, with or without a meeting yet."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="route")
    committee = models.ForeignKey(
        "people.Committee", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="consultations"
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="consultations"
    )
    planned_on = models.DateField(_("Geplant für"), null=True, blank=True)
    role = models.CharField(
        _("Zuständigkeit"),
        max_length=12,
        choices=list(CONSULTATION_ROLE_LABELS.items()),
        default=ConsultationRole.UNKNOWN,
    )
    role_words = models.CharField(_("Zuständigkeit in der Quelle"), max_length=120, blank=True)
    is_deciding = models.BooleanField(_("Entscheidet"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    oparl_id = models.CharField(max_length=500, null=True, unique=True, editable=False)  # noqa: DJ001 (unique)

    class Meta:
        indexes = [models.Index(fields=["paper", "position", "id"], name="consultation_in_order")]
