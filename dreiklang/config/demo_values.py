"""The town's values, brought as every department brings its own: through a plan of the list's columns."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from dreiklang.core.models import Run
from dreiklang.monitoring.imports.observations import find_list
from dreiklang.monitoring.imports.value_uploads import ListChoices, given_list, limits
from dreiklang.monitoring.rules.value_plans import BY_WORDS, OFFICIAL, ValuePlan
from dreiklang.monitoring.services.value_lists import deliver_list
from dreiklang.people.rules import HeldRole, Role, Viewer

# Small counts are among them: the statistics office alone may release these.
STATISTICS = Viewer(name="Dreiklang", held=frozenset({HeldRole(Role.STATISTICS)}))
PLAN = ValuePlan(regions=("Gebiet",), quantity="Indikator", period_column="Stand", columns={"Wert": BY_WORDS})
# Each list, how it is called whenever it comes again, and the level its rows lie in.
LISTS = (
    ("messwerte_stadt.csv", "Messwerte der Stadt", OFFICIAL),
    ("messwerte_stadtteile.csv", "Messwerte der Stadtteile", "stadtteile"),
)


def bring_values(folder: Path, *, reason: str) -> list[Run]:
    """Deliver the values of the city and of its districts; the runs with their reports."""
    now = timezone.now()
    return [_brought(folder / file, name, areas, reason, now) for file, name, areas in LISTS]


def _brought(path: Path, name: str, areas: str, reason: str, now: datetime) -> Run:
    content, today = path.read_bytes(), timezone.localdate(now)
    found = find_list(content, file_name=path.name, limits=limits())
    choices = ListChoices(replace(PLAN, areas=areas), name)
    given = given_list(found, choices, file_name=path.name, content=content, today=today)
    # Whoever invented the numbers has looked at what is doubtful about them.
    return deliver_list(by=STATISTICS, given=given, now=now, today=today, reason=reason, has_looked=True).run
