"""A candidate as pages show it: who meets, why, where it stands, all in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dreiklang.conflicts.models import KIND_LABELS, SENSE_LABELS, STATE_LABELS
from dreiklang.conflicts.queries import CandidateLine, FoundLine, Party
from dreiklang.conflicts.rules import Kind, State
from dreiklang.conflicts.views.words import Names, evidence_numbers, evidence_sentence, kind_words
from dreiklang.core.values import Period
from dreiklang.ui.rules import Sign, Span, Tone

# A row says the three strongest reasons; the rest stands on its page.
MOST_SAID = 3
LETTERS = "ABCD"
_TONES = {
    State.NEW: Tone.WARN,
    State.SEEN: Tone.NEUTRAL,
    State.IN_TALKS: Tone.ACCENT,
    State.WEIGHED: Tone.DONE,
    State.NO_CONFLICT: Tone.DONE,
    State.OUTDATED: Tone.UNKNOWN,
}


@dataclass(frozen=True)
class Said:
    """One finding in words."""

    kind_label: str
    sense: str
    sentence: str
    numbers: list[tuple[str, str]]


def state_sign(state: State, *, is_reopened: bool = False) -> Sign:
    """Where a candidate stands, in a word."""
    if is_reopened:
        return Sign("reopened", _("wieder offen"), Tone.WARN)
    return Sign(state, STATE_LABELS[state], _TONES[state])


def short_names(names: Names, parties: Sequence[Party]) -> dict[str, str]:
    """In sentences a party is its number; everything else keeps its name."""
    return {**names, **{one.key: one.number or one.title for one in parties}}


def said_of(findings: Sequence[FoundLine], *, parties: Sequence[Party], names: Names) -> list[Said]:
    """The findings in words, strongest first."""
    short, keys = short_names(names, parties), sorted(one.key for one in parties)
    opposed = {on["key"] for one in findings if one.kind is Kind.EFFECT for on in one.facts.get("on", ())}
    return [
        Said(
            kind_words(one.kind, one.facts),
            one.sense,
            evidence_sentence(
                kind=one.kind, sense=one.sense, facts=_told_once(one, opposed), names=short, parties=keys
            ),
            evidence_numbers(kind=one.kind, facts=one.facts),
        )
        for one in sorted(findings, key=lambda one: -one.strength)
    ]


def _told_once(finding: FoundLine, opposed: Collection[str]) -> Mapping[str, Any]:
    """The facts without those effects that the finding on effects tells."""
    if finding.kind is Kind.EFFECT or "on" not in finding.facts:
        return finding.facts
    left = [on for on in finding.facts["on"] if on["key"] not in opposed]
    return {**finding.facts, "on": left}


def row_of(line: CandidateLine) -> dict[str, Any]:
    """What templates read of a candidate."""
    said = said_of(line.findings, parties=line.parties, names=line.names)
    return {
        "pk": line.pk,
        "url": address(line.pk),
        "sense": line.sense,
        "sense_label": str(SENSE_LABELS[line.sense]),
        "kinds": _kinds(line),
        "parties": line.parties,
        "numbers": [one.number or one.title for one in line.parties],
        "sentences": [one.sentence for one in said[:MOST_SAID]],
        "evidence": said,
        "state": state_sign(line.state, is_reopened=line.is_reopened),
        "is_outdated": line.state is State.OUTDATED,
        "offices": list(dict.fromkeys(one.office for one in line.parties if one.office)),
        "has_place_or_time": any(
            one.place is not None or one.areas or isinstance(one.period, Period) for one in line.parties
        ),
    }


def _kinds(line: CandidateLine) -> list[str]:
    """Of each kind what it is called here; an outdated candidate has kinds and no findings."""
    said = [kind_words(kind, one.facts) for kind in line.kinds for one in line.findings if one.kind is kind]
    return list(dict.fromkeys(said)) or [str(KIND_LABELS[one]) for one in line.kinds]


def address(pk: int) -> str:
    """The page of a candidate."""
    return reverse("conflicts:candidate", args=[pk])


def spans_of(parties: Sequence[Party]) -> list[Span]:
    """The periods of the parties for a time bar; those without a begin cannot be drawn."""
    return [
        Span(f"{one.number} {one.title}", one.period.start, one.period.end, _SPAN_TONES[at % 2], href=one.url)
        for at, one in enumerate(parties)
        if isinstance(one.period, Period) and one.period.start is not None
    ]


_SPAN_TONES = (Tone.ACCENT, Tone.ACCENT_SOFT)


def title_of(parties: Sequence[Party]) -> str:
    """Who meets, in one line."""
    return _(" und ").join(f"{one.number} {one.title}".strip() for one in parties)
