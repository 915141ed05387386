"""The signs and bar parts of measures, worded once for every page that shows them."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from dreiklang.measures.models.labels import PHASE_LABELS
from dreiklang.measures.rules import ORDER, Distribution, Phase, Standing
from dreiklang.ui.rules import Part, Sign, Tone

STANDING_SIGNS = {
    Standing.ON_TRACK: Sign("on_track", _("im Plan"), Tone.GOOD),
    Standing.DELAYED: Sign("delayed", _("verzögert"), Tone.WARN),
    Standing.STOPPED: Sign("stopped", _("steht still"), Tone.BAD),
    Standing.UNREPORTED: Sign("unreported", _("ohne aktuellen Bericht"), Tone.UNKNOWN),
    Standing.IN_USE: Sign("in_use", _("in Nutzung"), Tone.DONE),
    Standing.ENDED: Sign("ended", _("aufgegeben"), Tone.NEUTRAL),
}
ENDING_SIGNS = {
    phase: Sign(phase.value, PHASE_LABELS[phase], Tone.NEUTRAL)
    for phase in (Phase.MERGED, Phase.REPLACED, Phase.DROPPED)
}


def standing_sign(standing: Standing, phase: Phase | None = None) -> Sign:
    """The sign of a standing; an ended measure says how it ended."""
    if standing is Standing.ENDED and phase in ENDING_SIGNS:
        return ENDING_SIGNS[phase]
    return STANDING_SIGNS[standing]


def phase_label(phase: Phase | None) -> str:
    """The phase in words; unknown is said."""
    return str(PHASE_LABELS[phase]) if phase is not None else str(_("unbekannt"))


def _counted(standing: Standing, number: int) -> str:
    """The label behind a number: only "steht still" has a plural of its own."""
    if standing is Standing.STOPPED and number != 1:
        return str(_("stehen still"))
    return str(STANDING_SIGNS[standing].label)


def standing_parts(
    distribution: Distribution, *, href: Callable[[Standing], str] | None = None
) -> list[Part]:
    """The parts of a distribution bar by standing, in drawing order; ended ones only where there are any.

    `href` gives the address of the list of exactly these measures.
    """
    counts = distribution.by_standing
    return [
        Part(
            code=one.value,
            label=_counted(one, counts[one]),
            count=counts[one],
            tone=STANDING_SIGNS[one].tone,
            href=href(one) if href else "",
        )
        for one in ORDER
        if counts[one] or one is not Standing.ENDED
    ]


def phase_parts(distribution: Distribution, *, href: Callable[[Phase], str] | None = None) -> list[Part]:
    """The parts of a bar by phase from idea to use; endings and the unknown phase only where there are any."""
    tones = {Phase.IN_USE: Tone.DONE, Phase.IMPLEMENTATION: Tone.ACCENT, Phase.DECIDED: Tone.ACCENT_SOFT}
    parts = []
    for phase, count in distribution.by_phase.items():
        if phase is None:
            parts += [Part("unknown", str(_("Phase unbekannt")), count, Tone.UNKNOWN)] if count else []
        elif count or phase not in ENDING_SIGNS:
            tone = tones.get(phase, Tone.NEUTRAL)
            parts.append(Part(phase.value, PHASE_LABELS[phase], count, tone, href(phase) if href else ""))
    return parts
