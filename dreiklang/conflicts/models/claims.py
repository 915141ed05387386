"""Claims as they were last read, and the centre of their texts. All derived."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db import models

from dreiklang.core.geometry import BoundsField, GeometryField
from dreiklang.core.search import SortKey


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
