"""By which indicators districts are told to be alike: a choice of people."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import DistrictTrait, Indicator
from dreiklang.monitoring.rules.comparison import LEAST_FEATURES, MOST_TRAITS
from dreiklang.monitoring.rules.profiles import is_additive
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


class CannotChoose(Refused):
    """These indicators tell nothing about likeness; `code` says why."""


def choose_traits(*, by: Viewer, indicator_ids: Sequence[int]) -> tuple[DistrictTrait, ...]:
    """The indicators, in this order, by which districts are compared from now on; none takes the choice back.

    Raises: NotAllowed; CannotChoose (too_few: one or two; too_many: more than six; twice; unknown: there is no such
    indicator; is_count: a count says how large a district is, not what it is like).
    """
    require(by, permissions.CHOOSE_TRAITS)
    chosen = _checked(indicator_ids)
    before = list(DistrictTrait.objects.order_by("position").values_list("indicator_id", flat=True))
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Vergleichsmerkmale gewählt")):
        if before != [one.pk for one in chosen]:
            DistrictTrait.objects.all().delete()
            for position, one in enumerate(chosen, 1):
                DistrictTrait.objects.create(indicator=one, position=position)
    return tuple(DistrictTrait.objects.order_by("position"))


def _checked(indicator_ids: Sequence[int]) -> list[Indicator]:
    if len(indicator_ids) > MOST_TRAITS:
        raise CannotChoose("too_many")
    if 0 < len(indicator_ids) < LEAST_FEATURES:
        raise CannotChoose("too_few")
    if len(set(indicator_ids)) < len(indicator_ids):
        raise CannotChoose("twice")
    found = {one.pk: one for one in Indicator.objects.filter(pk__in=indicator_ids).defer("search")}
    if len(found) < len(indicator_ids):
        raise CannotChoose("unknown")
    counts = [one.name for one in found.values() if is_additive(shipped_units().by_code.get(one.unit))]
    if counts:
        raise CannotChoose("is_count", names=counts)
    return [found[pk] for pk in indicator_ids]
