"""Candidates with their findings, and who was asked to talk about them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.conflicts.models.labels import KIND_LABELS, SENSE_LABELS, STATE_LABELS
from dreiklang.conflicts.rules.kinds import State
from dreiklang.core.geometry import GeometryField
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept


# What every comparison may write anew says nothing about what people did.
@tracked(
    exclude=(
        "compared_at",
        "strength",
        "kinds",
        "office_ids",
        "person_ids",
        "area_ids",
        "goal_ids",
        "fingerprint",
        "found_limits",
        "changed_at",
    )
)
class Candidate(Kept):
    """Claims that should be looked at together. What people said of it survives every comparison."""

    # rules.candidate_key: the parties in order.
    key = models.CharField(max_length=400, unique=True)
    parties = ArrayField(models.CharField(max_length=40))
    state = models.CharField(_("Stand"), max_length=12, choices=list(STATE_LABELS.items()), default=State.NEW)
    # One word for the list: conflict where any finding is one.
    sense = models.CharField(_("Art"), max_length=8, choices=list(SENSE_LABELS.items()))
    strength = models.FloatField(_("Stärke"), help_text=_("Ordnet die Liste, ist kein Prozentwert."))
    # What filters ask: kinds of the findings; offices, leads, districts and goals of all parties.
    kinds = ArrayField(models.CharField(max_length=12), default=list)
    person_ids = ArrayField(models.BigIntegerField(), default=list)
    office_ids = ArrayField(models.BigIntegerField(), default=list)
    area_ids = ArrayField(models.BigIntegerField(), default=list)
    goal_ids = ArrayField(models.BigIntegerField(), default=list)
    # Of the findings together; empty while nothing is found.
    fingerprint = models.CharField(max_length=32, blank=True)
    # The thresholds its findings were found under: those in force, or those of what was said where they are stricter now.
    found_limits = models.JSONField(default=dict)
    # What people said last, and of which facts. The state follows from it and from what is found now.
    said_state = models.CharField(max_length=12, choices=list(STATE_LABELS.items()), default=State.NEW)
    said_fingerprint = models.CharField(max_length=32, blank=True)
    said_facts = models.JSONField(default=list)
    # The thresholds it was said under; empty: those in force. What was said is measured with these.
    said_limits = models.JSONField(default=dict)
    said_reason = models.TextField(_("Begründung"), blank=True)
    said_by_id = models.BigIntegerField(null=True)
    said_by_name = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField(null=True)
    # When a changed fact opened it again, or nothing of it was found any more: what changed, as codes and values before
    # and after; a reason that is gone with the facts that no longer hold.
    reopened_at = models.DateTimeField(_("Wieder offen seit"), null=True)
    reopened_by = models.JSONField(default=list)
    found_at = models.DateTimeField(auto_now_add=True)
    compared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(parties__len__gte=2), name="candidate_has_two_parties"),
            models.CheckConstraint(
                condition=~Q(said_state=State.NO_CONFLICT) | ~Q(said_reason=""),
                name="no_conflict_has_its_reason",
            ),
        ]
        indexes = [
            models.Index(F("strength").desc(), F("id").asc(), name="candidate_by_strength"),
            GinIndex(fields=["parties"], name="candidate_parties"),
            GinIndex(fields=["office_ids"], name="candidate_offices"),
            GinIndex(fields=["person_ids"], name="candidate_persons"),
            GinIndex(fields=["area_ids"], name="candidate_areas"),
            GinIndex(fields=["goal_ids"], name="candidate_goals"),
        ]


class FoundFact(models.Model):
    """A finding of the latest comparison. Derived; what people answered to stands in the candidate and the weighing."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=12, choices=list(KIND_LABELS.items()))
    sense = models.CharField(max_length=8, choices=list(SENSE_LABELS.items()))
    strength = models.FloatField()
    facts = models.JSONField(default=dict)
    # The shared area, for the small map (EPSG:4326).
    geometry = GeometryField(null=True)
    fingerprint = models.CharField(max_length=32)
    rule_version = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "kind", "fingerprint"], name="finding_once")
        ]
        indexes = [models.Index(fields=["kind", "candidate"], name="finding_of_kind")]


@tracked()
class Talk(models.Model):
    """Somebody asked the other lead to talk about a candidate, and what came of it.

    Without a candidate while it is about something that is only being typed: `about_key` names the other record,
    `draft_title` what was typed.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="talks", null=True)
    about_key = models.CharField(max_length=40, blank=True)
    draft_title = models.CharField(_("Vorhaben"), max_length=600, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    # Accounts of the leads who were written to, and the offices where no lead is named.
    to_ids = ArrayField(models.BigIntegerField(), default=list)
    to_offices = ArrayField(models.BigIntegerField(), default=list)
    message = models.TextField(_("Nachricht"), blank=True)
    note = models.TextField(_("Ergebnis des Gesprächs"), blank=True)
    held_on = models.DateField(_("Gesprochen am"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(candidate__isnull=False) | ~Q(about_key=""), name="talk_is_about_something"
            )
        ]
