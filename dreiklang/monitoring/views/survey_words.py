"""Results of surveys in words and as parts of a bar."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.values import Share
from dreiklang.monitoring.models import Survey
from dreiklang.monitoring.queries.surveys import Answers
from dreiklang.ui.rules import Part, Tone

# From one end of a scale to the other; what is longer begins anew, each part bears its own word anyway.
TONES = (Tone.ACCENT, Tone.ACCENT_SOFT, Tone.NEUTRAL, Tone.WARN, Tone.BAD, Tone.UNKNOWN)
# So many answers at most are a bar; more are a table only.
MOST_PARTS = len(TONES)
# Who does not know stands on no end of a scale.
UNDECIDED = frozenset({"weiß nicht", "keine angabe", "unentschieden"})


def share_words(share: Decimal | None) -> str:
    """A share as a percentage; the sign of what is not shown."""
    return hidden_sign() if share is None else text.share(Share(share), places=1)


def hidden_sign() -> str:
    """What stands where too few answered."""
    return _("zu wenige Antworten")


def count_words(answers: Answers) -> str:
    """How many answered, or that it is not shown or not known."""
    if answers.is_hidden:
        return hidden_sign()
    return _("nicht angegeben") if answers.asked_count is None else text.number(answers.asked_count)


def bar_parts(answers: Answers, *, scale: Sequence[str] = ()) -> list[Part]:
    """The shares as parts of a bar, in the order of the scale; nothing where they are none or too many."""
    if answers.is_hidden or not 1 < len(answers.shares) <= MOST_PARTS:
        return []
    order = {answer: number for number, answer in enumerate(scale)}
    return [
        Part(
            code=f"a{number}",
            label=answer,
            count=float(share * 100),
            tone=_tone(answer, order.get(answer, number)),
            shown=text.share(Share(share)),
        )
        for number, (answer, share) in enumerate(answers.shares)
        if share is not None and share > 0
    ]


def _tone(answer: str, place: int) -> Tone:
    return Tone.UNKNOWN if answer.casefold() in UNDECIDED else TONES[place % len(TONES)]


def response_sentence(one: Survey) -> str:
    """How many were asked and answered, as far as it is known."""
    if one.sample_size and one.response_count is not None:
        share = text.share(Share(Decimal(one.response_count) / one.sample_size))
        return _("%(n)s von %(asked)s haben geantwortet (%(share)s).") % {
            "n": text.number(one.response_count),
            "asked": text.number(one.sample_size),
            "share": share,
        }
    if one.response_count is not None:
        return _("%(n)s haben geantwortet.") % {"n": text.number(one.response_count)}
    return ""


def period_words(one: Survey) -> str:
    """When it was."""
    if one.starts_on and one.starts_on != one.ends_on:
        return _("%(first)s bis %(last)s") % {
            "first": text.day(one.starts_on),
            "last": text.day(one.ends_on),
        }
    return text.day(one.ends_on)
