"""The invented town, loaded through the same imports that every city uses. Loaded twice, nothing changes."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from dreiklang.config.demo_catalogue import choose_what_is_alike, describe_data
from dreiklang.config.demo_conflicts import settle_town
from dreiklang.config.demo_grants import fill_sheets
from dreiklang.config.demo_values import bring_values, compare_cities, mark_breaks
from dreiklang.core.imports import wording
from dreiklang.core.imports.registry import importers
from dreiklang.core.imports.report import headers_of
from dreiklang.core.models import Problem, Run
from dreiklang.papers.imports.checklists import example_text, read_checklist
from dreiklang.papers.queries.checklists import published_checklist
from dreiklang.papers.queries.papers.rulings import rulings
from dreiklang.papers.rules.kinds import PaperKind
from dreiklang.papers.services.checklists import publish_checklist, write_checklist
from dreiklang.papers.services.papers import rule
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import municipality
from dreiklang.workspace.services.imports import FileOrder, import_file

FOLDER = Path(__file__).resolve().parents[2] / "demo"
REASON = "Erfundene Stadt zur Vorführung"


class CannotLoadTown(Exception):
    """Rows of the town's lists were refused: the lists and the importers do not fit together."""


@dataclass(frozen=True)
class DemoList:
    """A file of the town and what it is."""

    file: str
    kind: str
    special: dict[str, str] = field(default_factory=dict)


# In the order of what needs what. Offices come twice: their heads are people, who belong to offices.
LISTS = (
    DemoList("stadt.csv", "city"),
    DemoList("aemter.csv", "departments"),
    DemoList("personen.csv", "people"),
    DemoList("aemter.csv", "departments"),
    DemoList(
        "stadtteile.geojson",
        "districts",
        {"level": "Stadtteile", "level_name": "Stadtteil", "level_rank": "2"},
    ),
    DemoList(
        "raeume.geojson",
        "districts",
        {"level": "Planungsräume", "level_name": "Planungsraum", "level_rank": "1"},
    ),
    DemoList("zukunftsaufgaben.csv", "tasks"),
    DemoList("leitbild.csv", "goals"),
    DemoList("themen.csv", "groups"),
    DemoList("prioritaeten.csv", "priorities"),
    DemoList("fortschreibung.csv", "evaluation"),
    DemoList("konzepte.csv", "concepts"),
    DemoList("konzepte_orte.geojson", "concept-places"),
    DemoList("runden.csv", "rounds"),
    DemoList("beschraenkungen.csv", "restraints"),
    DemoList("massnahmen.csv", "measures"),
    DemoList("massnahmen_orte.geojson", "measure-places"),
    DemoList("meilensteine.csv", "milestones"),
    DemoList("berichte.csv", "reports"),
    DemoList("nachfolge.csv", "successions"),
    DemoList("gremien.csv", "committees"),
    DemoList("vorlagen.csv", "papers"),
    DemoList("vorlagen_bezuege.csv", "paper-links"),
    DemoList("sitzungen.csv", "meetings"),
    DemoList("tagesordnungen.csv", "agenda"),
    DemoList("beschluesse.csv", "resolutions"),
    DemoList("pruefungen.csv", "checks"),
    DemoList("pruefantworten.csv", "check-answers"),
    DemoList("indikatoren.csv", "indicators"),
)
# After the values: a rating keeps what they said of that day.
LISTS_ABOUT_VALUES = (
    DemoList("zielwerte.csv", "targets"),
    DemoList("indikatoren_ziele.csv", "indicator-links"),
    DemoList("wirkungen.csv", "indicator-effects"),
    DemoList("kriterien.csv", "criteria"),
    DemoList("bewertungen.csv", "ratings"),
    DemoList("umfragen.csv", "surveys"),
    DemoList("umfragefragen.csv", "survey-questions"),
    DemoList("umfrageergebnisse.csv", "survey-results"),
    DemoList("umfrageaussagen.csv", "survey-statements"),
    DemoList("rahmen.csv", "frame-changes"),
    DemoList("beobachtungsliste.csv", "watch-items"),
    DemoList("datenanforderungen.csv", "data-requests"),
)


def load(folder: Path = FOLDER) -> list[Run]:
    """Load all lists of the town and open one account per role; the runs in order.

    Raises: CannotLoadTown if a row is refused.
    """
    _put_checklist_in_force()
    _rule_papers()
    runs = [_loaded(folder, one) for one in LISTS]
    runs += bring_values(folder, reason=REASON)
    mark_breaks(folder)
    runs += [_loaded(folder, one) for one in LISTS_ABOUT_VALUES]
    _open_accounts(folder)
    describe_data(folder)
    choose_what_is_alike()
    compare_cities(folder)
    fill_sheets(folder)
    settle_town(folder)
    city = municipality()
    if not city.is_demo:
        city.is_demo = True
        city.save(update_fields=["is_demo"])
    return runs


def _put_checklist_in_force() -> None:
    """Checks need questions: the example we ship, unless the town has some."""
    if published_checklist(SYSTEM, today=timezone.localdate()) is not None:
        return
    content, flaws = read_checklist(example_text())
    if content is None:
        raise CannotLoadTown(str(flaws))
    written = write_checklist(by=SYSTEM, content=content)
    publish_checklist(by=SYSTEM, now=timezone.now(), pk=written.pk, version=written.version)


def _rule_papers() -> None:
    """The town ruled that proposals are strategic: without a check they stand out."""
    if rulings().version == 0:
        rule(
            by=SYSTEM,
            version=0,
            strategic_kinds=[PaperKind.PROPOSAL],
            co_sign_workdays=5,
            lead_time_workdays=10,
        )


def _loaded(folder: Path, one: DemoList) -> Run:
    order = FileOrder(
        path=folder / one.file,
        kind=one.kind,
        source=f"Klarenbrück: {one.file}",
        reason=REASON,
        special=one.special,
    )
    run, _ = import_file(by=SYSTEM, order=order)
    if run.refused_count:
        raise CannotLoadTown("\n".join([f"{one.file}:", *_sentences(run, one.kind)]))
    return run


def _sentences(run: Run, kind: str) -> Iterator[str]:
    chosen = importers()[kind]
    headers = headers_of(chosen, run.file_facts.get("columns", {}))
    for problem in Problem.objects.filter(run=run, weight="error").order_by("row", "pk")[:20]:
        said = wording.sentence(
            code=problem.code,
            importer=chosen,
            field=headers.get(problem.field, problem.field),
            value=problem.value,
            proposals=problem.proposals,
        )
        yield f"  {chosen.row_word} {problem.row}, {problem.field}: {said}"


def _open_accounts(folder: Path) -> None:
    """The passwords that the demo prints. A password already set stays."""
    with (folder / "konten.csv").open(encoding="utf-8", newline="") as file:
        passwords = {row["E-Mail"]: row["Kennwort"] for row in csv.DictReader(file, delimiter=";")}
    # One hash for each password: hashing is slow by design, and in the demo the password is public anyway.
    hashes = {password: make_password(password) for password in set(passwords.values())}
    accounts = get_user_model().objects.filter(email__in=passwords)
    for account in [one for one in accounts if not one.has_usable_password()]:
        account.password = hashes[passwords[account.email]]
        account.save(update_fields=["password"])
