"""Watching the frame: what happened outside and inside that matters for goals, and what is looked at again and again."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.monitoring.models.labels import VISIBILITY_LABELS
from dreiklang.monitoring.rules.frame import FrameField, FrameSide, FrameSign, ReviewOutcome

FRAME_SIDE_LABELS = {
    FrameSide.OUTER: _("von außen"),
    FrameSide.INNER: _("in der Verwaltung"),
}
FRAME_FIELD_LABELS = {
    FrameField.LAW: _("Recht"),
    FrameField.ECONOMY: _("Wirtschaft"),
    FrameField.DEMOGRAPHY: _("Bevölkerung"),
    FrameField.CLIMATE: _("Klima"),
    FrameField.FINANCE: _("Finanzen der Stadt"),
    FrameField.STAFF: _("Personal"),
    FrameField.ORGANISATION: _("Organisation"),
}
FRAME_SIGN_LABELS = {
    FrameSign.SUPPORTS: _("hilft"),
    FrameSign.HINDERS: _("erschwert"),
    FrameSign.OPEN: _("noch offen"),
}
REVIEW_OUTCOME_LABELS = {
    ReviewOutcome.NOTHING_NEW: _("angesehen, nichts Neues"),
    ReviewOutcome.OBSERVED: _("neue Beobachtung"),
}


@tracked()
class WatchItem(Kept):
    """A topic that a department looks at every so many months. Internal."""

    department = models.ForeignKey(
        "people.Department", on_delete=models.PROTECT, related_name="+", verbose_name=_("Amt")
    )
    responsible = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zuständig"),
    )
    topic = models.CharField(_("Thema"), max_length=200)
    field = models.CharField(_("Feld"), max_length=14, choices=list(FRAME_FIELD_LABELS.items()))
    side = models.CharField(
        _("Woher"), max_length=6, choices=list(FRAME_SIDE_LABELS.items()), default=FrameSide.OUTER
    )
    look_where = models.TextField(_("Wo man nachsieht"), blank=True)
    every_months = models.PositiveSmallIntegerField(
        _("Alle … Monate"), default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    review_on = models.DateField(_("Nächste Durchsicht"))
    last_seen_on = models.DateField(_("Zuletzt angesehen"), null=True, blank=True)
    ended_on = models.DateField(_("Nicht mehr beobachtet seit"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "topic"], name="watch_topic_once_per_department"),
            models.CheckConstraint(
                condition=Q(every_months__gte=1, every_months__lte=60), name="watch_every_1_to_60_months"
            ),
        ]

    def __str__(self) -> str:
        return self.topic


@tracked(exclude=("search",))
class FrameChange(Kept):
    """Something happened that may matter for goals: what, when, where from, and what the city made of it."""

    key = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    title = models.CharField(_("Was geschah"), max_length=200)
    text = models.TextField(_("Näheres"), blank=True)
    noticed_on = models.DateField(_("Datum"))
    side = models.CharField(_("Woher"), max_length=6, choices=list(FRAME_SIDE_LABELS.items()))
    field = models.CharField(_("Feld"), max_length=14, choices=list(FRAME_FIELD_LABELS.items()))
    source = models.CharField(_("Quelle"), max_length=300, blank=True)
    source_url = models.URLField(_("Adresse der Quelle"), max_length=500, blank=True)
    area = models.ForeignKey(
        "places.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Gebiet"),
    )
    department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Amt"),
    )
    item = models.ForeignKey(
        WatchItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("Beobachtetes Thema"),
    )
    leads_to = models.ForeignKey(
        "goals.PriorityChange",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Führte zur Änderung der Rangfolge"),
    )
    visibility = models.CharField(
        _("Sichtbar"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    search = search_column(("title", "A"), ("text", "B"), ("source", "C"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z0-9-]+$"), name="frame_change_key_is_plain"),
            # Who reads it outside must be able to follow where it comes from.
            models.CheckConstraint(
                condition=~Q(visibility="public") | ~Q(source=""), name="public_frame_change_has_source"
            ),
        ]
        indexes = [
            *search_indexes("frame_change"),
            models.Index(fields=["-noticed_on", "-id"], name="frame_change_latest"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class FrameMeaning(models.Model):
    """What an observation means for a goal."""

    change = models.ForeignKey(FrameChange, on_delete=models.CASCADE, related_name="meanings")
    goal = models.ForeignKey("goals.Goal", on_delete=models.CASCADE, related_name="+")
    sign = models.CharField(_("Wirkung"), max_length=8, choices=list(FRAME_SIGN_LABELS.items()))
    text = models.TextField(_("Was es bedeutet"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "goal"], name="frame_meaning_once_per_goal")]


@tracked()
class WatchReview(models.Model):
    """Somebody looked at a topic again: that is how one knows that nothing new was seen, and not that nobody looked."""

    item = models.ForeignKey(WatchItem, on_delete=models.CASCADE, related_name="reviews")
    seen_on = models.DateField(_("Angesehen am"))
    outcome = models.CharField(_("Ergebnis"), max_length=12, choices=list(REVIEW_OUTCOME_LABELS.items()))
    change = models.ForeignKey(
        FrameChange, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    note = models.TextField(_("Bemerkung"), blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Von"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="nothing_new", change=None) | Q(outcome="observed", change__isnull=False),
                name="review_names_what_it_found",
            )
        ]
