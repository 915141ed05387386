"""What the commands that bring values tell about a run: its problems, errors first, then its sums."""

from dreiklang.core.enums import Weight
from dreiklang.core.models import Problem, Run
from dreiklang.monitoring.queries.wording import sentence

SHOWN_AT_MOST = 50


def print_run(run: Run) -> None:
    """The problems with their rows, as many as are read, and how many values came."""
    for one in Problem.objects.filter(run=run).order_by("weight", "row", "pk")[:SHOWN_AT_MOST]:
        place = f"Zeile {one.row}" + (f", {one.field}" if one.field else "")
        sign = "" if one.weight == Weight.ERROR else "Hinweis: "
        print(f"{place}: {sign}{sentence(one.code, value=one.value, proposals=one.proposals)}")
    more = run.file_facts["problem_count"] - SHOWN_AT_MOST
    if more > 0:
        print(f"… und {more} weitere.")
    would = "wären " if run.is_dry_run else ""
    print(
        f"Zeilen: {run.row_count}. Werte: {would}{run.new_count} neu, {run.changed_count} geändert,"
        f" {run.unchanged_count} unverändert, {run.file_facts['empty_count']} leer."
        f" Zeilen mit Abgelehntem: {run.refused_count}."
    )
    if run.is_dry_run:
        print("Es wurde nichts geändert. Ohne --dry-run wird übernommen.")
