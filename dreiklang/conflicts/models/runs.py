"""Runs that compare everything."""

from django.db import models

from dreiklang.core.enums import RunState


class Comparison(models.Model):
    """A run that compares all claims: how far it is, so that it can be watched and taken up again."""

    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in RunState])
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(auto_now=True)
    # Of what claims, limits and day the steps are: a broken run goes on where it stopped only while these are the same.
    basis = models.CharField(max_length=32, blank=True)
    done_count = models.PositiveIntegerField(default=0)
    total_count = models.PositiveIntegerField(default=0)
    claim_count = models.PositiveIntegerField(default=0)
    candidate_count = models.PositiveIntegerField(default=0)
    rule_version = models.CharField(max_length=20)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-started_at", "-id"], name="comparison_latest")]


class ComparisonStep(models.Model):
    """What one step of a run found, kept until the run is done: readers see the old findings or the new ones whole."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=40)
    findings = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comparison", "name"], name="comparison_step_once")]
