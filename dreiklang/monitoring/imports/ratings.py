"""Ratings of criteria from a list. Ratings are added and never changed by a list.

Columns (RATINGS, kind "ratings"; the key is goal, number of the criterion and day):
    Ziel · Nummer · Bewertet am · Bewertung (erreicht, auf dem Weg, vom Weg ab, nicht zu sagen) · Begründung ·
    Was sonst dafür spricht · Was sonst dagegen spricht · Amt · Bewertet von (E-Mail) · Freigegeben am
What target and trend of the indicator say of that day is kept beside each, as values known at the import tell: so
bring values, targets and criteria before ratings.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    FoundProblem,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup, refused
from dreiklang.core.text import german
from dreiklang.goals.queries.written_links import goal_lookup
from dreiklang.monitoring.imports.criteria import key_of, stored_criteria
from dreiklang.monitoring.models import Criterion, Rating
from dreiklang.monitoring.models.labels import RATING_LABELS
from dreiklang.monitoring.queries.standing import standings_on
from dreiklang.monitoring.rules.standing import frozen
from dreiklang.people.queries import account_names, accounts_behind, department_ids, department_names
from dreiklang.people.rules import SYSTEM

STATES = {german(label): state.value for state, label in RATING_LABELS.items()}
TEXTS = ("reason", "words_for", "words_against")
ORIGIN = "aus einer Liste, Zahlen beim Einlesen dazugestellt"


class Ratings(Importer):
    """One row a rating."""

    kind = "ratings"
    title = _("Bewertungen der Kriterien")
    intro = _("Der Verlauf aus früheren Jahren. Vorhandene Bewertungen ändert die Liste nicht.")
    sort = 174
    fields = (
        ListField("goal", _("Ziel"), True, _("Nummer oder Titel"), "5.2", ("Ziel-Nr.",), is_key=True),
        ListField("number", _("Nummer"), True, _("Nummer des Kriteriums"), "K1", ("Nr.", "Nr"), is_key=True),
        ListField("rated_on", _("Bewertet am"), True, "", "14.11.2025", ("Datum",), is_key=True),
        ListField(
            "state",
            _("Bewertung"),
            True,
            _("erreicht, auf dem Weg, vom Weg ab, nicht zu sagen"),
            "auf dem Weg",
        ),
        ListField("reason", _("Begründung"), True),
        ListField("words_for", _("Was sonst dafür spricht"), False, "", "", ("Dafür",)),
        ListField("words_against", _("Was sonst dagegen spricht"), False, "", "", ("Dagegen",)),
        ListField("department", _("Amt"), False, _("Kürzel oder Name"), "66"),
        ListField("by", _("Bewertet von"), False, _("E-Mail")),
        ListField("released_at", _("Freigegeben am"), False, _("Erst damit wird sie öffentlich")),
    )
    sentences: Mapping[str, str] = {
        "unknown_goal": _("Das Ziel „%(value)s“ gibt es nicht."),
        "unknown_criterion": _("Ein Kriterium mit dieser Nummer hat das Ziel nicht."),
        "in_the_future": _("Die Bewertung ist auf einen Tag datiert, der noch nicht war."),
        "rating_stays": _(
            "Diese Bewertung gibt es schon, mit anderem Inhalt. Bewertungen werden nicht überschrieben."
        ),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Goals, criteria and people are looked up once."""
        lookups = {
            "goal": goal_lookup(),
            "people": Lookup.of(account_names()),
            "department": Lookup.of(department_names()),
        }
        drafts = [Draft(row) for row in rows]
        goals = [draft.reference("goal", lookups["goal"], code="unknown_goal") for draft in drafts]
        named = [key_of(goal or "", draft.cell("number")) for goal, draft in zip(goals, drafts, strict=True)]
        known = stored_criteria(named)
        found = [
            _candidate(draft, name, known, lookups, options)
            for draft, name in zip(drafts, named, strict=True)
        ]
        stored = self.existing([one.key for one in found if one.key])
        return [_staying(one, stored.get(one.key)) for one in found]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Ratings by "goal number day": the one given last, without those that were withdrawn."""
        days = {date.fromisoformat(key.rpartition(" ")[2]) for key in keys}
        rows = Rating.objects.filter(
            rated_on__in=days, withdrawn_at=None, criterion__goal__framework__status="valid"
        ).select_related("criterion__goal", "by_department")
        rows = rows.defer("criterion__search", "criterion__goal__search").order_by("pk")
        emails = accounts_behind({row.by_id for row in rows if row.by_id})
        by_key = {_key(row.criterion, row.rated_on): row for row in rows}
        return {key: _values(by_key[key], emails) for key in keys if key in by_key}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New ratings in the order of their days. None is ever changed."""
        if not new:
            return
        criteria = stored_criteria({key_of(one.values["goal"], one.values["number"]) for one in new})
        figures = _figures(criteria.values(), {one.values["rated_on"] for one in new})
        offices = {one.values["department"] for one in new if one.values.get("department")}
        known = _Known(criteria, figures, dict(account_names()), department_ids(offices))
        ordered = sorted(new, key=lambda one: (one.values["rated_on"], one.row))
        Rating.objects.bulk_create((known.made(one.values) for one in ordered), batch_size=1000)


RATINGS = Ratings()


def _candidate(
    draft: Draft,
    name: str,
    known: Mapping[str, Criterion],
    lookups: Mapping[str, Lookup],
    options: Options,
) -> Candidate:
    draft.text("number", longest=20)
    if name not in known:
        draft.note("unknown_criterion", "number")
    day = draft.day("rated_on", options)
    if day and day > timezone.localdate():
        draft.note("in_the_future", "rated_on")
    draft.choice("state", STATES)
    for text in TEXTS:
        draft.text(text)
    draft.reference("department", lookups["department"], code="unknown_department", weight=Weight.WARNING)
    draft.reference("by", lookups["people"], code="unknown_person", weight=Weight.WARNING)
    draft.day("released_at", options)
    draft.keep_rest("words_against")
    key = f"{name} {day.isoformat()}" if day and name in known else ""
    return draft.candidate(key=key, label=key)


def _staying(candidate: Candidate, stored: Mapping[str, Any] | None) -> Candidate:
    """Refused where the list says of a rating something else than the rating itself."""
    differing = [
        name for name, value in candidate.values.items() if stored is not None and stored[name] != value
    ]
    if not differing:
        return candidate
    return refused(candidate, FoundProblem("rating_stays", candidate.row, differing[0]))


def _key(criterion: Criterion, day: date) -> str:
    return f"{key_of(criterion.goal.number, criterion.number)} {day.isoformat()}"


def _values(row: Rating, emails: Mapping[int, str]) -> dict[str, Any]:
    released = row.released_at
    return {
        "goal": row.criterion.goal.number,
        "number": row.criterion.number,
        "rated_on": row.rated_on.isoformat(),
        "state": row.state,
        **{name: getattr(row, name) for name in TEXTS},
        "department": row.by_department.key if row.by_department else None,
        "by": emails.get(row.by_id) if row.by_id else None,
        "released_at": timezone.localdate(released).isoformat() if released else None,
    }


def _figures(
    criteria: Iterable[Criterion], days: Iterable[str]
) -> dict[tuple[int, str], list[dict[str, Any]]]:
    """What the indicators say on these days, by indicator and day."""
    indicators = {one.indicator_id: one.indicator for one in criteria if one.indicator is not None}
    dates = [date.fromisoformat(day) for day in days]
    found = standings_on(SYSTEM, indicators=filter(None, indicators.values()), days=dates)
    kept = {}
    for (pk, day), standing in found.items():
        one = indicators[pk]
        if one is not None:
            kept[pk, day.isoformat()] = frozen(
                standing, key=one.key, name=one.name, unit=one.unit, decimals=one.decimals
            )
    return kept


class _Known:
    """What rows name, by their keys."""

    def __init__(
        self,
        criteria: Mapping[str, Criterion],
        figures: Mapping[tuple[int, str], list[dict[str, Any]]],
        names: Mapping[str, str],
        departments: Mapping[str, int],
    ) -> None:
        self._criteria, self._figures = criteria, figures
        self._names, self._departments = names, departments
        self._accounts = {email: pk for pk, email in accounts_behind(None).items()}

    def made(self, values: Mapping[str, Any]) -> Rating:
        """The rating of a row."""
        criterion = self._criteria[key_of(values["goal"], values["number"])]
        office, who, released = values.get("department"), values.get("by") or "", values.get("released_at")
        return Rating(
            criterion=criterion,
            rated_on=date.fromisoformat(values["rated_on"]),
            state=values["state"],
            figures=self._figures.get((criterion.indicator_id or 0, values["rated_on"]), []),
            by_id=self._accounts.get(who),
            by_name=self._names.get(who, ""),
            by_department_id=self._departments[office] if office else None,
            released_at=_instant(released) if released else None,
            origin=ORIGIN,
            **{name: values.get(name) or "" for name in TEXTS},
        )


def _instant(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(12)))
