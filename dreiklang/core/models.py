"""What every subject keeps in the same way: versions of a record, imports, changes told upwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Outcome, RunState, Weight


class Kept(models.Model):
    """A record that people edit: `version` counts saves, so that two editors notice each other."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True


class Mapping(models.Model):
    """Which column of a city's own list means which of our fields, saved under a name."""

    kind = models.CharField(_("Art der Liste"), max_length=40)
    name = models.CharField(_("Name der Zuordnung"), max_length=80)
    columns = models.JSONField(_("Spalten"))
    options = models.JSONField(_("Angaben zur Liste"), default=dict)
    changed_by_id = models.BigIntegerField(null=True)
    changed_by_name = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="mapping_name_once_per_kind")]


class Source(models.Model):
    """Where rows come from: one list that is imported again and again."""

    kind = models.CharField(_("Art der Liste"), max_length=40)
    name = models.CharField(_("Quelle"), max_length=200)
    licence = models.CharField(_("Lizenz"), max_length=200, blank=True)
    attribution = models.CharField(_("Quellenangabe"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="source_name_once_per_kind")]


class Run(models.Model):
    """One import from start to end with its report. A failed run leaves what was there."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    mapping_name = models.CharField(max_length=80, blank=True)
    file_name = models.CharField(_("Datei"), max_length=255)
    file_sha256 = models.CharField(max_length=64)
    file_facts = models.JSONField(
        _("Erkannt"), default=dict, help_text=_("Zeichensatz, Trennzeichen, Blatt, Hinweise")
    )
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in RunState])
    is_dry_run = models.BooleanField(_("Probelauf"), default=False)
    started_at = models.DateTimeField(_("Beginn"))
    finished_at = models.DateTimeField(_("Ende"), null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Von"), max_length=200, blank=True)
    reason = models.CharField(_("Grund"), max_length=300, blank=True)
    row_count = models.PositiveIntegerField(_("Zeilen"), default=0)
    done_count = models.PositiveIntegerField(_("Davon gelesen"), default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    missing_count = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-started_at", "-id"], name="run_latest")]


class Problem(models.Model):
    """What was wrong with one cell: row and field as the user sees them in the file."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(_("Zeile"), null=True)
    key = models.CharField(_("Schlüssel"), max_length=200, blank=True)
    field = models.CharField(_("Feld"), max_length=120, blank=True)
    code = models.CharField(max_length=60)
    value = models.TextField(_("Wert"), blank=True)
    weight = models.CharField(max_length=8, choices=[(w.value, w.value) for w in Weight])
    proposals = models.JSONField(_("Vorschläge"), default=list)

    class Meta:
        indexes = [models.Index(fields=["run", "row"], name="problem_by_row")]


class ImportedRow(models.Model):
    """The row of the outside list that a record came from, kept whole: nothing of it is lost."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="rows")
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=40)
    object_key = models.CharField(max_length=200)
    cells = models.JSONField(default=dict)
    values = models.JSONField(default=dict, help_text=_("Wie die Zeile zuletzt verstanden wurde"))
    fingerprint = models.CharField(max_length=64)
    first_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    last_run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="imported_row_key_once_per_source")
        ]
        indexes = [models.Index(fields=["subject", "object_key"], name="imported_row_of_object")]


class RowResult(models.Model):
    """What one run did, or would do, with one row: the dry run's table."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results")
    row = models.PositiveIntegerField(null=True)
    key = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    differences = models.JSONField(default=list, help_text=_("Feld, vorher, nachher"))

    class Meta:
        indexes = [models.Index(fields=["run", "outcome", "row"], name="row_result_by_outcome")]


class Upload(models.Model):
    """A file between upload and import, kept only until the import is done or given up."""

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by_id = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)
    choices = models.JSONField(
        default=dict, help_text=_("Zuordnung und Angaben, solange der Import nicht fertig ist")
    )


class Change(models.Model):
    """Something happened in a subject that subjects above may want to know (an outbox)."""

    name = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    object_key = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(handled_at=None), name="change_unhandled")]


class Revision(models.Model):
    """One transaction that wrote a watched table, or several gathered; see `core.kept`."""

    number = models.PositiveBigIntegerField()


class TextVector(models.Model):
    """What is kept of a text so that drafts can be compared with it; see `core.nearness`.

    Derived, so without history: lost rows are made anew. `method` and `fingerprint` tell when one is out of date.
    """

    subject = models.CharField(max_length=16)
    key = models.BigIntegerField()
    method = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=32)
    vectors = models.BinaryField()
    grams = models.BinaryField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "key"], name="text_vector_once")]
