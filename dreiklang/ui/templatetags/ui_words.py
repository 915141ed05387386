"""Values in words, states, notices: the small pieces of a page."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import template
from django.contrib.messages import get_messages
from django.template import Context
from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.values import Unknown
from dreiklang.ui.messages import shown
from dreiklang.ui.rules import (
    Deadline,
    Entry,
    Evidence,
    Figure,
    PersonLine,
    RailItem,
    Sign,
    Step,
    Tone,
    changed_fields,
)
from dreiklang.ui.signs import TIMELINESS

register = template.Library()


def _worded(word: Callable[[Any], str]) -> Callable[[Any], str]:
    """A filter that says "unbekannt" for Unknown and nothing for a value that is not there."""

    def worded(value: Any) -> str:
        if value is None or value == "":
            return ""
        return text.unknown(value) if isinstance(value, Unknown) else word(value)

    return worded


for _name in ("day", "day_short", "month", "month_short", "instant", "time_of_day", "span"):
    register.filter(_name, _worded(getattr(text, _name)))
for _name in ("money", "money_short", "money_exact", "number", "share", "listing"):
    register.filter(_name, _worded(getattr(text, _name)))


@register.filter
def ago(value: date, today: date) -> str:
    """`{{ report.on|ago:today }}`: vor 11 Tagen."""
    return _worded(lambda day: text.ago(day, today))(value)


@register.simple_tag
def count(n: int, one: str, many: str) -> str:
    """`{% count 3 "Maßnahme" "Maßnahmen" %}`: 3 Maßnahmen."""
    return text.count(n, one, many)


@register.inclusion_tag("ui/components/status_badge.html")
def status_badge(state: Sign | str) -> dict[str, Any]:
    """A state as word and sign. Takes a Sign, or a code of ui.signs.TIMELINESS."""
    return {"sign": state if isinstance(state, Sign) else TIMELINESS[state]}


@register.inclusion_tag("ui/components/shape.html")
def sign_shape(tone: str) -> dict[str, Any]:
    """Only the shape of a tone (● ▲ ■ ○), hidden from screen readers; the word must stand beside it."""
    return {"tone": str(tone)}


@register.inclusion_tag("ui/components/rail.html")
def rail(items: list[RailItem]) -> dict[str, Any]:
    """The chain this page hangs in."""
    return {"items": items}


@register.inclusion_tag("ui/components/figure.html")
def figure(value: Figure) -> dict[str, Any]:
    """A number with date, target and the way to it."""
    return {
        "figure": value,
        "percent": None if value.share is None else round(min(max(value.share, 0), 1) * 100, 2),
    }


@register.inclusion_tag("ui/components/evidence_card.html", takes_context=True)
def evidence_card(context: Context, evidence: Evidence) -> dict[str, Any]:
    """Why the system says so, with confirm and reject; rejecting asks for a reason."""
    return {"evidence": evidence, "csrf_token": context.get("csrf_token")}


def _labelled(state: Mapping[str, str] | str) -> Mapping[str, str]:
    return {_("Text"): state} if isinstance(state, str) else state


@register.inclusion_tag("ui/components/diff.html")
def diff(
    before: Mapping[str, str] | str, after: Mapping[str, str] | str, caption: str = ""
) -> dict[str, Any]:
    """Before and after of a record (label → text) or of one text."""
    return {"fields": changed_fields(_labelled(before), _labelled(after)), "caption": caption}


@register.inclusion_tag("ui/components/deadline_chip.html")
def deadline_chip(deadline: Deadline) -> dict[str, Any]:
    """Day, days left and what is owed."""
    return {"deadline": deadline, "overdue_days": -deadline.days_left}


@register.inclusion_tag("ui/components/person_line.html")
def person_line(person: PersonLine) -> dict[str, Any]:
    """Office, person, deputy and how to reach them."""
    return {"person": person}


@register.inclusion_tag("ui/components/empty_state.html")
def empty_state(title: str, text: str = "", action_url: str = "", action_label: str = "") -> dict[str, Any]:
    """What belongs here, who can fill it, and the button to do so."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(entries: list[Entry]) -> dict[str, Any]:
    """A course of reports, newest first, withdrawn ones kept and marked."""
    return {"entries": entries}


@register.inclusion_tag("ui/components/notice.html")
def notice(tone: str, title: str, text: str = "", link_url: str = "", link_label: str = "") -> dict[str, Any]:
    """A lasting remark on the page. Tones: good, warn, bad, neutral."""
    return {"tone": Tone(tone), "title": title, "text": text, "link_url": link_url, "link_label": link_label}


@register.inclusion_tag("ui/components/messages.html", takes_context=True)
def messages_list(context: Context) -> dict[str, Any]:
    """What was just done, with an undo button where it can be taken back."""
    request = context.get("request")
    said = [shown(m) for m in get_messages(request)] if request is not None else []
    return {"messages": said, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/components/stepper.html")
def stepper(steps: list[Step], label: str = "") -> dict[str, Any]:
    """The steps of a longer task, each done, current, open or skipped."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("ui/components/progress.html")
def progress(
    done: int, total: int, label: str, poll_url: str = "", is_finished: bool = False
) -> dict[str, Any]:
    """Long work with a count. `poll_url` answers with this same piece every two seconds."""
    return {"done": done, "total": total, "label": label, "poll_url": poll_url, "is_finished": is_finished}


@register.inclusion_tag("ui/components/unknown.html")
def unknown(reason: str | Unknown = "") -> dict[str, Any]:
    """ "unbekannt" with its reason, drawn as such."""
    return {
        "text": text.unknown(reason) if isinstance(reason, Unknown) else "",
        "reason": "" if isinstance(reason, Unknown) else reason,
    }


@register.inclusion_tag("ui/components/copy_button.html")
def copy_button(text: str, label: str = "", html: str = "", is_small: bool = True) -> dict[str, Any]:
    """Copies a text to the clipboard; with `html` a word processor gets headings and tables. Needs JavaScript."""
    return {"text": text, "label": label or _("Kopieren"), "html": html, "is_small": is_small}
