"""The town's values, brought as every department brings its own: through a plan of the list's columns."""

import csv
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from dreiklang.core.models import Run
from dreiklang.monitoring.imports.observations import find_list
from dreiklang.monitoring.imports.value_uploads import ListChoices, given_list, limits
from dreiklang.monitoring.queries.labels import indicator_ids
from dreiklang.monitoring.queries.standing import breaks_of
from dreiklang.monitoring.queries.uniform_set import set_rules
from dreiklang.monitoring.rules.value_plans import BY_WORDS, OFFICIAL, ValuePlan
from dreiklang.monitoring.rules.values import BreakKind, ValueKind
from dreiklang.monitoring.services.targets import mark_break
from dreiklang.monitoring.services.uniform_set import save_rules
from dreiklang.monitoring.services.value_lists import deliver_list
from dreiklang.people.rules import SYSTEM, HeldRole, Role, Viewer

# Small counts are among them: the statistics office alone may release these.
STATISTICS = Viewer(name="Dreiklang", held=frozenset({HeldRole(Role.STATISTICS)}))
PLAN = ValuePlan(regions=("Gebiet",), quantity="Indikator", period_column="Stand", columns={"Wert": BY_WORDS})
CITY_PLAN = replace(PLAN, areas=OFFICIAL)
FORECAST = replace(CITY_PLAN, kind=ValueKind.FORECAST, made_on="30.09.2025")
OTHERS = "messwerte_andere_staedte.csv"
# Each list, how it is called whenever it comes again, and how it is read.
LISTS = (
    ("messwerte_stadt.csv", "Messwerte der Stadt", CITY_PLAN),
    ("messwerte_stadtteile.csv", "Messwerte der Stadtteile", replace(PLAN, areas="stadtteile")),
    (OTHERS, "Messwerte anderer Städte", replace(CITY_PLAN, regions=("Schlüssel", "Stadt"))),
    ("messwerte_prognose_basis.csv", "Prognose Basis", replace(FORECAST, scenario="Basis")),
    ("messwerte_prognose_zuzug.csv", "Prognose Zuzug", replace(FORECAST, scenario="Zuzug")),
    ("messwerte_schaetzung.csv", "Schätzungen der Stadt", replace(CITY_PLAN, kind=ValueKind.ESTIMATE)),
)
BREAKS = "brueche.csv"
KINDS = {"anders erhoben": BreakKind.METHOD, "anderes Gebiet": BreakKind.TERRITORY}


def bring_values(folder: Path, *, reason: str) -> list[Run]:
    """Deliver the values of the city, its districts and other cities, forecasts and an estimate; the runs with reports."""
    now = timezone.now()
    return [_brought(folder / file, name, plan, reason, now) for file, name, plan in LISTS]


def mark_breaks(folder: Path) -> None:
    """Say from when on values cannot be compared with earlier ones, and why."""
    ids = indicator_ids()
    known = breaks_of(ids.values(), region_ids=())
    with (folder / BREAKS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            on = datetime.strptime(row["Ab"], "%d.%m.%Y").date()  # noqa: DTZ007  # a day has no zone
            if on not in known.get(ids[row["Indikator"]], ()):
                kind, reason = KINDS[row["Art"]], row["Grund"]
                mark_break(by=SYSTEM, key=row["Indikator"], on=on, kind=kind, reason=reason)


def compare_cities(folder: Path) -> None:
    """Set the cities of the list beside ours, unless somebody chose some."""
    rules = set_rules()
    if rules.cities:
        return
    with (folder / OTHERS).open(encoding="utf-8", newline="") as file:
        keys = dict.fromkeys(row["Schlüssel"] for row in csv.DictReader(file, delimiter=";"))
    save_rules(by=SYSTEM, version=rules.version, most_per_goal=rules.most_per_goal, city_keys=list(keys))


def _brought(path: Path, name: str, plan: ValuePlan, reason: str, now: datetime) -> Run:
    content, today = path.read_bytes(), timezone.localdate(now)
    found = find_list(content, file_name=path.name, limits=limits())
    choices = ListChoices(plan, name)
    given = given_list(found, choices, file_name=path.name, content=content, today=today)
    # Whoever invented the numbers has looked at what is doubtful about them.
    return deliver_list(by=STATISTICS, given=given, now=now, today=today, reason=reason, has_looked=True).run
