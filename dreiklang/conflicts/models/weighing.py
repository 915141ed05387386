"""Weighings: what each party needs, ways to settle it, the decision."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.conflicts.models.candidates import Candidate
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept


@tracked()
class Weighing(Kept):
    """A weighing (Zielkonfliktklärung, informell): what each needs, options, decision, reason, who, until when."""

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="weighings")
    question = models.TextField(_("Worum geht es?"))
    decision = models.TextField(_("Entscheidung"), blank=True)
    reason = models.TextField(_("Begründung"), blank=True)
    decided_by = models.CharField(_("Entschieden von"), max_length=300, blank=True)
    decided_on = models.DateField(_("Entschieden am"), null=True, blank=True)
    review_on = models.DateField(_("Wieder ansehen am"), null=True, blank=True)
    # The facts it answered, in words that stay readable: list of {kind, facts, fingerprint}.
    weighed_facts = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=32, blank=True)
    paper_ids = ArrayField(models.BigIntegerField(), default=list)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Geschrieben von"), max_length=200, blank=True)
    is_closed = models.BooleanField(_("Abgeschlossen"), default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_closed=False)
                | (~Q(decision="") & ~Q(reason="") & ~Q(decided_by="") & Q(decided_on__isnull=False)),
                name="closed_weighing_is_complete",
            ),
            models.UniqueConstraint(
                fields=["candidate"], condition=Q(is_closed=False), name="one_open_weighing_per_candidate"
            ),
        ]


@tracked()
class Position(models.Model):
    """What one party of a weighing needs."""

    weighing = models.ForeignKey(Weighing, on_delete=models.CASCADE, related_name="positions")
    order = models.PositiveSmallIntegerField(default=0)
    party = models.CharField(_("Beteiligt"), max_length=300)
    claim_key = models.CharField(max_length=40, blank=True)
    need = models.TextField(_("Was gebraucht wird"), blank=True)


@tracked()
class Option(models.Model):
    """One way to settle it, with its effects; at most one was chosen."""

    weighing = models.ForeignKey(Weighing, on_delete=models.CASCADE, related_name="options")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("Möglichkeit"), max_length=300)
    effects = models.TextField(_("Folgen"), blank=True)
    is_chosen = models.BooleanField(_("gewählt"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["weighing"], condition=Q(is_chosen=True), name="one_chosen_option_per_weighing"
            )
        ]
