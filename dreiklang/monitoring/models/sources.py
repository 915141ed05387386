"""Where values come from: who publishes them, in which dataset, as which quantity, with which delivery."""

import re

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import search_column, search_indexes
from dreiklang.monitoring.models.description import Description
from dreiklang.monitoring.models.labels import VISIBILITY_LABELS
from dreiklang.monitoring.rules.series import TOTAL_KEY


@tracked()
class Provider(Kept):
    """Who publishes values: a statistical office, a service of the state, a department of the city."""

    key = models.SlugField(_("Kurzname"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    homepage = models.URLField(_("Internetseite"), max_length=300, blank=True)
    service_url = models.URLField(_("Adresse des Datendienstes"), max_length=300, blank=True)
    contact = models.CharField(_("Kontakt"), max_length=300, blank=True)
    licence = models.CharField(_("Lizenz"), max_length=300, blank=True)
    attribution = models.CharField(_("Quellenangabe"), max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name


@tracked(exclude=("search",))
class Dataset(Description, Kept):
    """One table or list that comes again and again: what the catalogue describes and quantities come from.

    code         the name its provider gives it ("12411-01-01-4"), or our own for the city's lists
    is_own       a dataset of this city: it goes out with our catalogue once it is public
    responsible  who sees on the focus page that it is late; with the next three a harvest leaves them alone
    """

    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="datasets", verbose_name=_("Herausgeber")
    )
    code = models.CharField(_("Kennung"), max_length=80)
    title = models.CharField(_("Titel"), max_length=500)
    description = models.TextField(_("Beschreibung"), blank=True)
    licence = models.CharField(_("Lizenz"), max_length=300, blank=True)
    attribution = models.CharField(_("Quellenangabe"), max_length=500, blank=True)
    # What the source says of its own state, word for word: with it an unchanged table is not fetched again.
    state_words = models.CharField(_("Stand der Quelle"), max_length=80, blank=True)
    quality_note = models.TextField(_("Hinweise zur Güte"), blank=True)
    # "-" means nothing there; only a legend and somebody's look at this dataset make it a zero.
    dash_is_zero = models.BooleanField(_("„-“ heißt null"), default=False)
    department = models.ForeignKey(
        "people.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zuständiges Amt"),
    )
    responsible = models.ForeignKey(
        "people.Account",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Zuständig"),
    )
    next_due_on = models.DateField(_("Nächster Stand bis"), null=True, blank=True)
    is_own = models.BooleanField(_("Datensatz unserer Stadt"), default=False)
    visibility = models.CharField(
        _("Sichtbar"), max_length=8, choices=list(VISIBILITY_LABELS.items()), default=Visibility.INTERNAL
    )
    search = search_column(("title", "A"), ("description", "B"), ("publisher_name", "C"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="dataset_code_once_per_provider")
        ]
        indexes = search_indexes("dataset")

    def __str__(self) -> str:
        return self.title


@tracked()
class Quantity(models.Model):
    """What a dataset counts or measures: one column of values ("BEVSTD", Bevölkerungsstand, in "Anzahl")."""

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="quantities")
    code = models.CharField(_("Kennung"), max_length=120)
    name = models.CharField(_("Name"), max_length=500)
    unit_words = models.CharField(_("Einheit der Quelle"), max_length=120, blank=True)
    unit = models.CharField(_("Einheit"), max_length=40, blank=True)
    # Numbers as delivered have so many digits behind the comma.
    decimals = models.PositiveSmallIntegerField(_("Nachkommastellen"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dataset", "code"], name="quantity_code_once_per_dataset")
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Breakdown(models.Model):
    """By what values are split: "GES=GESW;NAT=NATD", in order of the codes; empty, or without a code, is the total.

    `labels` keeps codes and names as delivered: [["GES", "Geschlecht", "GESW", "weiblich"], …].
    """

    key = models.CharField(_("Schlüssel"), max_length=500, unique=True)
    labels = models.JSONField(_("Merkmale"), default=list)

    @property
    def is_total(self) -> bool:
        """Whether nothing is split: no axis, or all of them without a value ("GES=;NAT=")."""
        return re.match(TOTAL_KEY, self.key) is not None


@tracked(exclude=("content",))
class SourceFile(models.Model):
    """A file as it was delivered, whole and compressed (zlib): so nothing of it is lost."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("Datei"), max_length=255)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("Größe in Byte"))
    content = models.BinaryField()
    kept_at = models.DateTimeField(auto_now_add=True)


@tracked()
class Delivery(models.Model):
    """Values that came together: who brought them, when, from where, why. It is the history of their arrival."""

    run = models.ForeignKey("core.Run", on_delete=models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, null=True, related_name="deliveries")
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, null=True, related_name="deliveries")
    # All it was read for, whatever became of the values: by these it is known whether small counts may be among them.
    quantities = models.ManyToManyField(Quantity, related_name="deliveries")
    state_words = models.CharField(_("Stand der Quelle"), max_length=80, blank=True)
    made_at = models.DateTimeField(_("Geliefert am"))
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("Von"), max_length=200, blank=True)
    reason = models.CharField(_("Grund"), max_length=300, blank=True)
    released_at = models.DateTimeField(_("Freigegeben am"), null=True, blank=True)
    released_by_name = models.CharField(max_length=200, blank=True)
    sent_back_at = models.DateTimeField(_("Zurückgegeben am"), null=True, blank=True)
    sent_back_by_name = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("Zurückgezogen am"), null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)
    # What was said when it was sent back or withdrawn.
    answer = models.CharField(_("Antwort"), max_length=500, blank=True)
    # What seemed wrong with values, for the eyes of whoever releases them: row, where, when, code, value, beside.
    doubts = models.JSONField(_("Zweifel"), default=list)
    row_count = models.PositiveIntegerField(_("Zeilen"), default=0)
    new_count = models.PositiveIntegerField(_("Neue Werte"), default=0)
    changed_count = models.PositiveIntegerField(_("Geänderte Werte"), default=0)
    same_count = models.PositiveIntegerField(_("Unveränderte Werte"), default=0)

    class Meta:
        indexes = [models.Index(fields=["-made_at", "-id"], name="delivery_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("made_at")),
                name="delivery_withdrawn_after_it_was_made",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(sent_back_at=None),
                name="delivery_released_or_sent_back",
            ),
        ]
