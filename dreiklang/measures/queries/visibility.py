"""Who sees which measure, in one place."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from dreiklang.core.enums import Visibility
from dreiklang.measures.models import Measure, PartnerAccess
from dreiklang.people.rules import Viewer


def visible(viewer: Viewer) -> QuerySet[Measure]:
    """The measures the viewer may know of: the administration all, everybody the public ones,
    a partner also those she was given access to.
    """
    measures = Measure.objects.all()
    if viewer.is_internal:
        return measures
    public = Q(visibility=Visibility.PUBLIC)
    if viewer.is_logged_in:
        granted = PartnerAccess.objects.filter(measure=OuterRef("pk"), account=viewer.account_id)
        return measures.filter(public | Exists(granted))
    return measures.filter(public)


def sees_inside(viewer: Viewer, *, measure_id: int) -> bool:
    """Whether the viewer sees the working side. One statement for partners, none for everybody else."""
    if viewer.is_internal or not viewer.is_logged_in:
        return viewer.is_internal
    return PartnerAccess.objects.filter(measure=measure_id, account=viewer.account_id).exists()
