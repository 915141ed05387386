"""Council systems that are read by OParl, and what they said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.papers.rules.kinds import SourceState


@tracked(exclude=("cursor", "progress"))
class OparlSource(Kept):
    """One council system (address of its System or Body) or a folder of its objects."""

    name = models.CharField(_("Name"), max_length=200, unique=True)
    address = models.CharField(_("Adresse oder Ordner"), max_length=500, unique=True)
    vendor = models.CharField(
        _("Hersteller"), max_length=40, blank=True, help_text=_("Leer: wird an den Antworten erkannt")
    )
    is_active = models.BooleanField(_("Jede Nacht abgleichen"), default=False)
    with_persons = models.BooleanField(_("Personen übernehmen"), default=False)
    state = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in SourceState], default=SourceState.NEVER
    )
    # Start of the last run that came to its end: the next asks for what changed since.
    last_success_at = models.DateTimeField(_("Zuletzt vollständig gelesen"), null=True, blank=True)
    # Where a broken run goes on: list → next address, and the start of that run.
    cursor = models.JSONField(default=dict, blank=True, editable=False)
    progress = models.JSONField(default=dict, blank=True, editable=False)


class OparlObject(models.Model):
    """One object as the council system sent it, whole: nothing of it is lost."""

    source = models.ForeignKey(OparlSource, on_delete=models.CASCADE, related_name="objects_kept")
    oparl_id = models.CharField(max_length=500)
    type = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    is_deleted = models.BooleanField(default=False)
    modified_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    run = models.ForeignKey("core.Run", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "oparl_id"], name="oparl_object_once")]
        indexes = [models.Index(fields=["source", "type"], name="oparl_object_of_type")]
