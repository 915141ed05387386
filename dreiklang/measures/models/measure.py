"""A measure with its brief, its links to goals, tasks and concepts, its milestones."""

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.geometry import BoundsField, GeometryField
from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.core.models import Kept
from dreiklang.core.order import NaturalKey
from dreiklang.core.search import search_column, search_indexes
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.models.labels import DURATION_LABELS, TASK_TYPE_LABELS, VISIBILITY_LABELS
from dreiklang.measures.rules import Duration, TaskType

SIGN_LABELS = {LinkSign.SUPPORTS: _("unterstützt"), LinkSign.HINDERS: _("erschwert")}


# The current report is derived from the reports, whose own history says more.
@watched
@tracked(exclude=("search", "current_report"))
class Measure(Kept):
    """What the city does for its goals. Phase and timeliness stand in its reports, never here."""

    number = models.CharField(_("Nummer"), max_length=60, unique=True)
    title = models.CharField(_("Titel"), max_length=300)
    teaser = models.CharField(_("In einem Satz"), max_length=400, blank=True)
    description = models.TextField(_("Beschreibung"), blank=True)
    lead_department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Federführendes Amt"),
    )
    lead = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Federführung"),
    )
    deputy = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Vertretung"),
    )
    task_type = models.CharField(
        _("Aufgabenart"), max_length=10, choices=list(TASK_TYPE_LABELS.items()), default=TaskType.UNKNOWN
    )
    duration = models.CharField(
        _("Dauer"), max_length=10, choices=list(DURATION_LABELS.items()), default=Duration.DATED
    )
    starts_on = models.DateField(_("Beginn"), null=True, blank=True)
    starts_words = models.CharField(_("Beginn in Worten"), max_length=300, blank=True)
    ends_on = models.DateField(
        _("Geplantes Ende"), null=True, blank=True, help_text=_("Der zuerst beschlossene Termin")
    )
    ends_words = models.CharField(_("Geplantes Ende in Worten"), max_length=300, blank=True)
    cost_eur = models.DecimalField(
        _("Kosten in Euro"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_words = models.CharField(_("Kosten in Worten"), max_length=500, blank=True)
    cost_is_approximate = models.BooleanField(_("Kosten geschätzt"), default=False)
    cost_price_on = models.DateField(_("Preisstand"), null=True, blank=True)
    geometry = GeometryField(_("Lage"), null=True, blank=True)
    bounds = BoundsField(of="geometry")
    areas = models.ManyToManyField(
        "places.Area", through="MeasureArea", blank=True, related_name="+", verbose_name=_("Stadtteile")
    )
    place_words = models.CharField(_("Ort"), max_length=300, blank=True)
    topics = models.JSONField(_("Themen"), default=list, blank=True)
    resolution_reference = models.CharField(_("Beschluss"), max_length=300, blank=True)
    resolution_on = models.DateField(_("Beschlossen am"), null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Teil von"),
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name=_("Zusammengelegt mit"),
    )
    needs_first = models.ManyToManyField(
        "self",
        through="Dependency",
        symmetrical=False,
        related_name="needed_by",
        verbose_name=_("Braucht zuerst"),
    )
    current_report = models.ForeignKey(
        "measures.Report", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    visibility = models.CharField(
        _("Sichtbarkeit"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    note = models.TextField(_("Interne Bemerkung"), blank=True)
    source_note = models.TextField(_("Weitere Angaben der Quelle"), blank=True)
    search = search_column(("title", "A"), ("teaser", "B"), ("description", "B"), ("place_words", "C"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="measure_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="measure_not_merged_into_itself"),
            models.CheckConstraint(
                condition=Q(cost_eur=None) | Q(cost_eur__gte=0), name="measure_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="measure_period_in_order",
            ),
        ]
        indexes = [
            *search_indexes("measure"),
            GistIndex(fields=["bounds"], name="measure_bounds"),
            # What the counts read of a measure, beside its wide texts.
            models.Index(
                fields=["current_report"],
                include=["id", "visibility", "merged_into", "duration"],
                name="measure_counted",
            ),
            models.Index(NaturalKey("number"), name="measure_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@tracked()
class Brief(Kept):
    """The one-page brief (Auftragsklärung), agreed at the start and looked at again in a rhythm."""

    measure = models.OneToOneField(Measure, on_delete=models.CASCADE, related_name="brief")
    context = models.TextField(
        _("Kontext"), blank=True, help_text=_("Warum gibt es diese Maßnahme, was ging voraus?")
    )
    aims = models.TextField(_("Ziele"), blank=True, help_text=_("Woran merken wir, dass sie gelungen ist?"))
    interfaces = models.TextField(_("Schnittstellen"), blank=True, help_text=_("Mit wem stimmen wir uns ab?"))
    information_flow = models.TextField(
        _("Informationsfluss"), blank=True, help_text=_("Wer erfährt was, wann und wie?")
    )
    decision_way = models.TextField(_("Entscheidungsweg"), blank=True, help_text=_("Wer entscheidet was?"))
    agreed_on = models.DateField(_("Vereinbart am"), null=True, blank=True)
    review_every_months = models.PositiveSmallIntegerField(
        _("Wiedervorlage alle … Monate"), null=True, blank=True
    )
    reviewed_on = models.DateField(_("Zuletzt angesehen am"), null=True, blank=True)


@watched
@tracked()
class MeasureGoal(models.Model):
    """How a measure acts on a goal; one main goal for counting."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey("goals.Goal", on_delete=models.PROTECT, related_name="+")
    sign = models.CharField(
        _("Wirkung"), max_length=8, choices=list(SIGN_LABELS.items()), default=LinkSign.SUPPORTS
    )
    weight = models.PositiveSmallIntegerField(
        _("Gewicht"), default=1, help_text=_("1 gering, 2 mittel, 3 stark")
    )
    reason = models.TextField(_("Begründung"), blank=True)
    is_main = models.BooleanField(_("Hauptziel"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "goal"], name="measure_goal_once"),
            models.UniqueConstraint(
                fields=["measure"], condition=Q(is_main=True), name="measure_has_one_main_goal"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=1, weight__lte=3), name="measure_goal_weight_1_to_3"
            ),
        ]


@watched
@tracked()
class MeasureTask(models.Model):
    """The measure serves the future task. What follows from its goals is derived, not stored here."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey("goals.FutureTask", on_delete=models.PROTECT, related_name="+")
    is_main = models.BooleanField(_("Hauptaufgabe"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "task"], name="measure_task_once"),
            models.UniqueConstraint(
                fields=["measure"], condition=Q(is_main=True), name="measure_has_one_main_task"
            ),
        ]


@tracked()
class MeasureConcept(models.Model):
    """The concept a measure comes from, and others it appears in."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="concept_links")
    concept = models.ForeignKey("concepts.Concept", on_delete=models.PROTECT, related_name="+")
    is_origin = models.BooleanField(_("Stammt aus diesem Konzept"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "concept"], name="measure_concept_once")]


@tracked()
class MeasureArea(models.Model):
    """The measure takes place in this area."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="area_links")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "area"], name="measure_area_once")]


@tracked()
class Dependency(models.Model):
    """The measure needs the other one first."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="prerequisites")
    needs = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="dependants")
    reason = models.CharField(_("Warum"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "needs"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(measure=F("needs")), name="measure_does_not_need_itself"),
        ]


@tracked()
class Milestone(Kept):
    """A step with a date, as words too where the date is not exact."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("Meilenstein"), max_length=300)
    due_on = models.DateField(_("Fällig am"), null=True, blank=True)
    due_words = models.CharField(_("Fällig in Worten"), max_length=200, blank=True)
    done_on = models.DateField(_("Erledigt am"), null=True, blank=True)
    is_public = models.BooleanField(_("Öffentlich"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "title"], name="milestone_title_once_per_measure")
        ]
        indexes = [models.Index(fields=["measure", "due_on"], name="milestone_due")]
