"""The framework of goals: levels the city names itself, future tasks, thematic groups, priority changes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.goals.rules import ChangeCause, Continuation, FrameworkStatus

STATUS_LABELS = {
    FrameworkStatus.DRAFT: _("Entwurf"),
    FrameworkStatus.VALID: _("gültig"),
    FrameworkStatus.SUPERSEDED: _("abgelöst"),
}
CAUSE_LABELS = {ChangeCause.LOCAL: _("örtlicher Anlass"), ChangeCause.GLOBAL: _("überörtlicher Anlass")}
CONTINUATION_LABELS = {
    Continuation.SAME: _("bleibt"),
    Continuation.CHANGED: _("geändert"),
    Continuation.MERGED: _("zusammengeführt"),
    Continuation.SPLIT: _("aufgeteilt"),
    Continuation.DROPPED: _("entfällt"),
}


@tracked()
class Framework(Kept):
    """One version of the urban development concept's goals."""

    title = models.CharField(_("Titel"), max_length=200)
    label = models.CharField(_("Fassung"), max_length=60, help_text=_("Zum Beispiel 2024"))
    status = models.CharField(
        _("Stand"), max_length=12, choices=list(STATUS_LABELS.items()), default=FrameworkStatus.DRAFT
    )
    valid_from = models.DateField(_("Gültig ab"), null=True, blank=True)
    valid_to = models.DateField(_("Gültig bis"), null=True, blank=True)
    resolution_reference = models.CharField(_("Beschluss"), max_length=120, blank=True)
    resolution_on = models.DateField(_("Beschlossen am"), null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="valid"), name="one_valid_framework"
            ),
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="draft"), name="one_framework_in_draft"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="framework_validity_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.label})"


@tracked()
class GoalLevel(models.Model):
    """A level of goals with the name the city gives it: Leitziel, Entwicklungsziel …"""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="levels")
    rank = models.PositiveSmallIntegerField(_("Reihenfolge"), help_text=_("1 ist die oberste Ebene"))
    name = models.CharField(_("Ein Ziel heißt"), max_length=80)
    plural = models.CharField(_("Mehrere heißen"), max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "rank"], name="goal_level_rank_once")]

    def __str__(self) -> str:
        return self.plural


@tracked(exclude=("search",))
class FutureTask(Kept):
    """A future task (Zukunftsaufgabe): sets priorities across the goals."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="tasks")
    number = models.CharField(_("Nummer"), max_length=20)
    title = models.CharField(_("Titel"), max_length=200)
    description = models.TextField(_("Beschreibung"), blank=True)
    plain = models.TextField(_("In einfachen Worten"), blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge auf der Seite"), default=0)
    rank = models.PositiveSmallIntegerField(
        _("Rang"), null=True, blank=True, help_text=_("1 = zuerst; leer = ohne Rang")
    )
    search = search_column(("title", "A"), ("description", "B"), ("plain", "B"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="future_task_number_once")
        ]
        indexes = search_indexes("future_task")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@tracked(exclude=("search",))
class Goal(Kept):
    """A goal on one of the framework's levels."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="goals")
    level = models.ForeignKey(GoalLevel, on_delete=models.PROTECT, related_name="goals")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    number = models.CharField(_("Nummer"), max_length=20)
    title = models.CharField(_("Titel"), max_length=300)
    description = models.TextField(_("Beschreibung"), blank=True)
    plain = models.TextField(_("In einfachen Worten"), blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    tasks = models.ManyToManyField(FutureTask, through="GoalTask", related_name="goals")
    search = search_column(("title", "A"), ("description", "B"), ("plain", "B"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="goal_number_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="goal_not_its_own_parent"),
        ]
        indexes = search_indexes("goal")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@watched
@tracked()
class GoalTask(models.Model):
    """The goal serves the future task."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey(FutureTask, on_delete=models.CASCADE, related_name="goal_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "task"], name="goal_serves_task_once")]


@tracked()
class ThematicGroup(Kept):
    """A thematic group (Themenschwerpunkt) with its standing team (Fachteam)."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("Name"), max_length=160)
    description = models.TextField(_("Beschreibung"), blank=True)
    tasks = models.ManyToManyField(FutureTask, through="GroupTask", related_name="groups")
    goals = models.ManyToManyField(Goal, through="GroupGoal", related_name="groups")
    members = models.ManyToManyField("people.Account", through="GroupMember", related_name="thematic_groups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["framework", "name"], name="thematic_group_name_once")]

    def __str__(self) -> str:
        return self.name


@tracked()
class GroupTask(models.Model):
    """The group carries the future task."""

    group = models.ForeignKey(ThematicGroup, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey(FutureTask, on_delete=models.CASCADE, related_name="group_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "task"], name="group_task_once")]


@tracked()
class GroupGoal(models.Model):
    """The group carries the goal."""

    group = models.ForeignKey(ThematicGroup, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="group_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "goal"], name="group_goal_once")]


@tracked()
class GroupMember(models.Model):
    """Somebody belongs to the standing team of a thematic group."""

    group = models.ForeignKey(ThematicGroup, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    is_speaker = models.BooleanField(_("Sprecher:in"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "account"], name="group_member_once")]


@tracked()
class PriorityChange(Kept):
    """A change of priority: an event with cause, reason, decision and the day it takes effect."""

    task = models.ForeignKey(FutureTask, on_delete=models.PROTECT, related_name="priority_changes")
    effective_on = models.DateField(_("Gilt ab"))
    cause = models.CharField(_("Anlass"), max_length=10, choices=list(CAUSE_LABELS.items()))
    trigger = models.CharField(_("Auslöser"), max_length=300)
    reason = models.TextField(_("Begründung"))
    decision_reference = models.CharField(_("Beschluss"), max_length=120, blank=True)
    decision_on = models.DateField(_("Beschlossen am"), null=True, blank=True)
    old_rank = models.PositiveSmallIntegerField(_("Bisheriger Rang"), null=True, blank=True)
    new_rank = models.PositiveSmallIntegerField(_("Neuer Rang"), null=True, blank=True)
    published_at = models.DateTimeField(_("Veröffentlicht am"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-effective_on", "-id"], name="priority_change_latest")]


@tracked()
class GoalMapping(models.Model):
    """What becomes of a goal in the next version; links move only after this is confirmed."""

    old_goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="continuations")
    new_goal = models.ForeignKey(
        Goal, on_delete=models.CASCADE, null=True, blank=True, related_name="origins"
    )
    continuation = models.CharField(max_length=10, choices=list(CONTINUATION_LABELS.items()))
    note = models.CharField(_("Bemerkung"), max_length=300, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["old_goal", "new_goal"], nulls_distinct=False, name="goal_mapped_once"
            ),
            models.CheckConstraint(
                condition=Q(continuation="dropped", new_goal=None)
                | (~Q(continuation="dropped") & Q(new_goal__isnull=False)),
                name="dropped_goal_has_no_successor",
            ),
        ]


@tracked()
class TaskMapping(models.Model):
    """What becomes of a future task in the next version."""

    old_task = models.ForeignKey(FutureTask, on_delete=models.CASCADE, related_name="continuations")
    new_task = models.ForeignKey(
        FutureTask, on_delete=models.CASCADE, null=True, blank=True, related_name="origins"
    )
    continuation = models.CharField(max_length=10, choices=list(CONTINUATION_LABELS.items()))
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["old_task", "new_task"], nulls_distinct=False, name="task_mapped_once"
            ),
            models.CheckConstraint(
                condition=Q(continuation="dropped", new_task=None)
                | (~Q(continuation="dropped") & Q(new_task__isnull=False)),
                name="dropped_task_has_no_successor",
            ),
        ]


@tracked()
class EvaluationStep(Kept):
    """One step of the evaluation cycle's work plan."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="evaluation_steps")
    name = models.CharField(_("Schritt"), max_length=200)
    due_on = models.DateField(_("Fällig am"))
    department = models.ForeignKey(
        "people.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    repeats_after_months = models.PositiveSmallIntegerField(
        _("Wiederholt sich nach Monaten"), null=True, blank=True
    )
    done_on = models.DateField(_("Erledigt am"), null=True, blank=True)
    note = models.TextField(_("Bemerkung"), blank=True)
