"""Checklists as data, and checks of drafts against the goals."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.papers.models.labels import (
    CHECK_STATE_LABELS,
    CHECKLIST_STATE_LABELS,
    CO_SIGN_STATE_LABELS,
    SEARCHED_LABELS,
    TARGET_KIND_LABELS,
    VERDICT_LABELS,
)
from dreiklang.papers.models.papers import SIGN_LABELS, Paper
from dreiklang.papers.models.route import Meeting
from dreiklang.papers.rules.kinds import (
    ChecklistState,
    CheckState,
    CoSignState,
    ProposalOrigin,
    Searched,
    Verdict,
)


@tracked()
class Checklist(Kept):
    """One version of the uniform checklist. Its questions are data; see rules.checklist for their shape."""

    name = models.CharField(_("Name"), max_length=200)
    label = models.CharField(_("Fassung"), max_length=60)
    valid_from = models.DateField(_("Gilt ab"), null=True, blank=True)
    state = models.CharField(
        _("Stand"), max_length=12, choices=list(CHECKLIST_STATE_LABELS.items()), default=ChecklistState.DRAFT
    )
    content = models.JSONField(_("Fragen"))
    is_example = models.BooleanField(
        _("Beispiel"), default=False, help_text=_("Unsere Fragen, nicht die der Stadt")
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "label"], name="checklist_version_once"),
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                condition=Q(state=ChecklistState.PUBLISHED),
                name="one_checklist_from_a_day_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.label}"


@tracked(exclude=("text",))
class Check(Kept):
    """A check of a draft paper, or of a concept from its commissioning on. Internal until released."""

    number = models.CharField(_("Nummer"), max_length=40, unique=True)
    title = models.CharField(_("Titel"), max_length=600)
    paper = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="checks",
        verbose_name=pgettext_lazy("Rat", "Vorlage"),
    )
    concept = models.ForeignKey(
        "concepts.Concept",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Konzept"),
    )
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="checks")
    state = models.CharField(
        _("Stand"), max_length=12, choices=list(CHECK_STATE_LABELS.items()), default=CheckState.DRAFT
    )
    text = models.TextField(_("Text des Entwurfs"), blank=True)
    file_name = models.CharField(_("Datei"), max_length=255, blank=True)
    # When the proposals for this text were made; empty while the worker reads it.
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposal_problem = models.CharField(max_length=300, blank=True)
    department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Amt"),
    )
    editor = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Bearbeitet von"),
    )
    reader = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zweitprüfung"),
    )
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="checks",
        verbose_name=_("Geplante Sitzung"),
    )
    committee_on = models.DateField(_("Soll ins Gremium am"), null=True, blank=True)
    # Stage 1. None until answered; a reason is required with either answer.
    is_relevant = models.BooleanField(_("Für das INSEK von Belang"), null=True, blank=True)
    relevance_reason = models.TextField(_("Begründung"), blank=True)
    released_at = models.DateTimeField(_("Freigegeben am"), null=True, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=CheckState.RELEASED) | Q(released_at__isnull=False),
                name="released_check_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(is_relevant=None) | ~Q(relevance_reason=""), name="relevance_has_its_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "committee_on"], name="check_pipeline"),
            models.Index(fields=["-created_at", "-id"], name="check_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class CheckStep(models.Model):
    """A check came into a state: who, when, why. From these follow how long things take and where they wait.

    `of`, since `check` is a method of every model.
    """

    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=list(CHECK_STATE_LABELS.items()))
    entered_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["of", "entered_at", "id"], name="check_step_in_order")]


class CheckText(models.Model):
    """The draft's text as it stood at one time. Written, never changed."""

    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField(_("Fassung"))
    text = models.TextField()
    file_name = models.CharField(max_length=255, blank=True)
    # What reading the file left out; codes of core.documents.
    notes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="check_text_once")]


@tracked()
class Proposal(models.Model):
    """The draft seems to touch something; a person confirms or rejects it. Verdicts survive a new reading.

    `score` orders within one kind and says nothing by itself.
    """

    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=12, choices=list(TARGET_KIND_LABELS.items()))
    target = models.BigIntegerField(help_text=_("Datenbanknummer des Ziels, der Maßnahme …"))
    origin = models.CharField(
        max_length=8, choices=[(o.value, o.value) for o in ProposalOrigin], default=ProposalOrigin.PROPOSED
    )
    rank = models.PositiveSmallIntegerField(default=0)
    score = models.FloatField(default=0)
    # Why: codes of rules.proposals (near, words, named, learned), each with what it rests on.
    grounds = models.JSONField(default=list)
    passage = models.TextField(_("Stelle im Text"), blank=True)
    is_offered = models.BooleanField(default=True, help_text=_("Falsch: im neuen Text nicht mehr gefunden"))
    verdict = models.CharField(max_length=12, choices=list(VERDICT_LABELS.items()), default=Verdict.OPEN)
    sign = models.CharField(
        _("Wirkung"),
        max_length=8,
        choices=list(SIGN_LABELS.items()),
        blank=True,
        help_text=_("Nur bei Zielen: unterstützt oder erschwert"),
    )
    reason = models.TextField(_("Begründung"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "kind", "target"], name="proposal_once")]
        indexes = [models.Index(fields=["kind", "target", "verdict"], name="proposal_of_target")]


@tracked()
class Answer(Kept):
    """One answer with its reason.

    `target` 0: to the question as such; else about the goal with that id.
    """

    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=80)
    target = models.BigIntegerField(default=0)
    value = models.CharField(_("Antwort"), max_length=40, blank=True)
    text = models.TextField(_("Text"), blank=True)
    amount_eur = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.TextField(_("Begründung"), blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "question", "target"], name="answer_once")]


@tracked()
class Comment(models.Model):
    """What the second reader or a co-signing office says, to the check or to one question."""

    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="comments")
    question = models.CharField(max_length=80, blank=True)
    text = models.TextField(_("Anmerkung"))
    recorded_at = models.DateTimeField(auto_now_add=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(_("Erledigt am"), null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)


@tracked()
class CoSignature(models.Model):
    """An affected office is asked to co-sign (Mitzeichnung) by a day."""

    of = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="co_signatures")
    department = models.ForeignKey("people.Department", on_delete=models.PROTECT, related_name="+")
    is_treasury = models.BooleanField(_("Kämmerei"), default=False)
    asked_at = models.DateTimeField()
    due_on = models.DateField(_("Frist"))
    state = models.CharField(
        _("Antwort"), max_length=8, choices=list(CO_SIGN_STATE_LABELS.items()), default=CoSignState.ASKED
    )
    reason = models.TextField(_("Begründung"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    # What the answer was given to: fingerprints by part, see rules.signed; empty where it was imported.
    signed_parts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "department"], name="co_signature_once"),
            models.CheckConstraint(
                condition=~Q(state=CoSignState.OBJECTED) | ~Q(reason=""), name="objection_has_its_reason"
            ),
        ]


@tracked()
class SavedSearch(models.Model):
    """A search somebody wants to hear of when something new is found."""

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    searched = models.CharField(
        _("Liste"),
        max_length=12,
        choices=list(SEARCHED_LABELS.items()),
        default=Searched.PAPERS,
    )
    name = models.CharField(_("Name"), max_length=120)
    # The address bar of the list: q, place, goal, committee …
    query = models.JSONField(default=dict)
    seen_ids = ArrayField(models.BigIntegerField(), default=list)
    looked_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "name"], name="saved_search_name_once")]
