"""Surveys and studies: what was asked, whom, how; what came out of it, and what of it matters for goals."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.monitoring.models.labels import VISIBILITY_LABELS
from dreiklang.monitoring.models.sources import SourceFile
from dreiklang.monitoring.rules.surveys import SurveyKind, SurveyMode

SURVEY_KIND_LABELS = {SurveyKind.SURVEY: _("Umfrage"), SurveyKind.STUDY: _("Studie")}
SURVEY_MODE_LABELS = {
    SurveyMode.PAPER: _("schriftlich"),
    SurveyMode.ONLINE: _("online"),
    SurveyMode.MIXED: _("schriftlich und online"),
    SurveyMode.PHONE: _("am Telefon"),
    SurveyMode.FACE: _("im Gespräch"),
    SurveyMode.DESK: _("Auswertung vorhandener Daten"),
}


@tracked(exclude=("search",))
class Survey(Kept):
    """A survey or study with all one needs to judge its results."""

    key = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    title = models.CharField(_("Titel"), max_length=200)
    kind = models.CharField(
        _("Art"), max_length=8, choices=list(SURVEY_KIND_LABELS.items()), default=SurveyKind.SURVEY
    )
    commissioner = models.CharField(_("Im Auftrag von"), max_length=200, blank=True)
    contractor = models.CharField(_("Durchgeführt von"), max_length=200, blank=True)
    population = models.TextField(_("Grundgesamtheit"), blank=True)
    sample_size = models.PositiveIntegerField(_("Angeschrieben oder angefragt"), null=True, blank=True)
    response_count = models.PositiveIntegerField(_("Geantwortet haben"), null=True, blank=True)
    mode = models.CharField(
        _("Wie gefragt wurde"), max_length=8, choices=list(SURVEY_MODE_LABELS.items()), blank=True
    )
    starts_on = models.DateField(_("Von"), null=True, blank=True)
    ends_on = models.DateField(_("Bis"))
    area = models.ForeignKey(
        "places.Area",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Gebiet"),
        help_text=_("Leer: die ganze Stadt"),
    )
    summary = models.TextField(_("In kurzen Worten"), blank=True)
    file = models.ForeignKey(
        SourceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys"
    )
    # A study may be bought: its figures are told, the document stays inside.
    is_file_public = models.BooleanField(_("Das Dokument darf jeder lesen"), default=False)
    url = models.URLField(_("Adresse im Netz"), max_length=500, blank=True)
    licence = models.CharField(_("Lizenz"), max_length=300, blank=True)
    attribution = models.CharField(_("Quellenangabe"), max_length=300, blank=True)
    department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zuständiges Amt"),
    )
    hide_below = models.PositiveSmallIntegerField(_("Ergebnisse verbergen unter … Antworten"), default=10)
    visibility = models.CharField(
        _("Sichtbar"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    search = search_column(("title", "A"), ("summary", "B"), ("population", "C"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(key__regex=r"^[a-z0-9-]+$"), name="survey_key_is_plain"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on")), name="survey_period_in_order"
            ),
            models.CheckConstraint(
                condition=Q(sample_size=None)
                | Q(response_count=None)
                | Q(response_count__lte=F("sample_size")),
                name="survey_has_no_more_answers_than_asked",
            ),
            models.CheckConstraint(condition=Q(hide_below__gte=2), name="survey_hides_below_two_or_more"),
            models.CheckConstraint(
                condition=~Q(visibility="public") | Q(department__isnull=False),
                name="public_survey_has_department",
            ),
        ]
        indexes = [
            *search_indexes("survey"),
            models.Index(fields=["-ends_on", "-id"], name="survey_latest"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class QuestionSeries(models.Model):
    """A question that is asked again and again, so that its answers can be compared over years."""

    key = models.SlugField(_("Kurzname"), max_length=80, unique=True)
    title = models.CharField(_("Worum es geht"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=r"^[a-z0-9-]+$"), name="question_series_key_is_plain"
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Question(Kept):
    """One question of a survey, word for word, with the answers one could give.

    is_changed  the wording or the answers are other than last time: the series has a break before it
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    number = models.CharField(_("Nummer"), max_length=20)
    wording = models.TextField(_("Wortlaut der Frage"))
    scale = models.JSONField(_("Antworten"), default=list)
    series = models.ForeignKey(
        QuestionSeries,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("Fragenreihe"),
    )
    is_changed = models.BooleanField(_("Anders gefragt als zuvor"), default=False)
    changed_words = models.CharField(_("Was anders ist"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="question_number_once_per_survey"),
            # Two points of one year would be two answers to one question.
            models.UniqueConstraint(
                fields=["survey", "series"],
                condition=Q(series__isnull=False),
                name="series_asked_once_per_survey",
            ),
        ]

    def __str__(self) -> str:
        return self.wording


@tracked()
class SurveyResult(models.Model):
    """How many of one group in one place gave one answer; or, without an answer, their mean.

    Too few who answered: the row says so and holds nothing else. What was below the threshold is nowhere kept.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="results")
    area = models.ForeignKey("places.Area", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(_("Gruppe"), max_length=120, blank=True)
    answer = models.CharField(_("Antwort"), max_length=200, blank=True)
    asked_count = models.PositiveIntegerField(_("Befragte"), null=True)
    share = models.DecimalField(_("Anteil"), max_digits=7, decimal_places=6, null=True)
    mean = models.DecimalField(_("Mittelwert"), max_digits=12, decimal_places=4, null=True)
    is_hidden = models.BooleanField(_("Zu wenige Antworten"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "area", "group", "answer"],
                nulls_distinct=False,
                name="survey_result_once",
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gte=0, share__lte=1), name="survey_share_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=False) | Q(asked_count=None, share=None, mean=None),
                name="hidden_survey_result_says_nothing",
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=True) | Q(share__isnull=False) | Q(mean__isnull=False),
                name="survey_result_says_something",
            ),
        ]


@tracked()
class KeyStatement(Kept):
    """What a study says that matters for the city's goals, with the page to read it on."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="statements")
    text = models.TextField(_("Kernaussage"))
    page = models.CharField(_("Seite"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    goals = models.ManyToManyField(
        "goals.Goal", through="KeyStatementGoal", related_name="+", verbose_name=_("Ziele")
    )
    tasks = models.ManyToManyField(
        "goals.FutureTask", through="KeyStatementTask", related_name="+", verbose_name=_("Zukunftsaufgaben")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "position"], name="key_statement_position_once")
        ]

    def __str__(self) -> str:
        return self.text


@tracked()
class KeyStatementGoal(models.Model):
    """A key statement concerns a goal."""

    statement = models.ForeignKey(KeyStatement, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey("goals.Goal", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "goal"], name="key_statement_goal_once")]


@tracked()
class KeyStatementTask(models.Model):
    """A key statement concerns a future task."""

    statement = models.ForeignKey(KeyStatement, on_delete=models.CASCADE, related_name="task_links")
    task = models.ForeignKey("goals.FutureTask", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "task"], name="key_statement_task_once")]
