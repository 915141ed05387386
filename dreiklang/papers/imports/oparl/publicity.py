"""Whether a file of a list of its own is public: it may name agenda items, and is public no further than they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dreiklang.papers.imports.oparl.records import Kind, Record
from dreiklang.papers.models import AgendaItem, CouncilFile, OparlObject, OparlSource


@dataclass(frozen=True)
class ItemFacts:
    """What files take over from the item they name."""

    meeting_id: int
    is_open: bool


Items = Mapping[str, ItemFacts]


def named_items(records: Iterable[Record]) -> Items:
    """OParl id → what is known of the agenda items that the records name."""
    ids = {one for record in records for one in record.items}
    if not ids:
        return {}
    rows = AgendaItem.objects.filter(oparl_id__in=ids)
    return {
        str(oparl_id): ItemFacts(meeting_id, is_public and withdrawn_at is None)
        for oparl_id, meeting_id, is_public, withdrawn_at in rows.values_list(
            "oparl_id", "meeting_id", "is_public", "withdrawn_at"
        )
    }


def is_open(record: Record, items: Items) -> bool:
    """Whether all items it names are open; an item nobody knows may be one behind closed doors."""
    return all(one in items and items[one].is_open for one in record.items)


def meeting_of(record: Record, items: Items) -> int | None:
    """The meeting of the first item it names and we know."""
    return next((items[one].meeting_id for one in record.items if one in items), None)


def close_files(source: OparlSource, records: Iterable[Record]) -> None:
    """Files that name one of these items go inside with it, where it is closed or gone."""
    closed = [
        record.id
        for record in records
        if record.kind is Kind.ITEM and (record.is_deleted or not record.values.get("is_public"))
    ]
    if not closed:
        return
    kept = OparlObject.objects.filter(source=source, type=Kind.FILE.value)
    named = {
        oparl_id
        for oparl_id, said in kept.filter(content__has_key="agendaItem").values_list(
            "oparl_id", "content__agendaItem"
        )
        if not set(closed).isdisjoint(said if isinstance(said, list) else [said])
    }
    CouncilFile.objects.filter(oparl_id__in=named, is_public=True).update(is_public=False)
