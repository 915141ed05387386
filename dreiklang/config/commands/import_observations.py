"""`dreiklang import observations`: values of a city's own list, by a kept plan or by options.

Exit codes: 0 all taken, 1 cells were refused, 2 the list as a whole was refused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from dreiklang.config.commands.value_report import print_run
from dreiklang.core.imports import wording
from dreiklang.core.models import Mapping
from dreiklang.core.tables import CannotRead
from dreiklang.monitoring.imports.observations import ENDINGS, CannotUse, FoundList, find_list
from dreiklang.monitoring.imports.value_uploads import (
    ListChoices,
    first_choices,
    given_list,
    keep_plan,
    limits,
    with_mapping,
)
from dreiklang.monitoring.queries.wording import LIST_KIND, sentence
from dreiklang.monitoring.rules.value_plans import BY_WORDS, SERIES, SKIP, ValuePlan, fits
from dreiklang.monitoring.services.value_lists import Done, deliver_list
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import Viewer

KIND = LIST_KIND
DONE, CELLS_REFUSED, REFUSED = 0, 1, 2
NUMBERS = {"": "", "de": "german", "en": "english"}
# What may stand before the sign of equality in --column, besides names of indicators.
_ROLES = {
    "gebiet": "regions",
    "merkmal": "breakdowns",
    "zeit": "period_column",
    "kennzahl": "quantity",
    "einheit": "unit",
}


class _Refused(Exception):
    """Why nothing was read, in words."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What only lists of values have."""
    group = parser.add_argument_group(
        "observations",
        "Spalten: --column INDIKATOR=SPALTE, --column reihe=SPALTE (ohne Indikator), --column gebiet=…, merkmal=…, "
        "zeit=…, kennzahl=…, einheit=…. SPALTE ist die Überschrift oder der Buchstabe.",
    )
    group.add_argument("--period", metavar="ZEIT", default="", help="Stichtag oder Jahr aller Werte")
    group.add_argument(
        "--areas",
        metavar="EBENE",
        default=None,
        help="wo die Zeilen liegen: Kurzname einer Ebene, official, stadt",
    )
    group.add_argument(
        "--own-keys", action="store_true", help="eigene Nummern: Gebiete nur am Namen erkennen"
    )
    group.add_argument(
        "--unit", metavar="EINHEIT", default="", help="Einheit der Werte, wenn es eine andere ist"
    )
    group.add_argument(
        "--value-kind", choices=["actual", "estimate", "forecast", "target"], default="", help="Art der Werte"
    )
    group.add_argument("--scenario", metavar="NAME", default="", help="Szenario einer Prognose")
    group.add_argument("--made-on", metavar="TAG", default="", help="wann die Prognose gemacht wurde")
    group.add_argument(
        "--legend", metavar="QUELLE", default="", help="wessen Zeichen („-“, „.“) darin stehen"
    )
    group.add_argument("--sums-are-city", action="store_true", help="Summenzeilen sind Werte der Stadt")
    group.add_argument(
        "--all-columns", action="store_true", help="alle Zahlenspalten als Reihen ohne Indikator"
    )
    group.add_argument("--doubts-read", action="store_true", help="Zweifel sind angesehen: gleich freigeben")
    group.add_argument("--save-as", metavar="NAME", default="", help="Zuordnung unter diesem Namen merken")


def run(options: argparse.Namespace, *, by: Viewer) -> int:
    """Read the list and print what became of it."""
    now = timezone.now()
    try:
        path = _path(options)
        content = path.read_bytes()
        place = {
            "sheet": options.sheet,
            "encoding": options.encoding,
            "delimiter": _delimiter(options.delimiter),
        }
        found = find_list(content, file_name=path.name, limits=limits(), place=place)
        choices = _chosen(options, by, found, path.name)
        given = given_list(found, choices, file_name=path.name, content=content, today=timezone.localdate())
        done = deliver_list(
            by=by,
            given=given,
            now=now,
            today=timezone.localdate(),
            is_dry_run=options.dry_run,
            reason=options.reason,
            has_looked=options.doubts_read,
        )
    except CannotRead as refusal:
        return _refuse(
            wording.worded_file(
                code=refusal.code,
                detail=refusal.detail,
                line=refusal.line,
                column=refusal.column,
                endings=ENDINGS,
                limit_bytes=settings.LIST_LIMIT_BYTES,
            )
        )
    except CannotUse as refusal:
        return _refuse(*(sentence(one.code, value=one.words) for one in refusal.refused))
    except NotAllowed as refusal:
        return _refuse(f"Werte bringen darf {by.name} nicht. Das dürfen: {', '.join(refusal.who_may)}.")
    except _Refused as refusal:
        return _refuse(str(refusal))
    if options.save_as:
        keep_plan(by=by, name=options.save_as, choices=choices)
    _print(done)
    return CELLS_REFUSED if done.run.refused_count else DONE


def _path(options: argparse.Namespace) -> Path:
    path = Path(options.file)
    if not path.is_file():
        raise _Refused(f"Die Datei {options.file} gibt es nicht.")
    if path.suffix.lower() not in ENDINGS:
        raise _Refused(f"Messwerte kommen aus Dateien mit {', '.join(ENDINGS)}.")
    return path


def _delimiter(said: str) -> str:
    return "\t" if said == "tab" else said


def _chosen(options: argparse.Namespace, by: Viewer, found: FoundList, file_name: str) -> ListChoices:
    choices = first_choices(by, found, file_name=file_name)
    if options.mapping:
        kept = Mapping.objects.filter(kind=KIND, name=options.mapping).first()
        if kept is None:
            raise _Refused(f"Eine Zuordnung „{options.mapping}“ ist für Messwerte nicht gespeichert.")
        choices = with_mapping(replace(choices, plan=replace(choices.plan, period=options.period)), kept)
        if not fits(choices.plan, found.shape):
            raise _Refused(f"Die Zuordnung „{options.mapping}“ passt nicht zu den Spalten dieser Datei.")
    return replace(choices, plan=_plan(options, choices.plan, found), name=options.source or choices.name)


def _plan(options: argparse.Namespace, plan: ValuePlan, found: FoundList) -> ValuePlan:
    said: dict[str, object] = {
        "period": options.period,
        "kind": options.value_kind,
        "scenario": options.scenario,
        "made_on": options.made_on,
        "legend": options.legend,
        "numbers": NUMBERS[options.numbers],
        "own_keys": options.own_keys,
        "totals_are_city": options.sums_are_city,
    }
    plan = replace(plan, **{name: value for name, value in said.items() if value})  # type: ignore[arg-type]  # by name
    if options.areas is not None:
        plan = replace(plan, areas="" if options.areas == "stadt" else options.areas)
    if options.all_columns:
        plan = replace(
            plan, columns={label: SERIES if use == SKIP else use for label, use in plan.columns.items()}
        )
    plan = _with_columns(plan, options.column, found)
    if options.unit:
        plan = replace(plan, units=dict.fromkeys([*plan.columns, *plan.words], options.unit))
    return plan


def _with_columns(plan: ValuePlan, pairs: list[str], found: FoundList) -> ValuePlan:
    label_of = _labels(found)
    roles: dict[str, list[str]] = {}
    uses: dict[str, str] = {}
    for pair in pairs:
        name, sign, column = pair.rpartition("=")
        if not sign:
            raise _Refused(f"„{pair}“ ist keine Zuordnung. Erwartet wird NAME=SPALTE.")
        label = label_of(column)
        if name in _ROLES:
            roles.setdefault(_ROLES[name], []).append(label)
        else:
            uses[label] = {"reihe": SERIES, "": SKIP}.get(name, name)
    several = ("regions", "breakdowns")
    given = {role: tuple(labels) if role in several else labels[-1] for role, labels in roles.items()}
    taken = {label for labels in roles.values() for label in labels}
    columns = {label: use for label, use in {**plan.columns, **uses}.items() if label not in taken}
    if "quantity" in given:
        columns = {label: BY_WORDS if use == SKIP else use for label, use in columns.items()}
    return replace(plan, columns=columns, **given)  # type: ignore[arg-type]  # by name


def _labels(found: FoundList) -> Callable[[str], str]:
    """From a head or a letter to the label of its column."""
    known: dict[str, str] = {}
    for one in found.columns:
        for head in one.heads:
            known.setdefault(head.letters, one.label)
            known.setdefault(head.name, one.label)
        known[one.label] = one.label

    def label(words: str) -> str:
        if words not in known:
            heads = ", ".join(one.label for one in found.columns)
            raise _Refused(f"Eine Spalte „{words}“ gibt es nicht. Es gibt: {heads}.")
        return known[words]

    return label


def _print(done: Done) -> None:
    print_run(done.run)
    if done.delivery is not None and done.delivery.released_at is None:
        print(f"Die Werte warten auf Freigabe: /arbeit/werte/lieferungen/{done.delivery.pk}/")


def _refuse(*said: str) -> int:
    print("Nicht eingelesen.", *said, sep="\n", file=sys.stderr)
    return REFUSED
