"""Criteria of goals (Kriterien), and what people say of them from time to time."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.monitoring.models.indicators import Indicator
from dreiklang.monitoring.models.labels import (
    INDICATOR_KIND_LABELS,
    RATING_LABELS,
    VISIBILITY_LABELS,
)
from dreiklang.monitoring.rules.values import IndicatorKind


@watched
@tracked(exclude=("search",))
class Criterion(Kept):
    """By what it is told whether a goal is reached: in numbers with an indicator, or in words.

    department    who answers for it in public; responsible is the person inside
    retired_on    from that day on nobody rates it any more; what was said of it stays
    """

    goal = models.ForeignKey("goals.Goal", on_delete=models.CASCADE, related_name="+")
    number = models.CharField(_("Nummer"), max_length=20, help_text=_("Je Ziel einmal, zum Beispiel K1"))
    kind = models.CharField(
        _("Art"),
        max_length=12,
        choices=list(INDICATOR_KIND_LABELS.items()),
        default=IndicatorKind.QUALITATIVE,
    )
    text = models.CharField(_("Kriterium"), max_length=300)
    explanation = models.TextField(_("Woran man es erkennt"), blank=True)
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="criteria",
        verbose_name=_("Indikator"),
    )
    department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zuständiges Amt"),
    )
    responsible = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Wer bewertet"),
    )
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    visibility = models.CharField(
        _("Sichtbar"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    retired_on = models.DateField(_("Gilt nicht mehr seit"), null=True, blank=True)
    retired_reason = models.TextField(_("Warum nicht mehr"), blank=True)
    search = search_column(("text", "A"), ("explanation", "B"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "number"], name="criterion_number_once_per_goal"),
            models.CheckConstraint(condition=~Q(text=""), name="criterion_says_something"),
            models.CheckConstraint(
                condition=~Q(kind=IndicatorKind.QUANTITATIVE) | Q(indicator__isnull=False),
                name="criterion_in_numbers_has_indicator",
            ),
            models.CheckConstraint(
                condition=Q(retired_on=None, retired_reason="")
                | (Q(retired_on__isnull=False) & ~Q(retired_reason="")),
                name="retired_criterion_has_a_reason",
            ),
            # Who answers for it is known before anybody outside sees it.
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLIC) | Q(department__isnull=False),
                name="public_criterion_has_department",
            ),
        ]
        indexes = search_indexes("criterion", title="text")

    def __str__(self) -> str:
        return self.text


@watched
@tracked()
class Rating(models.Model):
    """What a person said of a criterion on one day. Never overwritten: a newer rating stands beside it.

    figures       what target and trend of the indicator said on that day, frozen: a list of
                  {code, side, key, name, on, value, decimals, unit, and for targets target, target_on}
    words_for     what speaks for it besides figures, in one's own words; `words_against` likewise
    released_at   before that it is preliminary and seen inside only
    """

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="ratings")
    rated_on = models.DateField(_("Bewertet am"))
    state = models.CharField(_("Bewertung"), max_length=8, choices=list(RATING_LABELS.items()))
    reason = models.TextField(_("Begründung"))
    figures = models.JSONField(_("Zahlen dazu"), default=list)
    words_for = models.TextField(_("Was sonst dafür spricht"), blank=True)
    words_against = models.TextField(_("Was sonst dagegen spricht"), blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Bewertet von"), max_length=200, blank=True)
    by_department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Amt"),
    )
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("Berichtigt"),
    )
    origin = models.CharField(
        _("Herkunft"), max_length=200, blank=True, help_text=_("Leer, wenn hier bewertet; sonst die Quelle")
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(_("Freigegeben am"), null=True, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("Zurückgezogen am"), null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_reason = models.TextField(_("Warum zurückgezogen"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rating_has_a_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="withdrawn_rating_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")), name="rating_corrects_another_one"
            ),
        ]
        indexes = [
            models.Index(fields=["criterion", "-rated_on", "-id"], name="rating_latest_of_criterion"),
        ]
        triggers = [
            # Whoever errs says so in a newer rating; the database holds everybody to it, lists and SQL too.
            pgtrigger.ReadOnly(
                name="rating_stays_as_it_was",
                fields=[
                    "criterion",
                    "rated_on",
                    "state",
                    "reason",
                    "figures",
                    "words_for",
                    "words_against",
                    "corrects",
                ],
            )
        ]


@tracked()
class CriteriaSettings(Kept):
    """How often a criterion is looked at."""

    rate_every_months = models.PositiveSmallIntegerField(_("Bewertung alle … Monate"), default=12)
    is_only = models.BooleanField(default=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_only"], name="one_set_of_criteria_settings"),
            models.CheckConstraint(
                condition=Q(rate_every_months__gte=1, rate_every_months__lte=120),
                name="criteria_are_rated_within_ten_years",
            ),
        ]
