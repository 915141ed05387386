"""After a run: what named something that came later finds it now. Set by set, in the database."""

from django.db import connection
from django.db.models import F
from django.utils import timezone

from dreiklang.papers.imports.oparl.records import Kind
from dreiklang.papers.models import OparlSource, Paper
from dreiklang.papers.rules.route import follower

# Each consultation of the source with what it names, embedded in its paper or listed by itself.
_NAMED = """
WITH steps AS (
    SELECT step FROM papers_oparlobject o,
        jsonb_array_elements(CASE jsonb_typeof(o.content->'consultation')
            WHEN 'array' THEN o.content->'consultation' ELSE '[]'::jsonb END) AS step
    WHERE o.source_id = %s AND o.type = 'Paper' AND NOT o.is_deleted
    UNION ALL
    SELECT o.content FROM papers_oparlobject o
    WHERE o.source_id = %s AND o.type = 'Consultation' AND NOT o.is_deleted
)
"""
_MEETINGS = (
    _NAMED
    + """
UPDATE papers_consultation c SET meeting_id = m.id
FROM steps, papers_meeting m
WHERE c.oparl_id = step->>'id' AND c.meeting_id IS NULL AND m.oparl_id = step->>'meeting'
"""
)
_ITEMS = (
    _NAMED
    + """
UPDATE papers_consultation c SET item_id = i.id, meeting_id = COALESCE(c.meeting_id, i.meeting_id)
FROM steps, papers_agendaitem i
WHERE c.oparl_id = step->>'id' AND c.item_id IS NULL AND i.oparl_id = step->>'agendaItem'
"""
)
# Some systems say it only on the side of the agenda item.
_FROM_ITEMS = """
WITH items AS (
    SELECT item FROM papers_oparlobject o,
        jsonb_array_elements(CASE jsonb_typeof(o.content->'agendaItem')
            WHEN 'array' THEN o.content->'agendaItem' ELSE '[]'::jsonb END) AS item
    WHERE o.source_id = %s AND o.type = 'Meeting' AND NOT o.is_deleted
    UNION ALL
    SELECT o.content FROM papers_oparlobject o
    WHERE o.source_id = %s AND o.type = 'AgendaItem' AND NOT o.is_deleted
)
UPDATE papers_consultation c SET item_id = i.id, meeting_id = COALESCE(c.meeting_id, i.meeting_id)
FROM items, papers_agendaitem i
WHERE c.oparl_id = item->>'consultation' AND c.item_id IS NULL AND i.oparl_id = item->>'id'
"""
_CONNECTED = """
SELECT upper.id, upper.number, upper.dated_on, lower.id, lower.number, lower.dated_on FROM (
    SELECT o.oparl_id AS low, jsonb_path_query(o.content->'superordinatedPaper', 'strict $[*] ? (@.type() == "string")')#>>'{}' AS up
    FROM papers_oparlobject o
    WHERE o.source_id = %s AND o.type = %s AND jsonb_typeof(o.content->'superordinatedPaper') = 'array'
    UNION
    SELECT o.oparl_id, o.content->>'superordinatedPaper' FROM papers_oparlobject o
    WHERE o.source_id = %s AND o.type = %s AND jsonb_typeof(o.content->'superordinatedPaper') = 'string'
    UNION
    SELECT jsonb_path_query(o.content->'subordinatedPaper', 'strict $[*] ? (@.type() == "string")')#>>'{}', o.oparl_id
    FROM papers_oparlobject o
    WHERE o.source_id = %s AND o.type = %s AND jsonb_typeof(o.content->'subordinatedPaper') = 'array'
) AS pairs
JOIN papers_paper upper ON upper.oparl_id = pairs.up
JOIN papers_paper lower ON lower.oparl_id = pairs.low
WHERE upper.id <> lower.id AND (upper.follows_id IS NULL OR lower.follows_id IS NULL)
ORDER BY upper.id, lower.id
"""


def link(source: OparlSource) -> None:
    """Join consultations with meetings and items, and papers with those they follow."""
    with connection.cursor() as cursor:
        for statement in (_MEETINGS, _ITEMS, _FROM_ITEMS):
            cursor.execute(statement, [source.pk, source.pk])
    _join_papers(source)


def _join_papers(source: OparlSource) -> None:
    kind = Kind.PAPER.value
    with connection.cursor() as cursor:
        cursor.execute(_CONNECTED, [source.pk, kind] * 3)
        pairs = cursor.fetchall()
    followed: dict[int, int] = {}
    for upper_id, upper_number, upper_on, lower_id, lower_number, lower_on in pairs:
        later, _ = follower((upper_number, upper_on), (lower_number, lower_on))
        is_upper = later == (upper_number, upper_on)
        new, old = (upper_id, lower_id) if is_upper else (lower_id, upper_id)
        # Two that follow each other would be a circle.
        if followed.get(old) != new:
            followed.setdefault(new, old)
    now = timezone.now()
    for new, old in followed.items():
        Paper.objects.filter(pk=new, follows=None).exclude(pk=old).exclude(pk__in=_chain(old)).update(
            follows_id=old, version=F("version") + 1, changed_at=now
        )


def _chain(paper_id: int) -> set[int]:
    """All papers that the paper follows, itself among them."""
    found: set[int] = set()
    current: int | None = paper_id
    while current is not None and current not in found:
        found.add(current)
        current = Paper.objects.filter(pk=current).values_list("follows_id", flat=True).first()
    return found
