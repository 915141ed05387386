"""Grant sheets as they were kept, for whoever reads them now.

A sheet keeps what was known when it was filled, and a threshold may be set or tightened later. Of what is guarded a kept
number is read by others than the statistics office as long as the values say the same of area and year that everybody
reads today.
"""

from dataclasses import replace

from dreiklang.core.values import Unknown
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import GrantSheet
from dreiklang.monitoring.queries.grant_values import SheetPlace, values_of_indicators
from dreiklang.monitoring.queries.guarded import guarded_keys
from dreiklang.monitoring.rules.kept_sheets import sheet_from
from dreiklang.monitoring.rules.sheets import FilledRow, Sheet, SourceKind, filled
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


def sheet_of(viewer: Viewer, one: GrantSheet) -> Sheet:
    """The sheet as it was filled; a number the viewer may not read is unknown: `suppressed`.

    No statement without indicators, one where nothing is guarded.
    """
    kept = sheet_from(one.values)
    told = [row for row in kept.rows if _is_read_off(row, one)]
    secret: frozenset[str] = frozenset()
    if not may(viewer, permissions.SEE_CONFIDENTIAL):
        secret = guarded_keys({row.row.source.name for row in told})
    if not secret:
        return kept
    asked = [row.row.source for row in told if row.row.source.name in secret]
    place = SheetPlace(one.area_words, one.area_id, one.area.geometry if one.area else one.geometry)
    known = values_of_indicators(viewer, asked, place, one.year)
    today = {(row.part, row.row.key): row.value for row in filled(kept.layout, values=known).rows}
    return Sheet(
        kept.layout,
        tuple(
            replace(row, value=Unknown("suppressed"))
            if row in told and row.row.source.name in secret and today[row.part, row.row.key] != row.value
            else row
            for row in kept.rows
        ),
    )


def _is_read_off(row: FilledRow, one: GrantSheet) -> bool:
    """Whether the row has the value of an indicator, and not one that somebody wrote in by hand."""
    if row.row.source.kind is not SourceKind.INDICATOR or isinstance(row.value, Unknown):
        return False
    by_hand = one.entries.get(row.row.key, {})
    return str(row.value) not in (by_hand.get("number"), by_hand.get("text"))
