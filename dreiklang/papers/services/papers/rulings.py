"""The city rules about papers."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.core.history import acting
from dreiklang.papers.models import PaperSettings
from dreiklang.papers.permissions.papers import SETTINGS
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


def rule(
    *,
    by: Viewer,
    version: int,
    strategic_kinds: Sequence[str],
    co_sign_workdays: int,
    lead_time_workdays: int,
) -> PaperSettings:
    """Say which kinds of papers are strategic, and how many working days things take.

    `version` 0: nobody ruled before. Raises: NotAllowed; ChangedMeanwhile.
    """
    require(by, SETTINGS)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Regeln für Vorlagen geändert")):
        found = PaperSettings.objects.select_for_update().order_by("pk").first()
        if (found.version if found else 0) != version:
            raise ChangedMeanwhile(found, version=found.version if found else 0)
        ruled = found or PaperSettings(version=0)
        ruled.strategic_kinds = list(strategic_kinds)
        ruled.co_sign_workdays, ruled.lead_time_workdays = co_sign_workdays, lead_time_workdays
        ruled.version += 1
        ruled.save()
        return ruled
