"""Deliveries in words: where they stand, what seems wrong, what they brought."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core import text
from dreiklang.monitoring.models import Delivery
from dreiklang.monitoring.queries import deliveries as queries
from dreiklang.monitoring.queries.wording import sentence
from dreiklang.monitoring.rules.deliveries import DeliveryState
from dreiklang.monitoring.rules.storing import decimals_of
from dreiklang.ui.rules import Sign, Tone

SIGNS = {
    DeliveryState.RELEASED: Sign("released", gettext_lazy("freigegeben"), Tone.GOOD),
    DeliveryState.WAITING: Sign("waiting", gettext_lazy("wartet auf Freigabe"), Tone.WARN),
    DeliveryState.SENT_BACK: Sign("sent_back", gettext_lazy("zurückgegeben"), Tone.BAD),
    DeliveryState.WITHDRAWN: Sign("withdrawn", gettext_lazy("zurückgezogen"), Tone.NEUTRAL),
}


@dataclass(frozen=True)
class DoubtLine:
    """A doubt in words."""

    row: int | None
    what: str
    where: str
    when: str
    said: str


def signed_lines(found: list[Delivery]) -> list[tuple[queries.DeliveryLine, Sign]]:
    """Deliveries as lines, each with its state."""
    return [(one, SIGNS[one.state]) for one in queries.lines(found)]


def doubt_line(kept: dict[str, Any]) -> DoubtLine:
    """A doubt as it was kept, in words."""
    value = number_said(kept["value"]) or _("nicht gezeigt")
    beside = number_said(kept["beside"])
    return DoubtLine(
        row=kept["row"],
        what=str(kept["what"]),
        where=str(kept["where"]),
        when=when_words(date.fromisoformat(kept["starts_on"]), date.fromisoformat(kept["ends_on"])),
        said=sentence(str(kept["code"]), value=f"{value} ({beside})" if beside else value),
    )


def number_said(kept: str) -> str:
    """A number as it was kept, as people write it."""
    if not kept:
        return ""
    number = Decimal(kept)
    return text.number(number, places=decimals_of(number))


def said_value(one: queries.DeliveredValue) -> dict[str, Any]:
    """A value with its number as people write it."""
    said = "" if one.value is None else text.number(one.value, places=one.decimals)
    return {**asdict(one), "said": said, "when": when_words(one.starts_on, one.ends_on)}


def when_words(starts_on: date, ends_on: date) -> str:
    """The time of a value: a day, a whole year by its number, else from and to."""
    if starts_on == ends_on:
        return text.day_short(ends_on)
    if (starts_on.day, starts_on.month, ends_on) == (1, 1, date(starts_on.year, 12, 31)):
        return str(starts_on.year)
    return f"{text.day_short(starts_on)} – {text.day_short(ends_on)}"
