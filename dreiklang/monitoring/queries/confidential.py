"""The small counts behind hidden values: read here and nowhere else."""

from collections.abc import Collection
from decimal import Decimal

from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import ConfidentialValue
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


def confidential_values(viewer: Viewer, *, observation_ids: Collection[int]) -> dict[int, Decimal]:
    """The counts by the ids of their observations. Raises NotAllowed for everybody but the statistics office."""
    require(viewer, permissions.SEE_CONFIDENTIAL)
    rows = ConfidentialValue.objects.filter(observation_id__in=list(observation_ids))
    return dict(rows.values_list("observation_id", "value"))
