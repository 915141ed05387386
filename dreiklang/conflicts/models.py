"""Claims as they were last read, candidates with their findings, what people said of them, thresholds, runs."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.conflicts.rules.kinds import Kind, Sense, State
from dreiklang.core.enums import RunState
from dreiklang.core.geometry import BoundsField, GeometryField
from dreiklang.core.history import tracked
from dreiklang.core.models import Kept
from dreiklang.core.search import SortKey

KIND_LABELS = {
    Kind.PLACE_AND_TIME: _("gleicher Ort, gleiche Zeit"),
    Kind.EFFECT: _("gegensätzliche Wirkung"),
    Kind.CONTENT: _("fast gleicher Inhalt"),
    Kind.ORDER: pgettext_lazy("Art eines Hinweises", "Reihenfolge"),
    Kind.MONEY: _("gleiches Geld"),
    Kind.PEOPLE: _("gleiche Leute"),
}
SENSE_LABELS = {Sense.CONFLICT: _("Konflikt"), Sense.SYNERGY: _("Synergie")}
STATE_LABELS = {
    State.NEW: _("neu"),
    State.SEEN: _("angesehen"),
    State.IN_TALKS: _("im Gespräch"),
    State.WEIGHED: _("geklärt"),
    State.NO_CONFLICT: _("kein Konflikt"),
    State.OUTDATED: _("überholt"),
}


class StoredClaim(models.Model):
    """A claim as its subject last gave it, so that one can be compared with all.

    Derived, so without history: lost rows are made anew. `fingerprint` tells when one is out of date.
    """

    key = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=600)
    # As the subject keeps it (EPSG:4326), for maps and for the index; comparisons reckon in metres.
    geometry = GeometryField(null=True)
    bounds = BoundsField(of="geometry")
    area_ids = ArrayField(models.BigIntegerField(), default=list)
    # Empty where that end is unknown or open; `has_period` is false where neither is known.
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    has_period = models.BooleanField(default=False)
    office_ids = ArrayField(models.BigIntegerField(), default=list)
    person_id = models.BigIntegerField(null=True)
    goal_ids = ArrayField(models.BigIntegerField(), default=list)
    # The rest of core.claims.Claim as JSON: effects, money, people, needs_first, kin, topics, flags.
    content = models.JSONField(default=dict)
    # The direction of its text (float16, length 1) around the kept centre, and of which text and centre it was made.
    vector = models.BinaryField(null=True)
    text_mark = models.CharField(max_length=80, blank=True)
    fingerprint = models.CharField(max_length=32)
    # Its subject no longer claims it (ended, merged, released): it keeps its name for what people said of it.
    is_gone = models.BooleanField(default=False)
    read_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            GistIndex(fields=["bounds"], name="claim_bounds"),
            GinIndex(fields=["area_ids"], name="claim_areas"),
            GinIndex(fields=["goal_ids"], name="claim_goals"),
            GinIndex(OpClass(SortKey("title"), name="gin_trgm_ops"), name="claim_title_parts"),
        ]


class StaleClaim(models.Model):
    """A claim that may have changed and has not been compared since. One row each time it is told: a change told while
    an earlier one of the same claim is being compared must not get lost.
    """

    key = models.CharField(max_length=40)
    since = models.DateTimeField(auto_now_add=True)


class TextCentre(models.Model):
    """What all texts of this city are near to anyway, taken off each vector before two are compared.

    Kept and not reckoned anew with every claim: otherwise one new text would move the nearness of all others.
    """

    is_only = models.BooleanField(default=True, editable=False, unique=True)
    vector = models.BinaryField()
    mark = models.CharField(max_length=40)
    text_count = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)


@tracked()
class Thresholds(Kept):
    """From which size on something is worth a look. One row in force; its history says who changed what."""

    is_only = models.BooleanField(default=True, editable=False, unique=True)
    least_area_m2 = models.PositiveIntegerField(
        _("Gemeinsame Fläche ab (m²)"),
        default=200,
        help_text=_("Kleinere Überlappungen gelten als ungenaue Grenzen."),
    )
    least_area_share = models.FloatField(
        _("und ab diesem Anteil der kleineren Fläche"), default=0.02, help_text=_("0,02 sind 2 Prozent.")
    )
    least_days = models.PositiveIntegerField(_("Gemeinsame Zeit ab (Tage)"), default=14)
    near_months = models.PositiveSmallIntegerField(
        _("Nacheinander bis (Monate)"),
        default=24,
        help_text=_("Wer kurz nacheinander am selben Ort baut, könnte es zusammen tun."),
    )
    least_effect_weight = models.PositiveSmallIntegerField(_("Wirkung ab Gewicht"), default=2)
    least_nearness = models.FloatField(_("Inhaltliche Nähe ab"), default=0.6)
    least_strength = models.FloatField(_("In der Liste ab Stärke"), default=0.2)
    basis = models.TextField(_("Grundlage"), blank=True, help_text=_("Warum diese Werte gelten"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_only=True), name="thresholds_are_the_only_ones"),
            models.CheckConstraint(
                condition=Q(least_area_share__gte=0, least_area_share__lte=1), name="area_share_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(least_nearness__gte=0, least_nearness__lte=1), name="nearness_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(least_strength__gte=0, least_strength__lte=1), name="strength_0_to_1"
            ),
        ]


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
