"""The uniform set: what is watched, how it is defined, and where it shall go."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.monitoring.models.labels import (
    BREAK_KIND_LABELS,
    COMPARISON_LABELS,
    DIRECTION_LABELS,
    INDICATOR_KIND_LABELS,
    VISIBILITY_LABELS,
)
from dreiklang.monitoring.models.regions import Region
from dreiklang.monitoring.models.sources import Breakdown, Provider, Quantity
from dreiklang.monitoring.rules.values import Comparison, Direction, IndicatorKind


@watched
@tracked(exclude=("search",))
class Indicator(Kept):
    """One indicator of the city with its definition. Its values lie in a quantity, or a formula gives them."""

    key = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    kind = models.CharField(
        _("Art"),
        max_length=12,
        choices=list(INDICATOR_KIND_LABELS.items()),
        default=IndicatorKind.QUANTITATIVE,
    )
    meaning = models.TextField(_("Was er sagt"), blank=True)
    limits_words = models.TextField(_("Was er nicht sagt"), blank=True)
    unit = models.CharField(_("Einheit"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("Nachkommastellen"), default=0)
    direction = models.CharField(
        _("Richtung"), max_length=8, choices=list(DIRECTION_LABELS.items()), default=Direction.NONE
    )
    quantity = models.ForeignKey(
        Quantity,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("Größe"),
    )
    breakdown = models.ForeignKey(
        Breakdown, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    formula = models.TextField(_("Formel"), blank=True)
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("Quelle"),
    )
    source_words = models.CharField(_("Quelle genauer"), max_length=500, blank=True)
    source_contact = models.CharField(_("Kontakt"), max_length=300, blank=True)
    licence = models.CharField(_("Lizenz"), max_length=300, blank=True)
    attribution = models.CharField(_("Quellenangabe"), max_length=300, blank=True)
    level = models.ForeignKey(
        "places.SpatialLevel",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Kleinste räumliche Ebene"),
    )
    rhythm = models.CharField(_("Rhythmus"), max_length=40, blank=True)
    reference_words = models.CharField(_("Stichtag oder Zeitraum"), max_length=200, blank=True)
    lag_days = models.PositiveSmallIntegerField(_("Tage bis zur Veröffentlichung"), null=True, blank=True)
    next_due_on = models.DateField(_("Nächste Werte bis"), null=True, blank=True)
    steady_below = models.DecimalField(
        _("Gleich bleibend unter"), max_digits=18, decimal_places=6, null=True, blank=True
    )
    suppress_below = models.PositiveSmallIntegerField(_("Kleine Zahlen unter"), null=True, blank=True)
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
        verbose_name=_("Zuständig"),
    )
    is_headline = models.BooleanField(_("Leitindikator"), default=False)
    visibility = models.CharField(
        _("Sichtbar"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    # No longer kept up, and never deleted: what was said with it stays readable.
    retired_on = models.DateField(_("Nicht mehr fortgeführt ab"), null=True, blank=True)
    retired_reason = models.CharField(_("Warum nicht mehr"), max_length=300, blank=True)
    search = search_column(("name", "A"), ("meaning", "B"), ("source_words", "C"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z0-9-]+$"), name="indicator_key_is_plain"),
            models.CheckConstraint(
                condition=Q(quantity=None) | Q(formula=""), name="indicator_has_values_or_formula"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=6), name="indicator_has_few_decimals"),
            # Who answers for it is known before anybody outside sees it.
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLIC) | Q(department__isnull=False),
                name="public_indicator_has_department",
            ),
            models.CheckConstraint(
                condition=Q(retired_on=None) | ~Q(retired_reason=""), name="retired_indicator_says_why"
            ),
        ]
        indexes = search_indexes("indicator", title="name")

    def __str__(self) -> str:
        return self.name


@tracked()
class IndicatorVersion(models.Model):
    """How an indicator was defined from a day on. Never overwritten: a newer version stands beside it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Fassung"))
    valid_from = models.DateField(_("Gilt ab"))
    definition = models.JSONField(_("Festlegung"))
    reason = models.TextField(_("Warum geändert"), blank=True)
    is_comparable = models.BooleanField(_("Mit früheren Werten vergleichbar"), default=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Von"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="changed_definition_has_a_reason"
            ),
        ]


@watched
@tracked()
class Break(Kept):
    """A day from which values of an indicator cannot be compared with earlier ones (Bruch in der Zeitreihe)."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="breaks")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("Ab"))
    kind = models.CharField(_("Grund"), max_length=12, choices=list(BREAK_KIND_LABELS.items()))
    reason = models.TextField(_("Erläuterung"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "on"], nulls_distinct=False, name="break_once_a_day"
            )
        ]


@watched
@tracked()
class Target(Kept):
    """A value the city wants at a day, or the baseline it set out from. `region` empty: the whole city."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_baseline = models.BooleanField(_("Ausgangswert"), default=False)
    comparison = models.CharField(
        _("Gemeint ist"),
        max_length=8,
        choices=list(COMPARISON_LABELS.items()),
        default=Comparison.AT_LEAST,
    )
    value = models.DecimalField(_("Wert"), max_digits=24, decimal_places=8)
    upper = models.DecimalField(_("Bis"), max_digits=24, decimal_places=8, null=True, blank=True)
    on = models.DateField(_("Zum"))
    decision = models.CharField(_("Beschluss"), max_length=200, blank=True)
    reason = models.TextField(_("Begründung"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "is_baseline", "on"],
                nulls_distinct=False,
                name="target_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(comparison=Comparison.BETWEEN, upper__isnull=False, upper__gte=F("value"))
                | (~Q(comparison=Comparison.BETWEEN) & Q(upper=None)),
                name="target_range_has_both_ends",
            ),
        ]
