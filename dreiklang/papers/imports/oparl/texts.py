"""Texts of files that a folder brings along: `file` names the file, `text` is its text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from dreiklang.core.enums import Outcome, Weight
from dreiklang.papers.imports.oparl import kept
from dreiklang.papers.imports.oparl.kept import Arrived
from dreiklang.papers.imports.oparl.ledger import Ledger
from dreiklang.papers.imports.oparl.reading import fingerprint
from dreiklang.papers.imports.oparl.records import Kind, Noticed, Raw
from dreiklang.papers.models import CouncilFile, OparlSource
from dreiklang.papers.rules.kinds import TextState

ID_LENGTH = 500
_SET = """
UPDATE papers_councilfile AS file
SET text = told.text, text_state = %s, text_problem = ''
FROM unnest(%s::bigint[], %s::text[]) AS told(id, text)
WHERE file.id = told.id
"""


def write_texts(
    source: OparlSource, ledger: Ledger, raws: Sequence[Raw], *, list_name: str, at: datetime
) -> list[int]:
    """Keep the texts with their files, in the caller's transaction; the ids of the files that got one.

    The text stands with its file only; the rest of the object is kept whole.
    """
    texts: dict[str, str] = {}
    arrived: dict[str, Arrived] = {}
    for raw in raws:
        one = _arrived(raw, ledger, list_name)
        if one is not None:
            arrived[one.id] = one
            texts[one.id] = str((raw.content or {})["text"])
    other, same = kept.divided(source, list(arrived.values()), at=at)
    ledger.seen(Outcome.UNCHANGED, list_name=list_name, count=same)
    files = _files([one.content["file"] for one in arrived.values()])
    changed = {one.id for one in other}
    wanted: dict[int, str] = {}
    for one in arrived.values():
        pk, state = files.get(one.content["file"], (None, ""))
        if pk is None and one.id in changed:
            # Without its file it would be nowhere.
            ledger.note([Noticed("file_unknown", "file", one.content["file"])], key=one.id, row=one.row)
            one.content["text"] = texts[one.id]
        elif pk is not None and (one.id in changed or state == TextState.WAITING):
            wanted[pk] = texts[one.id]
    with connection.cursor() as cursor:
        cursor.execute(_SET, [TextState.READ.value, list(wanted), list(wanted.values())])
    for one in other:
        outcome = Outcome.NEW if one.pk is None else Outcome.CHANGED
        ledger.seen(outcome, list_name=list_name)
    kept.keep(source, other, run_id=ledger.run.pk, at=at)
    ledger.flush()
    return list(wanted)


def _arrived(raw: Raw, ledger: Ledger, list_name: str) -> Arrived | None:
    content: dict[str, Any] | None = raw.content
    if (
        content is None
        or not isinstance(content.get("file"), str)
        or not isinstance(content.get("text"), str)
    ):
        ledger.seen(Outcome.REFUSED, list_name=list_name)
        ledger.note(raw.noticed or [Noticed("id_missing", "file", weight=Weight.ERROR)], row=raw.row)
        return None
    rest = {name: value for name, value in content.items() if name != "text"}
    own = f"text:{rest['file']}"[:ID_LENGTH]
    return Arrived(own, Kind.TEXT, raw.row, rest, fingerprint(content))


def _files(oparl_ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    rows = CouncilFile.objects.filter(oparl_id__in=oparl_ids, withdrawn_at=None)
    return {
        str(oparl_id): (pk, state) for oparl_id, pk, state in rows.values_list("oparl_id", "pk", "text_state")
    }
