"""What import-linter cannot say: doors, foreign keys, sizes, names."""

import re

import grimp
import pytest
from django.apps import apps
from django.db.models import ForeignObjectRel

from tests.architecture.tree import PACKAGE, REPOSITORY, contract, levels, source_files, subjects

DOORS = {"queries", "services", "rules"}
# Entry points for everything that crosses subjects; what Django itself loads by name.
OPEN_TO_CONFIG = {"urls", "views", "api", "apps", "permissions", "imports", "adapters"}
PAGES = {"views", "api", "feeds", "context"}
LONGEST_FILE = 400


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    # A class of another subject may be named in an annotation: its instances travel.
    return grimp.build_graph("dreiklang", cache_dir=None, exclude_type_checking_imports=True)


def test_other_subjects_come_in_by_the_doors(graph: grimp.ImportGraph) -> None:
    forced = [
        f"{importer} -> {imported}"
        for subject in subjects()
        for imported in sorted(graph.find_descendants(f"dreiklang.{subject}"))
        for importer in sorted(graph.find_modules_that_directly_import(imported))
        if not may_enter(importer=importer, imported=imported)
    ]

    assert forced == []


def may_enter(*, importer: str, imported: str) -> bool:
    _, user, at, *_ = [*importer.split("."), ""]
    _, subject, step, *_ = [*imported.split("."), ""]
    if user == subject or ".tests" in importer or ".migrations." in importer:
        return True
    if at == step == "permissions":
        return True  # a predicate may be put together from those of a lower subject
    if step == "requests" and at in PAGES:
        return True  # the type of a request that knows its viewer
    return step in DOORS or (user == "config" and step in OPEN_TO_CONFIG)


@pytest.mark.parametrize(
    ("importer", "imported", "answer"),
    [
        ("dreiklang.measures.views", "dreiklang.goals.queries", True),
        ("dreiklang.measures.views", "dreiklang.goals.queries.lists", True),
        ("dreiklang.measures.views", "dreiklang.goals.models", False),
        ("dreiklang.measures.services", "dreiklang.goals.permissions", False),
        ("dreiklang.measures.permissions", "dreiklang.people.permissions", True),
        ("dreiklang.measures.views.lists", "dreiklang.people.requests", True),
        ("dreiklang.measures.services", "dreiklang.people.requests", False),
        ("dreiklang.config.urls", "dreiklang.goals.urls", True),
        ("dreiklang.config.urls", "dreiklang.goals.models", False),
        ("dreiklang.goals.services", "dreiklang.goals.models", True),
        ("dreiklang.measures.tests.test_views", "dreiklang.goals.tests.factories", True),
    ],
)
def test_doors_are_queries_services_and_rules(importer: str, imported: str, answer: bool) -> None:
    assert may_enter(importer=importer, imported=imported) is answer


def test_every_subject_keeps_the_order_of_steps() -> None:
    watched = {container.removeprefix("dreiklang.") for container in contract("steps")["containers"]}

    assert watched == set(subjects())


def test_foreign_keys_point_downwards() -> None:
    order = {name: number for number, name in enumerate(levels())}
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not isinstance(field, ForeignObjectRel)
        and field.related_model
        and {model._meta.app_label, field.related_model._meta.app_label} <= order.keys()
        and order[field.related_model._meta.app_label] < order[model._meta.app_label]
    ]

    assert upwards == []


def test_no_file_is_longer_than_400_lines() -> None:
    files = [file for file in source_files() if "migrations" not in file.parts]
    long = {
        str(file.relative_to(REPOSITORY)): lines
        for file in files
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_migrations_have_spoken_names() -> None:
    unspoken = [str(file) for file in PACKAGE.glob("*/migrations/*_auto_*.py")]

    assert unspoken == []


def test_no_signal_and_no_word_that_says_nothing() -> None:
    names = re.compile(r"(^|_)(utils?|helpers?|misc|common)(_|$)")
    found = [str(file.relative_to(REPOSITORY)) for file in source_files() if names.search(file.stem)]
    found += [
        f"{file.relative_to(REPOSITORY)} uses signals"
        for file in source_files()
        if file.is_relative_to(PACKAGE) and "django.db.models.signals" in file.read_text(encoding="utf-8")
    ]

    assert found == []


def test_templates_fit_the_strict_policy() -> None:
    forbidden = re.compile(
        r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|\shx-on|hx-vals\s*=\s*.js:", re.I
    )
    found = [
        f"{file.relative_to(REPOSITORY)}:{number}: {line.strip()[:80]}"
        for file in source_files("*.html")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if forbidden.search(re.sub(r"\{[#%].*?[#%]\}", "", line)) and 'type="application/json"' not in line
    ]

    assert found == []
