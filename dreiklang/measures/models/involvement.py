"""Who takes part in a measure, inside the administration and outside."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.kept import watched
from dreiklang.measures.models.labels import INVOLVED_LABELS
from dreiklang.measures.models.measure import Measure
from dreiklang.measures.rules import InvolvedRole


@tracked()
class Involvement(models.Model):
    """A department takes part with an agreed role."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="involvements")
    department = models.ForeignKey(
        "people.Department", on_delete=models.PROTECT, related_name="+", verbose_name=_("Amt")
    )
    role = models.CharField(
        _("Rolle"), max_length=12, choices=list(INVOLVED_LABELS.items()), default=InvolvedRole.INVOLVED
    )
    words = models.CharField(_("Vereinbart"), max_length=300, blank=True)
    since = models.DateField(_("Seit"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "department"], name="department_involved_once")
        ]


@tracked()
class MeasurePartner(models.Model):
    """A partner outside the administration with the role that was agreed."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("Partner"), max_length=200)
    role = models.CharField(_("Vereinbarte Rolle"), max_length=300, blank=True)
    is_public = models.BooleanField(_("Öffentlich nennen"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "name"], name="partner_named_once_per_measure")
        ]


@tracked()
class TeamMember(models.Model):
    """A member of the project team."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="team")
    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name=_("Person")
    )
    duty = models.CharField(_("Aufgabe"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "account"], name="team_member_once")]


@watched
@tracked()
class PartnerAccess(models.Model):
    """A partner with an account sees the working side of this measure, as was agreed."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="partner_access")
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    agreed_on = models.DateField(_("Vereinbart am"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "account"], name="partner_access_once")]
