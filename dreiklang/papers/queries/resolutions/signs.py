"""The signs and bar parts of resolutions, worded once for every page that shows them."""

from collections.abc import Callable

from django.utils.translation import pgettext_lazy

from dreiklang.papers.rules.resolutions import Fate, FateCounts
from dreiklang.ui.rules import Part, Sign, Tone

FATE_SIGNS = {
    Fate.OVERDUE: Sign("overdue", pgettext_lazy("Beschluss", "überfällig"), Tone.BAD),
    Fate.OPEN: Sign("open", pgettext_lazy("Beschluss", "offen"), Tone.NEUTRAL),
    Fate.IN_WORK: Sign("in_work", pgettext_lazy("Beschluss", "in Arbeit"), Tone.GOOD),
    Fate.DONE: Sign("done", pgettext_lazy("Beschluss", "erledigt"), Tone.DONE),
    Fate.DROPPED: Sign("dropped", pgettext_lazy("Beschluss", "aufgegeben"), Tone.UNKNOWN),
}
# As bars and tables show them: what is finished first.
FATE_ORDER = (Fate.DONE, Fate.IN_WORK, Fate.OPEN, Fate.OVERDUE, Fate.DROPPED)


def fate_sign(fate: Fate) -> Sign:
    """The sign of what became of it."""
    return FATE_SIGNS[fate]


def fate_parts(counts: FateCounts, *, href: Callable[[Fate], str] | None = None) -> list[Part]:
    """The parts of a distribution bar, in drawing order. `href` gives the address of the list of exactly these."""
    return [
        Part(
            code=one.value,
            label=FATE_SIGNS[one].label,
            count=counts.of(one),
            tone=FATE_SIGNS[one].tone,
            href=href(one) if href else "",
        )
        for one in FATE_ORDER
    ]
