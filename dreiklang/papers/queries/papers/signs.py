"""How states of papers and meetings are drawn: word, tone."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.papers.models.labels import MEETING_STATE_LABELS, RESULT_LABELS
from dreiklang.papers.rules.kinds import MeetingState, Result
from dreiklang.papers.rules.papers import Hearing, Standing, Whereabouts
from dreiklang.ui.rules import Sign, Tone

WHEREABOUTS_LABELS = {
    Whereabouts.PLANNED: _("Sitzung geplant"),
    Whereabouts.IN_CONSULTATION: _("in Beratung"),
    Whereabouts.DECIDED: pgettext_lazy("Rat", "entschieden"),
    Whereabouts.NO_ROUTE: _("ohne Beratungsfolge"),
    Whereabouts.WITHDRAWN: _("zurückgezogen"),
}
HEARING_LABELS = {
    Hearing.NOT_ON_ROUTE: _("kein Ortschaftsrat in der Beratungsfolge"),
    Hearing.PLANNED: _("Ortschaftsrat wird noch gehört"),
    Hearing.HEARD: _("Ortschaftsrat wurde gehört"),
}
_WHERE_TONES = {
    Whereabouts.PLANNED: Tone.NEUTRAL,
    Whereabouts.IN_CONSULTATION: Tone.ACCENT,
    Whereabouts.DECIDED: Tone.GOOD,
    Whereabouts.NO_ROUTE: Tone.UNKNOWN,
    Whereabouts.WITHDRAWN: Tone.UNKNOWN,
}
_RESULT_TONES = {
    Result.ADOPTED: Tone.GOOD,
    Result.ADOPTED_CHANGED: Tone.GOOD,
    Result.REJECTED: Tone.BAD,
    Result.NOTED: Tone.DONE,
    Result.REFERRED: Tone.WARN,
    Result.POSTPONED: Tone.WARN,
    Result.WITHDRAWN: Tone.UNKNOWN,
    Result.OTHER: Tone.NEUTRAL,
    Result.OPEN: Tone.UNKNOWN,
}
_MEETING_TONES = {
    MeetingState.PLANNED: Tone.NEUTRAL,
    MeetingState.INVITED: Tone.ACCENT,
    MeetingState.HELD: Tone.DONE,
    MeetingState.CANCELLED: Tone.UNKNOWN,
}


def standing_sign(standing: Standing) -> Sign:
    """Where a paper stands; a decided one by its result."""
    if standing.where is Whereabouts.DECIDED and standing.step is not None:
        return result_sign(standing.step.result)
    where = standing.where
    return Sign(where.value, WHEREABOUTS_LABELS[where], _WHERE_TONES[where])


def result_sign(result: Result) -> Sign:
    """What an agenda item came to."""
    return Sign(result.value, RESULT_LABELS[result], _RESULT_TONES[result])


def meeting_sign(state: MeetingState) -> Sign:
    """How far a meeting is."""
    return Sign(state.value, MEETING_STATE_LABELS[state], _MEETING_TONES[state])
