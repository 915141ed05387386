"""Papers with their files, versions and what they touch."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.goals.rules import LinkSign
from dreiklang.papers.models.labels import (
    FILE_ROLE_LABELS,
    PAPER_KIND_LABELS,
    TARGET_KIND_LABELS,
    TEXT_STATE_LABELS,
)
from dreiklang.papers.rules.kinds import FileRole, PaperKind, TextState

VISIBILITY_LABELS = {Visibility.INTERNAL: _("intern"), Visibility.PUBLIC: _("öffentlich")}
SIGN_LABELS = {LinkSign.SUPPORTS: _("unterstützt"), LinkSign.HINDERS: _("erschwert")}


# The text has its versions; in the history it would stand once more for every change.
@tracked(exclude=("search", "text"))
class Paper(Kept):
    """A council paper (Vorlage, Antrag, Anfrage). It accompanies the council system's own record.

    `number` is what people say and may occur twice in a council system; `key` is the address and unique.
    """

    key = models.CharField(_("Adresse"), max_length=80, unique=True)
    number = models.CharField(_("Nummer"), max_length=60)
    title = models.CharField(_("Titel"), max_length=600)
    kind = models.CharField(
        _("Art"), max_length=16, choices=list(PAPER_KIND_LABELS.items()), default=PaperKind.PROPOSAL
    )
    kind_words = models.CharField(_("Art in der Quelle"), max_length=120, blank=True)
    dated_on = models.DateField(_("Datum"), null=True, blank=True)
    lead_department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Federführung"),
    )
    lead_words = models.CharField(_("Federführung in der Quelle"), max_length=300, blank=True)
    originator = models.CharField(
        _("Eingebracht von"), max_length=300, blank=True, help_text=_("Fraktion oder Amt; keine Personen")
    )
    summary = models.TextField(_("Kurzfassung"), blank=True)
    text = models.TextField(
        _("Text"), blank=True, help_text=_("Der Text der Vorlage selbst, ohne Anlagen"), editable=False
    )
    concept = models.ForeignKey(
        "concepts.Concept",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Legt dieses Konzept vor"),
    )
    follows = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("Knüpft an"),
    )
    # None: what the city rules for papers of this kind.
    is_strategic = models.BooleanField(_("Strategisch"), null=True, blank=True)
    visibility = models.CharField(
        _("Sichtbarkeit"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    withdrawn_at = models.DateTimeField(_("Zurückgezogen am"), null=True, blank=True)
    web = models.URLField(_("Im Ratsinformationssystem"), max_length=500, blank=True)
    oparl_id = models.CharField(max_length=500, null=True, unique=True, editable=False)  # noqa: DJ001 (unique)
    # What a declared form description read from the printed check header: field → value, see rules.forms.
    header = models.JSONField(_("Kopf der Vorlage"), default=dict, blank=True, editable=False)
    note = models.TextField(_("Interne Bemerkung"), blank=True)
    search = search_column(("number", "A"), ("title", "A"), ("summary", "B"), ("text", "D"))

    class Meta:
        indexes = [
            *search_indexes("paper"),
            models.Index(fields=["number"], name="paper_number"),
            # For the beginning of a number, whatever order of letters the server knows.
            models.Index(fields=["number"], opclasses=["varchar_pattern_ops"], name="paper_number_start"),
            # As the list asks: papers without a day come last.
            models.Index(F("dated_on").desc(nulls_last=True), F("id").desc(), name="paper_latest"),
            models.Index(
                F("visibility"),
                F("dated_on").desc(nulls_last=True),
                F("id").desc(),
                name="paper_latest_visible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@tracked()
class PaperLink(models.Model):
    """The paper touches a goal, task, concept, measure or area: a person said so, a list, or its released check.

    `target` is the object's key within its subject (number or key), so that links point downwards
    to several subjects; `papers.queries` joins them.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=12, choices=list(TARGET_KIND_LABELS.items()))
    target = models.BigIntegerField(help_text=_("Datenbanknummer des Ziels, der Maßnahme …"))
    # Empty: it touches the goal, and nobody knows yet whether for better or worse.
    sign = models.CharField(
        max_length=8, choices=list(SIGN_LABELS.items()), default=LinkSign.SUPPORTS, blank=True
    )
    reason = models.TextField(_("Begründung"), blank=True)
    origin = models.CharField(_("Herkunft"), max_length=200, blank=True)
    # Written with the release of this check and taken away with it. None: by hand or from a list.
    from_check = models.ForeignKey(
        "papers.Check", on_delete=models.CASCADE, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "kind", "target"], name="paper_link_once")]
        indexes = [models.Index(fields=["kind", "target"], name="paper_link_of_target")]


@tracked(exclude=("text",))
class CouncilFile(models.Model):
    """A file of a paper or a meeting, and its text where one could be read."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, null=True, blank=True, related_name="files")
    meeting = models.ForeignKey(
        "papers.Meeting", on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )
    role = models.CharField(
        _("Rolle"), max_length=12, choices=list(FILE_ROLE_LABELS.items()), default=FileRole.ATTACHMENT
    )
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Bezeichnung"), max_length=600)
    file_name = models.CharField(_("Dateiname"), max_length=255, blank=True)
    mime_type = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("Größe in Bytes"), null=True, blank=True)
    url = models.URLField(_("Adresse"), max_length=600, blank=True)
    text = models.TextField(blank=True)
    text_state = models.CharField(
        _("Text"), max_length=12, choices=list(TEXT_STATE_LABELS.items()), default=TextState.WAITING
    )
    text_problem = models.CharField(_("Warum ohne Text"), max_length=300, blank=True)
    modified_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(_("Öffentlich"), default=False)
    oparl_id = models.CharField(max_length=500, null=True, unique=True, editable=False)  # noqa: DJ001 (unique)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False) | Q(meeting__isnull=False),
                name="council_file_belongs_somewhere",
            )
        ]
        indexes = [
            models.Index(fields=["id"], name="file_text_waiting", condition=Q(text_state=TextState.WAITING))
        ]


class FileContent(models.Model):
    """The bytes of a file that somebody uploaded. Those of council systems stay there and are linked.

    They lie in the database, so that one backup holds them and nothing but `visible_files` leads to them.
    """

    # Without history on purpose: what is taken away is to be gone, and its row says who did it.
    file = models.OneToOneField(
        CouncilFile, on_delete=models.CASCADE, primary_key=True, related_name="content"
    )
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)


class PaperVersion(models.Model):
    """The text as it stood at one time, so that two versions can be compared. Written, never changed."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("Fassung"))
    title = models.CharField(max_length=600)
    text = models.TextField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    origin = models.CharField(_("Herkunft"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once")]


@tracked()
class PaperSettings(Kept):
    """What the city ruled about papers: one row, or none before anybody ruled."""

    strategic_kinds = models.JSONField(_("Strategische Arten"), default=list)
    co_sign_workdays = models.PositiveSmallIntegerField(_("Arbeitstage für die Mitzeichnung"), default=5)
    lead_time_workdays = models.PositiveSmallIntegerField(
        _("Arbeitstage vor der Sitzung, bis die Prüfung frei sein soll"), default=10
    )
