"""What the cells of a list of checks say: way, links, co-signatures and remarks, several in a cell with | between."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.text import german
from dreiklang.goals.rules import LinkSign
from dreiklang.papers.imports.targets import KIND_WORDS
from dreiklang.papers.models.labels import CHECK_STATE_LABELS, CO_SIGN_STATE_LABELS
from dreiklang.papers.rules.kinds import CheckState, CoSignState, TargetKind, Verdict

STATE_WORDS = {german(label): state.value for state, label in CHECK_STATE_LABELS.items()} | {
    "begonnen": CheckState.DRAFT.value,
    "Zweitprüfung": CheckState.REVIEW.value,
    "Mitzeichnung": CheckState.CO_SIGNING.value,
    **{one.value: one.value for one in CheckState},
}
SIGNATURE_WORDS = {german(label): state.value for state, label in CO_SIGN_STATE_LABELS.items()} | {
    "gefragt": CoSignState.ASKED.value,
    "Einwand": CoSignState.OBJECTED.value,
    **{one.value: one.value for one in CoSignState},
}
_WITH_REASON = frozenset({CoSignState.OBJECTED.value, CoSignState.WAIVED.value})
_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}"
_STEP = re.compile(rf"(?P<words>.+?) (?P<day>{_DAY})(?:: (?P<reason>.+))?", re.DOTALL)
_GOAL = re.compile(r"(?P<goal>\S+) (?P<sign>[+−-]): (?P<reason>.+)", re.DOTALL)
_LINK = re.compile(
    r"(?P<rejected>verworfen )?(?P<kind>\w+) (?P<target>[^:]+?)(?:: (?P<reason>.+))?", re.DOTALL
)
_SIGNATURE = re.compile(
    rf"(?P<office>\S+) (?P<treasury>Kämmerei )?(?P<words>.+?) bis (?P<day>{_DAY})(?:: (?P<reason>.+))?",
    re.DOTALL,
)
_COMMENT = re.compile(
    rf"(?P<who>\S+@\S+) (?P<words>offen|erledigt)(?: (?P<day>{_DAY}))?: (?P<text>.+)", re.DOTALL
)


def read_steps(draft: Draft, name: str) -> list[dict[str, Any]]:
    """The way in the order of its days: "in Arbeit 05.01.2026|zurückgegeben 20.01.2026: Grund"."""
    found: list[dict[str, Any]] = []
    for part, match in _matched(draft, name, _STEP):
        state = _word(match["words"], STATE_WORDS)
        day = _day(match["day"])
        if state is None or day is None:
            draft.note("step_unreadable", name, part)
            continue
        found.append({"state": state, "on": day.isoformat(), "reason": match["reason"] or ""})
    if [one["on"] for one in found] != sorted(one["on"] for one in found):
        draft.note("steps_not_in_order", name)
    if draft.has(name):
        draft.set(name, found)
    return found


def read_links(draft: Draft, known: Mapping[str, Lookup], *, goals: str, links: str) -> None:
    """Goals with their sign, and everything else; both as {kind, target, verdict, sign, reason}."""
    found = []
    for _part, match in _matched(draft, goals, _GOAL):
        sign = LinkSign.SUPPORTS if match["sign"] == "+" else LinkSign.HINDERS
        link = {"verdict": Verdict.CONFIRMED.value, "sign": sign.value, "reason": match["reason"]}
        found.append((TargetKind.GOAL.value, match["goal"], link))
    for part, match in _matched(draft, links, _LINK):
        kind = _word(match["kind"], KIND_WORDS)
        if kind is None:
            draft.note("unknown_target", links, part)
            continue
        verdict = Verdict.REJECTED if match["rejected"] else Verdict.CONFIRMED
        link = {"verdict": verdict.value, "sign": "", "reason": match["reason"] or ""}
        found.append((kind, match["target"], link))
    made = []
    for kind, name, link in found:
        target = known[kind].find(name)
        if target is None:
            draft.note("unknown_target", links, name, proposals=known[kind].proposals(name))
            continue
        made.append({"kind": kind, "target": target, **link})
    if len({(one["kind"], one["target"]) for one in made}) < len(made):
        draft.note("target_twice", links)
    if draft.has(goals) or draft.has(links):
        draft.values.pop(goals, None)
        draft.set(links, made)


def read_signatures(draft: Draft, name: str, offices: Lookup) -> None:
    """Who is asked, until when, and what they said: "20 Kämmerei mitgezeichnet bis 20.11.2026"."""
    found: dict[str, dict[str, Any]] = {}
    for part, match in _matched(draft, name, _SIGNATURE):
        office = offices.find(match["office"])
        state = _word(match["words"], SIGNATURE_WORDS)
        day = _day(match["day"])
        if office is None:
            draft.note(
                "unknown_department", name, match["office"], proposals=offices.proposals(match["office"])
            )
        elif state is None or day is None:
            draft.note("signature_unreadable", name, part)
        elif state in _WITH_REASON and not match["reason"]:
            draft.note("answer_without_reason", name, part)
        else:
            found[office] = {
                "state": state,
                "due_on": day.isoformat(),
                "reason": match["reason"] or "",
                "is_treasury": bool(match["treasury"]),
            }
    if draft.has(name):
        draft.set(name, [{"office": office, **found[office]} for office in sorted(found)])


def read_comments(draft: Draft, name: str, people: Lookup) -> None:
    """Remarks, with their day where it is known: "name@stadt.de offen 14.10.2026: Bitte Kosten ergänzen"."""
    found = []
    for part, match in _matched(draft, name, _COMMENT):
        who, day = people.find(match["who"]), _day(match["day"] or "")
        if match["day"] and day is None:
            draft.note("cell_unreadable", name, part)
            continue
        if who is None:
            draft.note("unknown_person", name, match["who"], proposals=people.proposals(match["who"]))
            continue
        is_settled = match["words"] == "erledigt"
        on = day.isoformat() if day else ""
        found.append({"who": who, "is_settled": is_settled, "text": match["text"], "on": on})
    if draft.has(name):
        draft.set(name, found)


def _matched(draft: Draft, name: str, pattern: re.Pattern[str]) -> list[tuple[str, re.Match[str]]]:
    found = []
    for part in (one.strip() for one in draft.cell(name).split("|")):
        match = pattern.fullmatch(part)
        if match:
            found.append((part, match))
        elif part:
            draft.note("cell_unreadable", name, part)
    return found


def _word(text: str, words: Mapping[str, str]) -> str | None:
    return {word.casefold(): value for word, value in words.items()}.get(text.strip().casefold())


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 (a day, not an instant)
    except ValueError:
        return None
