"""Answers, effects and states of checks in words and signs."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dreiklang.core import text
from dreiklang.core.values import Unknown
from dreiklang.papers.models.answer_labels import (
    EFFECT_LABELS,
    EFFECT_SIGNS,
    QUESTION_KIND_LABELS,
    answer_label,
)
from dreiklang.papers.models.labels import CO_SIGN_STATE_LABELS
from dreiklang.papers.rules.checklist import ChecklistContent, Condition, Effect, QuestionKind
from dreiklang.papers.rules.kinds import CoSignState
from dreiklang.ui.rules import Sign, Tone

register = template.Library()

_TONES = {
    CoSignState.ASKED: Tone.UNKNOWN,
    CoSignState.SIGNED: Tone.GOOD,
    CoSignState.OBJECTED: Tone.BAD,
    CoSignState.WAIVED: Tone.NEUTRAL,
}


@register.filter
def item(found: Mapping[Any, Any], key: Any) -> Any:
    """The entry of that key."""
    return found.get(key)


@register.filter
def effect_sign(effect: str) -> str:
    """++ + o − −− ?"""
    return EFFECT_SIGNS[Effect(effect)]


@register.filter
def effect_label(effect: str) -> str:
    """The effect in words."""
    return str(EFFECT_LABELS[Effect(effect)])


@register.filter
def sign_sign(state: str) -> Sign:
    """A co-signature's state, for `status_badge`."""
    one = CoSignState(state)
    return Sign(one, CO_SIGN_STATE_LABELS[one], _TONES[one])


@register.filter
def question_kind(kind: str) -> str:
    """What an answer looks like, in words."""
    return str(QUESTION_KIND_LABELS[QuestionKind(kind)])


@register.filter
def wording(content: ChecklistContent, question_id: str) -> str:
    """What the question of that id asks; its id where the checklist no longer has it."""
    return content.wording(question_id) or question_id


@register.filter
def stage_query(content: ChecklistContent, question_id: str) -> str:
    """`?stufe=2`: the page of the questions where that one stands."""
    found = content.question(question_id)
    return f"?stufe={found.stage}" if found else ""


@register.filter
def condition_words(condition: Condition, content: ChecklistContent) -> str:
    """When a question is asked: "„Folgekosten?“ mit „ja“ oder „nicht bekannt“ beantwortet ist"."""
    asked = content.question(condition.question)
    values = (answer_label(asked, one) if asked else one for one in condition.values)
    quoted = (_("„%(answer)s“") % {"answer": one} for one in values)
    return _("„%(question)s“ mit %(values)s beantwortet ist") % {
        "question": asked.text if asked else condition.question,
        "values": pgettext("zwischen Antworten", " oder ").join(quoted),
    }


@register.filter
def whole_days(days: float | Unknown) -> str:
    """Days as people say them; parts of the first day are "unter einem Tag"."""
    if isinstance(days, Unknown):
        return text.unknown(days)
    if days < 1:
        return _("unter einem Tag")
    return text.count(round(days), pgettext("Dauer", "Tag"), pgettext("Dauer", "Tage"))
