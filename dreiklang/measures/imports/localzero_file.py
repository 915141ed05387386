"""Both forms of a LocalZero file as one list: nested measures, and the records of its database. No database."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dreiklang.core.tables import CannotRead, Limits, Note, Row, Table, load_json
from dreiklang.measures.imports.foreign import beside, cell_of

# Field of the source → the heading under which the list shows it. Unknown further fields keep their own name.
HEADINGS = {
    "id": "Kennung",
    "parent": "Teil von",
    "title": "Titel",
    "teaser": "Kurztext",
    "summary": "Kurztext",
    "description": "Beschreibung",
    "planned_start": "Geplanter Start",
    "planned_completion": "Geplantes Ende",
    "responsible_organ": "Verantwortliches Organ",
    "responsible_organ_explanation": "Verantwortliches Organ, Erläuterung",
    "plan_assessment": "Bewertung der Planung",
    "execution_status": "Umsetzungsstand",
    "execution_justification": "Begründung Umsetzungsstand",
    "execution_completion": "Vervollständigungsgrad in Prozent",
    "actual_start": "Tatsächlicher Start",
    "actual_completion": "Tatsächliches Ende",
    "supporting_ngos": "Unterstützende Initiativen",
    "internal_information": "Interne Information",
    "slugs": "In der URL",
    "city": "Kommune",
    "numchild": "Zahl der Teile",
    "stand": "Stand",
}
# These say nothing but the place in the tree, which is in "Teil von".
TREE = frozenset({"children", "path", "depth"})
STEP = 4  # letters of a path for each level
TASK, CITY = "cpmonitor.task", "cpmonitor.city"


def read_localzero(source: bytes | Path, *, limits: Limits) -> Table:
    """One row a measure, parents before their parts; what stands beside the measures as notes.

    Raises: CannotRead `wrong_type`, `empty`, `too_large`, or `broken` with line and column.
    """
    content = load_json(source, limits=limits)
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        raise CannotRead("wrong_type", "no_measures")
    if not content:
        raise CannotRead("empty", "no_measures")
    notes: list[Note] = []
    if all("model" in one for one in content):
        measures = list(_of_records(content, notes))
    else:
        measures = list(_nested(content, None))
    if not measures or not all("title" in one and one.get("id") is not None for one in measures):
        raise CannotRead("wrong_type", "no_measures")
    if len(measures) > limits.rows:
        raise CannotRead("too_large", "rows")
    return _table(measures, notes)


def _table(measures: list[dict[str, Any]], notes: list[Note]) -> Table:
    headed = [
        {HEADINGS.get(name, name): value for name, value in one.items() if name not in TREE}
        for one in measures
    ]
    columns = tuple(dict.fromkeys(name for one in headed for name in one))
    rows = [
        Row(number, {name: cell_of(one.get(name)) for name in columns})
        for number, one in enumerate(headed, start=1)
    ]
    return Table(columns=columns, rows=rows, header_row=0, encoding="utf-8", notes=tuple(notes))


def _nested(measures: Iterable[Mapping[str, Any]], parent: Any) -> Iterator[dict[str, Any]]:
    """Each measure and then its parts. The reader of JSON has bounded the depth."""
    for one in measures:
        yield {**one, "parent": parent}
        children = one.get("children") or []
        if not isinstance(children, list) or not all(isinstance(child, dict) for child in children):
            raise CannotRead("wrong_type", "children")
        yield from _nested(children, one.get("id"))


def _of_records(records: list[dict[str, Any]], notes: list[Note]) -> Iterator[dict[str, Any]]:
    """Measures of a dump of the database: the path says what is part of what, the city from which day it is."""
    fields = {TASK: {}, CITY: {}}  # type: dict[str, dict[Any, dict[str, Any]]]
    for one in records:
        if one["model"] in fields and isinstance(one.get("fields"), dict):
            fields[one["model"]][one.get("pk")] = one["fields"]
        else:
            notes.append(Note("beside", f"{one['model']} {one.get('pk', '')}"))
    cities = fields[CITY]
    for pk, city in cities.items():
        notes.extend(beside(f"Kommune {pk}", city))
    by_path = {str(task.get("path")): pk for pk, task in fields[TASK].items()}
    for pk, task in sorted(fields[TASK].items(), key=lambda item: str(item[1].get("path"))):
        above = str(task.get("path"))[:-STEP]
        city = cities.get(task.get("city"), {})
        yield {
            "id": pk,
            "parent": by_path.get(above, f"Pfad {above}") if above else None,
            **task,
            "city": city.get("name", task.get("city")),
            "stand": city.get("last_update"),
        }
