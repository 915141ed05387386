"""Data requests: the city asks one of its departments for values that nobody has brought yet."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.monitoring.models.indicators import Indicator
from dreiklang.monitoring.models.sources import Delivery
from dreiklang.monitoring.rules.requests import RequestState, RequestWay

REQUEST_STATE_LABELS = {
    RequestState.OPEN: _("offen"),
    RequestState.ANSWERED: _("beantwortet"),
    RequestState.SERIES: _("wurde eine Zeitreihe"),
    RequestState.DROPPED: _("nicht mehr gebraucht"),
}
REQUEST_WAY_LABELS = {
    RequestWay.UPLOAD: _("als Liste (Datei)"),
    RequestWay.TYPED: _("auf der Seite eingetragen"),
    RequestWay.SERVICE: _("über einen Datendienst"),
}


@tracked()
class DataRequest(Kept):
    """A question, the values needed for its answer, who brings them until when. All of it internal.

    indicator   the indicator whose values are wanted; or, once it became a series, the one that was made of it
    delivery    the values that came as the answer, if they came here
    """

    question = models.CharField(_("Frage"), max_length=300)
    reason = models.TextField(_("Wozu"), blank=True)
    values_words = models.TextField(_("Welche Werte"))
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("Indikator"),
    )
    level = models.ForeignKey(
        "places.SpatialLevel",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Räumliche Ebene"),
    )
    rhythm = models.CharField(_("Rhythmus"), max_length=40, blank=True)
    unit = models.CharField(_("Einheit"), max_length=40, blank=True)
    way = models.CharField(
        _("Wie die Werte kommen"),
        max_length=8,
        choices=list(REQUEST_WAY_LABELS.items()),
        default=RequestWay.UPLOAD,
    )
    department = models.ForeignKey(
        "people.Department", on_delete=models.PROTECT, related_name="+", verbose_name=_("Zuständiges Amt")
    )
    responsible = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zuständig"),
    )
    asker = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Gefragt von"),
    )
    asked_on = models.DateField(_("Gefragt am"))
    due_on = models.DateField(_("Frist"))
    state = models.CharField(
        _("Stand"),
        max_length=8,
        choices=list(REQUEST_STATE_LABELS.items()),
        default=RequestState.OPEN,
    )
    answer = models.TextField(_("Antwort"), blank=True)
    answered_on = models.DateField(_("Beantwortet am"), null=True, blank=True)
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    dropped_reason = models.TextField(_("Warum nicht mehr gebraucht"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "series"]) | Q(answered_on__isnull=False),
                name="answered_request_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="series") | Q(indicator__isnull=False),
                name="request_that_became_a_series_has_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(dropped_reason=""), name="dropped_request_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="open"), name="request_open_by_deadline")
        ]

    def __str__(self) -> str:
        return self.question
