"""What can happen to a grant sheet: filled, completed by hand, filled anew, sent; and to the city's own layouts."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as say
from django.utils.translation import gettext_noop as _
from shapely.geometry.base import BaseGeometry

from dreiklang.core.changes import record
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import GrantLayout, GrantSheet
from dreiklang.monitoring.models.grants import YEARS
from dreiklang.monitoring.queries.grant_values import SheetPlace, grant_values
from dreiklang.monitoring.queries.grants import layouts
from dreiklang.monitoring.rules.kept_sheets import sheet_data
from dreiklang.monitoring.rules.layout_text import layout_of_text
from dreiklang.monitoring.rules.sheet_entries import with_entries
from dreiklang.monitoring.rules.sheets import Layout, filled
from dreiklang.monitoring.services.kept_records import locked, save
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require
from dreiklang.places import queries as places

Entry = Decimal | str


class CannotFill(Refused):
    """The sheet cannot be filled or sent: `no_layout`, `no_place`, `two_places`, `no_name`, `year`, `sent`, `in_the_future`,
    `layout_there` (this edition of a layout was brought before).
    """


def fill_sheet(
    *,
    by: Viewer,
    now: datetime,
    today: date,
    layout: tuple[str, str],
    year: int,
    area_id: int | None,
    geometry: BaseGeometry | None = None,
    name: str = "",
    department_id: int | None = None,
) -> GrantSheet:
    """A new sheet of an area of ours or one somebody drew, filled with what is known.

    Raises: NotAllowed; CannotFill (no_layout, no_place, two_places, no_name, year).
    """
    made = GrantSheet(version=0, year=year, department_id=department_id)
    require(by, permissions.FILL_SHEET, made)
    chosen = _layout(layout)
    if not YEARS[0] <= year <= today.year:
        raise CannotFill("year")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Förderbogen gefüllt")):
        _place(by, made, area_id, geometry, name)
        made.layout_key, made.layout_edition, made.title = chosen.key, chosen.version, chosen.title
        made.by_id, made.by_name = by.account_id, by.name
        _fill(made, chosen, by, now, today)
        save(made)
    return made


def fill_anew(*, by: Viewer, now: datetime, today: date, pk: int, version: int) -> GrantSheet:
    """Fill the sheet with what is known now; what people wrote stays where nothing is known.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotFill (sent, no_layout).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Förderbogen neu gefüllt")):
        found = _locked(by, pk, version)
        chosen = _layout((found.layout_key, found.layout_edition))
        _fill(found, chosen, by, now, today)
        save(found)
    return found


def complete_sheet(
    *, by: Viewer, now: datetime, today: date, pk: int, version: int, entries: Mapping[str, Entry]
) -> GrantSheet:
    """Write in by hand what nobody but a person knows; exactly these entries.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotFill (sent, no_layout).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Förderbogen ergänzt")):
        found = _locked(by, pk, version)
        chosen = _layout((found.layout_key, found.layout_edition))
        found.entries = {
            key: {"number": str(one)} if isinstance(one, Decimal) else {"text": one}
            for key, one in entries.items()
        }
        _fill(found, chosen, by, now, today)
        save(found)
    return found


def send_sheet(*, by: Viewer, today: date, pk: int, version: int, on: date, to: str) -> GrantSheet:
    """The sheet went out: from now on it stays as it is. Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotFill."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Förderbogen abgegeben")):
        found = _locked(by, pk, version)
        if on > today:
            raise CannotFill("in_the_future")
        found.sent_on, found.sent_to = on, to.strip()
        save(found)
        record(
            name="grant_sheet_sent",
            subject="monitoring",
            object_key=str(found.pk),
            by_id=by.account_id,
            by_name=by.name,
        )
    return found


def bring_layout(*, by: Viewer, text: str) -> GrantLayout:
    """Keep a layout of the city's own. Raises: NotAllowed; InvalidLayout; CannotFill (layout_there)."""
    require(by, permissions.EDIT_LAYOUTS)
    read = layout_of_text(text)
    if (read.key, read.version) in layouts() or GrantLayout.objects.filter(
        key=read.key, edition=read.version
    ).exists():
        raise CannotFill("layout_there")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bogenvorlage hinterlegt")):
        return GrantLayout.objects.create(
            key=read.key,
            edition=read.version,
            title=read.title,
            text=text,
            by_id=by.account_id,
            by_name=by.name,
        )


def end_layout(*, by: Viewer, pk: int, on: date) -> GrantLayout:
    """No new sheets with it; what was filled stays. Raises: NotFound; NotAllowed."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Bogenvorlage nicht mehr benutzt")):
        found = locked(GrantLayout, by=by, permission=permissions.EDIT_LAYOUTS, pk=pk)
        found.ended_on = on
        save(found)
    return found


def entries_of(one: GrantSheet) -> dict[str, Entry]:
    """What people wrote into the sheet, by the key of the row."""
    return {
        key: Decimal(said["number"]) if "number" in said else said["text"]
        for key, said in one.entries.items()
    }


def _locked(by: Viewer, pk: int, version: int) -> GrantSheet:
    found = locked(GrantSheet, by=by, permission=permissions.FILL_SHEET, pk=pk, version=version)
    if found.sent_on is not None:
        raise CannotFill("sent")
    return found


def _layout(name: tuple[str, str]) -> Layout:
    found = layouts().get(name)
    if found is None:
        raise CannotFill("no_layout")
    return found


def _place(
    by: Viewer, made: GrantSheet, area_id: int | None, geometry: BaseGeometry | None, name: str
) -> None:
    if area_id is not None and geometry is not None:
        raise CannotFill("two_places")
    if area_id is not None:
        found = places.areas(by, ids=[area_id])
        if not found:
            raise CannotFill("no_place")
        made.area_id, made.area_words = area_id, name.strip() or found[0].name
    elif geometry is None:
        raise CannotFill("no_place")
    elif not name.strip():
        raise CannotFill("no_name")
    else:
        made.geometry, made.area_words = geometry, name.strip()


def _fill(one: GrantSheet, layout: Layout, by: Viewer, now: datetime, today: date) -> None:
    place = SheetPlace(one.area_words, one.area_id, one.area.geometry if one.area else one.geometry)
    known = grant_values(by, layout=layout, place=place, year=one.year, today=today)
    sheet = with_entries(filled(layout, values=known), entries_of(one), rests_on=say("von Hand eingetragen"))
    one.values, one.filled_at = sheet_data(sheet), now
