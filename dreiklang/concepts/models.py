"""The register of sector plans and formal plans."""

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.rules import ConceptKind, ConceptStatus, ProcedureStep
from dreiklang.core.enums import Visibility
from dreiklang.core.geometry import BoundsField, GeometryField
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.goals.rules import LinkSign

KIND_LABELS = {ConceptKind.SECTOR_PLAN: _("Fachkonzept"), ConceptKind.FORMAL_PLAN: _("Förmlicher Plan")}
STATUS_LABELS = {
    ConceptStatus.COMMISSIONED: _("beauftragt"),
    ConceptStatus.DRAFTING: _("in Arbeit"),
    ConceptStatus.PARTICIPATION: _("im Beteiligungsverfahren"),
    ConceptStatus.SUBMITTED: _("zum Beschluss vorgelegt"),
    ConceptStatus.ADOPTED: _("beschlossen"),
    ConceptStatus.REVISION: _("in Fortschreibung"),
    ConceptStatus.SUPERSEDED: _("außer Kraft"),
    ConceptStatus.UNKNOWN: _("Stand nicht angegeben"),
}
STEP_LABELS = {
    ProcedureStep.INITIATED: _("Aufstellungsbeschluss"),
    ProcedureStep.EARLY: _("Frühzeitige Beteiligung"),
    ProcedureStep.AUTHORITIES: _("Beteiligung der Behörden"),
    ProcedureStep.DRAFT_RESOLVED: _("Entwurfsbeschluss"),
    ProcedureStep.DISPLAY: _("Öffentliche Auslegung"),
    ProcedureStep.RESOLVED: _("Satzungs- oder Planbeschluss"),
    ProcedureStep.APPROVED: _("Genehmigung"),
    ProcedureStep.EXECUTED: _("Ausfertigung"),
    ProcedureStep.IN_FORCE: _("Inkrafttreten"),
    ProcedureStep.EXPIRED: _("Außer Kraft"),
}
VISIBILITY_LABELS = {Visibility.INTERNAL: _("intern"), Visibility.PUBLIC: _("öffentlich")}
SIGN_LABELS = {LinkSign.SUPPORTS: _("unterstützt"), LinkSign.HINDERS: _("erschwert")}


@tracked(exclude=("search",))
class Concept(Kept):
    """A sector plan (Fachkonzept) or a formal plan (FNP, Bebauungsplan, statute)."""

    number = models.CharField(_("Nummer"), max_length=60, unique=True)
    title = models.CharField(_("Titel"), max_length=300)
    kind = models.CharField(
        _("Art"), max_length=16, choices=list(KIND_LABELS.items()), default=ConceptKind.SECTOR_PLAN
    )
    plan_type = models.CharField(
        _("Planart"),
        max_length=80,
        blank=True,
        help_text=_("Zum Beispiel Bebauungsplan; nur für förmliche Pläne"),
    )
    status = models.CharField(
        _("Stand"), max_length=16, choices=list(STATUS_LABELS.items()), default=ConceptStatus.COMMISSIONED
    )
    valid_from = models.DateField(_("Gültig ab"), null=True, blank=True)
    valid_to = models.DateField(_("Gültig bis"), null=True, blank=True)
    lead_department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Federführung"),
    )
    lead = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Verantwortlich"),
    )
    deputy = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Vertretung"),
    )
    resolution_reference = models.CharField(_("Beschluss"), max_length=160, blank=True)
    resolution_on = models.DateField(_("Beschlossen am"), null=True, blank=True)
    summary = models.TextField(_("Kurzfassung für Bürger:innen"), blank=True)
    summary_waived_reason = models.TextField(
        _("Warum ohne Kurzfassung"),
        blank=True,
        help_text=_("Wenn das Konzept ohne Kurzfassung in den Rat ging"),
    )
    framework_reference = models.TextField(_("Bezug zum INSEK"), blank=True)
    cost_eur = models.DecimalField(
        _("Gesamtkosten in Euro"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_words = models.CharField(_("Gesamtkosten in Worten"), max_length=300, blank=True)
    gap_eur = models.DecimalField(
        _("Finanzierungslücke in Euro"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    gap_words = models.CharField(_("Finanzierungslücke in Worten"), max_length=300, blank=True)
    geometry = GeometryField(_("Räumlicher Schwerpunkt"), null=True, blank=True)
    bounds = BoundsField(of="geometry")
    areas = models.ManyToManyField(
        "places.Area", through="ConceptArea", blank=True, related_name="+", verbose_name=_("Stadtteile")
    )
    visibility = models.CharField(
        _("Sichtbarkeit"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    note = models.TextField(_("Interne Bemerkung"), blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    search = search_column(("title", "A"), ("summary", "B"), ("framework_reference", "C"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="concept_validity_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cost_eur=None) | Q(cost_eur__gte=0), name="concept_cost_not_negative"
            ),
        ]
        indexes = [*search_indexes("concept"), GistIndex(fields=["bounds"], name="concept_bounds")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@tracked()
class ConceptGoal(models.Model):
    """How a concept acts on a goal: sign, weight, reason; one main goal for counting."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey("goals.Goal", on_delete=models.PROTECT, related_name="+")
    sign = models.CharField(max_length=8, choices=list(SIGN_LABELS.items()), default=LinkSign.SUPPORTS)
    weight = models.PositiveSmallIntegerField(
        _("Gewicht"), default=1, help_text=_("1 gering, 2 mittel, 3 stark")
    )
    reason = models.TextField(_("Begründung"), blank=True)
    is_main = models.BooleanField(_("Hauptziel"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "goal"], name="concept_goal_once"),
            models.UniqueConstraint(
                fields=["concept"], condition=Q(is_main=True), name="concept_has_one_main_goal"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=3), name="concept_goal_weight_1_to_3"
            ),
        ]


@tracked()
class ConceptTask(models.Model):
    """The concept serves the future task directly, beside what follows from its goals."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey("goals.FutureTask", on_delete=models.PROTECT, related_name="+")
    is_main = models.BooleanField(_("Hauptaufgabe"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "task"], name="concept_task_once"),
            models.UniqueConstraint(
                fields=["concept"], condition=Q(is_main=True), name="concept_has_one_main_task"
            ),
        ]


@tracked()
class ConceptArea(models.Model):
    """The concept concerns this area."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="area_links")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "area"], name="concept_area_once")]


@tracked()
class ConceptStep(models.Model):
    """A step of a formal plan's procedure: resolved, on display, in force."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(_("Schritt"), max_length=16, choices=list(STEP_LABELS.items()))
    on = models.DateField(_("am oder von"))
    until = models.DateField(_("bis"), null=True, blank=True, help_text=_("Der letzte Tag, wenn es dauert"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "step", "on"], name="concept_step_once_a_day"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("on")), name="concept_step_ends_after_it_begins"
            ),
        ]
