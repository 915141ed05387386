"""Who sees which indicator and which value, in one place."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import Criterion, Indicator, Observation
from dreiklang.monitoring.rules.series import TOTAL_KEY
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.people.rules import Viewer

# Hidden ones are shown as a sign: that there is a small count is no secret, the count is.
SHOWN = (ReleaseState.RELEASED, ReleaseState.SUPPRESSED, ReleaseState.SUPPRESSED_SECONDARY)


def visible_indicators(viewer: Viewer) -> QuerySet[Indicator]:
    """The indicators the viewer may know of: the administration all, everybody the public ones."""
    if viewer.is_internal:
        return Indicator.objects.all()
    return Indicator.objects.filter(visibility=Visibility.PUBLIC)


def visible_criteria(viewer: Viewer) -> QuerySet[Criterion]:
    """The criteria the viewer may know of: the administration all, everybody the public ones of no draft."""
    if viewer.is_internal:
        return Criterion.objects.all()
    return Criterion.objects.filter(visibility=Visibility.PUBLIC).exclude(goal__framework__status="draft")


def visible_observations(viewer: Viewer) -> QuerySet[Observation]:
    """The values the viewer may see: released ones of public indicators; inside, those that wait for release, too.

    A withdrawn value is shown to nobody. A small count is in none of them: it lies behind `queries.confidential`.
    """
    if viewer.is_internal:
        return Observation.objects.filter(state__in=(*SHOWN, ReleaseState.WAITING))
    # Of a quantity only that split which a public indicator shows: others were not published with it.
    public = Indicator.objects.filter(
        Q(breakdown=OuterRef("breakdown_id")) | Q(breakdown=None),
        visibility=Visibility.PUBLIC,
        quantity=OuterRef("quantity_id"),
    )
    whole = Q(breakdown__key__regex=TOTAL_KEY) | Exists(public.filter(breakdown__isnull=False))
    return Observation.objects.filter(whole, Exists(public), state__in=SHOWN)
