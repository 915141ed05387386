"""Grant sheets and their layouts, for the administration only."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.monitoring.models import GrantLayout, GrantSheet
from dreiklang.monitoring.permissions import SEE_INSIDE
from dreiklang.monitoring.rules.kept_sheets import sheet_from
from dreiklang.monitoring.rules.layout_text import layout_of_text
from dreiklang.monitoring.rules.sheets import InvalidLayout, Layout, shipped_layouts
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class SheetLine:
    """A sheet in a list, with how many rows are still open."""

    record: GrantSheet
    gap_count: int
    row_count: int


def layouts() -> dict[tuple[str, str], Layout]:
    """The layouts that can be filled, by key and edition: the city's own in use, then the examples of Dreiklang."""
    own = GrantLayout.objects.filter(ended_on=None).order_by("title", "pk").values_list("text", flat=True)
    every = [*filter(None, map(_still_fits, own)), *shipped_layouts().values()]
    return {(one.key, one.version): one for one in every}


def _still_fits(text: str) -> Layout | None:
    """The layout, unless a newer Dreiklang knows its units or sources no longer: then it cannot be filled."""
    try:
        return layout_of_text(text)
    except InvalidLayout:
        return None


def own_layouts(viewer: Viewer) -> list[GrantLayout]:
    """What the city brought itself, the newest first."""
    return list(GrantLayout.objects.order_by("-pk")) if may(viewer, SEE_INSIDE) else []


def visible_sheets(viewer: Viewer) -> QuerySet[GrantSheet]:
    """All of them inside, none outside."""
    rows = GrantSheet.objects.select_related("area", "department").order_by("-filled_at", "-pk")
    return rows if may(viewer, SEE_INSIDE) else rows.none()


def sheet_lines(viewer: Viewer) -> list[SheetLine]:
    """The sheets, the newest first. One statement."""
    return [
        SheetLine(one, len(kept.gaps), len(kept.rows))
        for one in visible_sheets(viewer)
        for kept in (sheet_from(one.values),)
    ]


def sheet_page(viewer: Viewer, *, pk: int) -> GrantSheet:
    """One sheet. Raises: NotFound."""
    found = visible_sheets(viewer).filter(pk=pk).first()
    if found is None:
        raise NotFound("grant_sheet", key=str(pk))
    return found


def kept_sheet(viewer: Viewer, key: str) -> tuple[GrantSheet, str]:
    """The sheet with its address, for the history page. Raises: NotFound."""
    found = visible_sheets(viewer).filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise NotFound("grant_sheet", key=key)
    return found, address(found.pk)


def address(pk: int) -> str:
    """The page of a sheet."""
    return reverse("monitoring:grant-sheet", args=[pk])
