"""docs/permissions.md says who may what and which field is public. It must say what the code does."""

import importlib
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
import rules
from django.apps import apps
from django.db.models import Model

from dreiklang.core.history import HistoryEvent
from dreiklang.people.permissions import Grant
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
SUBJECTS = ("people", "places", "goals", "concepts", "measures", "monitoring", "papers", "workspace")
OURS, THEIRS = 1, 2
PERSON, DEPUTY, SOMEBODY = 11, 12, 13
ANYWHERE, IN_OWN, NEVER = "●", "◐", "–"

for _subject in SUBJECTS:
    importlib.import_module(f"dreiklang.{_subject}.permissions")


@cache
def tables() -> dict[str, list[list[str]]]:
    """Heading → rows of the table below it, without its head."""
    found: dict[str, list[list[str]]] = {}
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line.startswith("|") and not set(line) <= set("|-: "):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found.setdefault(heading, []).append(cells)
    return {heading: rows[1:] for heading, rows in found.items()}


def thing() -> SimpleNamespace:
    """Any record: of our department, with a person and a deputy. No administrator among its roles."""
    nothing = SimpleNamespace(filter=lambda **facts: SimpleNamespace(exists=lambda: False))
    department = SimpleNamespace(pk=OURS, head_id=SOMEBODY)
    return SimpleNamespace(
        pk=PERSON,
        lead_id=PERSON,
        deputy_id=DEPUTY,
        department_id=OURS,
        lead_department_id=OURS,
        lead_department=department,
        department=department,
        responsible_id=PERSON,
        editor_id=PERSON,
        reader_id=PERSON,
        asker_id=PERSON,
        is_treasury=False,
        role_assignments=nothing,
    )


def holder(role: Role, *departments: int) -> Viewer:
    held = HeldRole(role, frozenset(departments) if departments else None)
    return Viewer(account_id=99, held=frozenset({held}))


def reach(permission: str, role: Role) -> str:
    """Whether the role opens the permission everywhere, only in its own department, or never."""
    test = rules.permissions.permissions[permission].test
    record = Grant(Role.LEAD, OURS) if permission == "people.grant_role" else thing()
    if not test(holder(role), record):
        return NEVER
    return ANYWHERE if test(holder(role, THEIRS), record) else IN_OWN


def in_person(permission: str) -> str:
    """Whether the person named in the record, or her deputy, may without any further role."""
    test = rules.permissions.permissions[permission].test
    record = Grant(Role.LEAD, OURS) if permission == "people.grant_role" else thing()
    return ANYWHERE if test(Viewer(account_id=PERSON), record) else NEVER


def row(permission: str) -> list[str]:
    """The permission as the page's table must show it."""
    return [f"`{permission}`", in_person(permission), *(reach(permission, role) for role in Role)]


def ours() -> list[str]:
    return sorted(
        name
        for name in rules.permissions.permissions
        if name.split(".")[0] in SUBJECTS and name != "people.tried"
    )


def test_every_permission_stands_on_the_page_as_it_is() -> None:
    stated = {cells[0]: cells for cells in tables()["Who may what"]}

    assert set(stated) == {f"`{name}`" for name in ours()}
    wrong = [row(name) for name in ours() if stated[f"`{name}`"] != row(name)]
    assert not wrong, "it should read:\n" + "\n".join("| " + " | ".join(cells) + " |" for cells in wrong)


@pytest.mark.parametrize("permission", ours())
def test_the_public_may_nothing(permission: str) -> None:
    test = rules.permissions.permissions[permission].test

    assert not test(PUBLIC, None)
    assert not test(PUBLIC, Grant(Role.LEAD, OURS) if permission == "people.grant_role" else thing())


def models() -> dict[str, type[Model]]:
    """Our models by name, without the history's own."""
    configs = [config for config in apps.get_app_configs() if config.name.startswith("dreiklang.")]
    found = [model for config in configs for model in config.get_models() if config.label != "core"]
    return {model.__name__: model for model in found if not issubclass(model, HistoryEvent)}


def fields(model: type[Model]) -> set[str]:
    found = (field for field in model._meta.get_fields() if not field.auto_created)
    return {field.name for field in found if field.concrete} - {
        "version",
        "created_at",
        "changed_at",
        "search",
    }


def named(cell: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", cell))


def test_every_field_stands_on_the_page_as_public_or_internal() -> None:
    stated = {
        cells[0].strip("`"): (named(cells[1]), named(cells[2])) for cells in tables()["Which field is public"]
    }

    assert set(stated) == set(models())
    for name, model in models().items():
        public, internal = stated[name]
        assert not public & internal, name
        assert public | internal == fields(model), name


def test_persons_are_internal_everywhere() -> None:
    """A name of a person working for the city reaches the public nowhere."""
    stated = {cells[0].strip("`"): named(cells[1]) for cells in tables()["Which field is public"]}
    for name, model in models().items():
        persons = {
            f.name
            for f in model._meta.get_fields()
            if f.is_relation and f.related_model is not None and f.related_model.__name__ == "Account"
        } | {"by_name", "released_by_name"}

        assert not stated[name] & persons, name
