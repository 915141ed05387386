"""Observations of the frame and the watch list, each from a list of its own.

Observations, one row each (a * is needed): Kurzname* · Was geschah* · Datum* · Woher* (außen, innen) · Feld* (Recht,
Wirtschaft, Bevölkerung, Klima, Finanzen, Personal, Organisation) · Näheres · Quelle · Adresse der Quelle · Gebiet · Amt ·
Bedeutung für Ziele (`5.2 -: Baugeld wird teurer | 3.1 +: mehr Förderung | 1.2 ?`) · Öffentlich (ja, nein)

Watched topics, one row each: Amt* · Thema* · Feld* · Woher · Wo man nachsieht · Alle Monate · Nächste Durchsicht* ·
Zuletzt angesehen · Zuständig (e-mail)
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Candidate, ListField, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.imports.linking import link_exactly
from dreiklang.goals.queries.written_links import goal_ids, goal_lookup
from dreiklang.monitoring.imports.kept_lists import KeptList, read_count, read_visibility
from dreiklang.monitoring.models import FrameChange, FrameMeaning, WatchItem
from dreiklang.monitoring.rules.frame import FrameField, FrameSide, read_meanings
from dreiklang.monitoring.services.checking import is_plain_key
from dreiklang.people.queries import account_ids, account_names, department_ids, department_names
from dreiklang.places.queries import area_ids, area_label, area_lookup

SIDES = {
    "außen": FrameSide.OUTER.value,
    "von außen": FrameSide.OUTER.value,
    "innen": FrameSide.INNER.value,
    "in der Verwaltung": FrameSide.INNER.value,
}
FIELDS = {
    "Recht": FrameField.LAW.value,
    "Wirtschaft": FrameField.ECONOMY.value,
    "Bevölkerung": FrameField.DEMOGRAPHY.value,
    "Demografie": FrameField.DEMOGRAPHY.value,
    "Klima": FrameField.CLIMATE.value,
    "Finanzen": FrameField.FINANCE.value,
    "Finanzen der Stadt": FrameField.FINANCE.value,
    "Personal": FrameField.STAFF.value,
    "Organisation": FrameField.ORGANISATION.value,
}
_FIELD_WORDS = "Recht, Wirtschaft, Bevölkerung, Klima, Finanzen, Personal, Organisation"
_DEPARTMENT = (lambda one: one.key, department_ids)


class FrameChanges(KeptList):
    """One row an observation; its key is the short name."""

    kind = "frame-changes"
    title = _("Beobachtungen des Rahmens")
    intro = _("Was außen und innen geschah, und was es für Ziele bedeutet.")
    sort = 340
    fields = (
        ListField("key", _("Kurzname"), True, _("klein, ohne Leerzeichen"), "bauzinsen-2026", is_key=True),
        ListField("title", _("Was geschah"), True, "", "Bauzinsen steigen auf 4 %", ("Titel",)),
        ListField("noticed_on", _("Datum"), True, "", "15.03.2026"),
        ListField("side", _("Woher"), True, _("außen oder innen"), "außen", ("Seite",)),
        ListField("field", _("Feld"), True, _FIELD_WORDS, "Wirtschaft"),
        ListField("text", _("Näheres"), False),
        ListField("source", _("Quelle"), False, "", "Bundesbank, Zinsstatistik"),
        ListField("source_url", _("Adresse der Quelle"), False),
        ListField("area", _("Gebiet"), False),
        ListField("department", _("Amt"), False, _("Kurzname oder Name"), "61"),
        ListField(
            "meanings", _("Bedeutung für Ziele"), False, "5.2 -: Grund | 3.1 +", "5.2 -: Baugeld wird teurer"
        ),
        ListField("visibility", _("Öffentlich"), False, _("ja oder nein"), "ja"),
    )
    sentences: Mapping[str, str] = {
        "not_plain": _("Der Kurzname hat nur kleine Buchstaben ohne Umlaut, Ziffern und Striche."),
        "not_a_meaning": _("„%(value)s“ ist nicht zu lesen. So geht es: 5.2 -: Grund | 3.1 +: Grund."),
        "goal_twice": _("Das Ziel %(value)s steht zweimal in der Zelle."),
        "public_needs_source": _("Öffentlich wird nur, was eine Quelle nennt. Bitte die Quelle angeben."),
    }
    plain = ("key", "title", "side", "field", "text", "source", "source_url", "visibility")
    days = ("noticed_on",)
    references = {
        "department": _DEPARTMENT,
        "area": (lambda one: area_label(one.key, one.name), area_ids),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Goals, departments and areas must be known."""
        offices, areas, goals = Lookup.of(department_names()), area_lookup(), goal_lookup()
        there = {
            key: (source, visibility)
            for key, source, visibility in FrameChange.objects.values_list("key", "source", "visibility")
        }
        return [_change(Draft(row), offices, areas, goals, there, options) for row in rows]

    def stored(self, keys: Sequence[str]) -> Mapping[str, FrameChange]:
        """Observations by short name."""
        rows = FrameChange.objects.filter(key__in=keys).select_related("department", "area").defer("search")
        return {one.key: one for one in rows.prefetch_related("meanings__goal")}

    def fresh(self, key: str, values: Mapping[str, Any]) -> FrameChange:
        return FrameChange(key=key)

    def values_of(self, record: FrameChange) -> dict[str, Any]:
        meanings = [
            {"goal": one.goal.number, "sign": one.sign, "text": one.text} for one in record.meanings.all()
        ]
        return {**super().values_of(record), "meanings": sorted(meanings, key=lambda one: one["goal"])}

    def link(self, record: FrameChange, values: Mapping[str, Any]) -> None:
        if "meanings" not in values:
            return
        ids = goal_ids([one["goal"] for one in values["meanings"]])
        wanted = {
            (record.pk, ids[one["goal"]]): {"sign": one["sign"], "text": one["text"]}
            for one in values["meanings"]
        }
        link_exactly(FrameMeaning, owner="change", other="goal", owners=[record.pk], wanted=wanted)


class WatchItems(KeptList):
    """One row a topic; its key is department and topic."""

    kind = "watch-items"
    title = _("Beobachtete Themen")
    intro = _("Was ein Amt in festen Abständen wieder ansieht.")
    sort = 350
    fields = (
        ListField("department", _("Amt"), True, _("Kurzname oder Name"), "61", is_key=True),
        ListField("topic", _("Thema"), True, "", "Förderrichtlinien des Landes", is_key=True),
        ListField("field", _("Feld"), True, _FIELD_WORDS, "Recht"),
        ListField("side", _("Woher"), False, _("außen oder innen"), "außen", ("Seite",)),
        ListField("look_where", _("Wo man nachsieht"), False),
        ListField("every_months", _("Alle Monate"), False, "", "6", ("Rhythmus in Monaten",)),
        ListField("review_on", _("Nächste Durchsicht"), True, "", "01.02.2027"),
        ListField("last_seen_on", _("Zuletzt angesehen"), False),
        ListField("responsible", _("Zuständig"), False, _("E-Mail")),
    )
    sentences: Mapping[str, str] = {}
    plain = ("field", "side", "look_where", "every_months")
    days = ("review_on", "last_seen_on")
    references = {"responsible": (lambda one: one.email, account_ids)}

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """A person who is not there yet is left out with a warning."""
        offices, people = Lookup.of(department_names()), Lookup.of(account_names())
        return [_item(Draft(row), offices, people, options) for row in rows]

    def stored(self, keys: Sequence[str]) -> Mapping[str, WatchItem]:
        """Topics by "department · topic"."""
        rows = WatchItem.objects.select_related("department", "responsible")
        found = {f"{one.department.key} · {one.topic}": one for one in rows}
        return {key: found[key] for key in keys if key in found}

    def fresh(self, key: str, values: Mapping[str, Any]) -> WatchItem:
        office = department_ids([values["department"]])[values["department"]]
        return WatchItem(department_id=office, topic=values["topic"])

    def values_of(self, record: WatchItem) -> dict[str, Any]:
        return {**super().values_of(record), "department": record.department.key, "topic": record.topic}


FRAME_CHANGES = FrameChanges()
WATCH_ITEMS = WatchItems()


def _change(
    draft: Draft,
    offices: Lookup,
    areas: Lookup,
    goals: Lookup,
    there: Mapping[str, tuple[str, str]],
    options: Options,
) -> Candidate:
    key = draft.text("key", longest=80)
    if key and not is_plain_key(key):
        draft.note("not_plain", "key")
    title = draft.text("title", longest=200)
    draft.day("noticed_on", options)
    draft.choice("side", SIDES)
    draft.choice("field", FIELDS)
    draft.text("text")
    draft.text("source", longest=300)
    draft.text("source_url", longest=500)
    draft.reference("area", areas, code="unknown_area")
    draft.reference("department", offices, code="unknown_department")
    _read_meanings(draft, goals)
    read_visibility(draft, "visibility")
    source, visibility = there.get(key, ("", ""))
    if draft.values.get("visibility", visibility) == "public" and not draft.values.get("source", source):
        draft.note("public_needs_source", "source")
    return draft.candidate(key=key, label=f"{key} {title}".strip())


def _read_meanings(draft: Draft, goals: Lookup) -> None:
    if not draft.has("meanings"):
        return
    try:
        written = read_meanings(draft.cell("meanings"))
    except ValueError as unreadable:
        draft.note("not_a_meaning", "meanings", str(unreadable))
        return
    found: dict[str, dict[str, str]] = {}
    for one in written:
        goal = goals.find(one.goal)
        if goal is None:
            draft.note("unknown_goal", "meanings", one.goal, proposals=goals.proposals(one.goal))
        elif goal in found:
            draft.note("goal_twice", "meanings", one.goal)
        else:
            found[goal] = {"goal": goal, "sign": one.sign.value, "text": one.text}
    draft.set("meanings", [found[goal] for goal in sorted(found)])


def _item(draft: Draft, offices: Lookup, people: Lookup, options: Options) -> Candidate:
    office = draft.reference("department", offices, code="unknown_department")
    topic = draft.text("topic", longest=200)
    draft.choice("field", FIELDS)
    draft.choice("side", SIDES, empty=FrameSide.OUTER.value)
    draft.text("look_where")
    read_count(draft, "every_months", options, least=1, most=60)
    if draft.values.get("every_months", 1) is None:
        del draft.values["every_months"]
    draft.day("review_on", options)
    draft.day("last_seen_on", options)
    draft.reference("responsible", people, code="unknown_person", weight=Weight.WARNING)
    key = f"{office} · {topic}" if office and topic else ""
    return draft.candidate(key=key, label=key)
