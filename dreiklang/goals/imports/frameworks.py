"""Into which version of the framework a list goes, and how its records are named in a run."""

from django.utils.translation import gettext_noop

from dreiklang.core.imports.contract import OptionField, Options
from dreiklang.goals.models import Framework
from dreiklang.goals.rules import FrameworkStatus
from dreiklang.places.queries import municipality

DRAFT_MARK = "Entwurf "
INTO = OptionField(
    "into",
    gettext_noop("Fassung"),
    gettext_noop("In welche Fassung die Liste gehört"),
    choices=(("valid", gettext_noop("in die gültige")), ("draft", gettext_noop("in den Entwurf"))),
    default="valid",
)


def mark(options: Options) -> str:
    """What stands before the numbers of a list: nothing, or the mark of the draft."""
    return DRAFT_MARK if options.special.get("into") == "draft" else ""


def status_of(key: str) -> FrameworkStatus:
    """The version that a key of a run belongs to."""
    return FrameworkStatus.DRAFT if key.startswith(DRAFT_MARK) else FrameworkStatus.VALID


def bare(key: str) -> str:
    """The number without the mark."""
    return key.removeprefix(DRAFT_MARK)


def framework_for(key: str) -> Framework:
    """The version a key belongs to. The first list of a new city makes its first framework."""
    status = status_of(key)
    found = Framework.objects.filter(status=status).first()
    if found is None:
        title = municipality().framework_name or "Stadtentwicklungskonzept"
        found = Framework.objects.create(
            title=title, label="Entwurf" if DRAFT_MARK in key else "1", status=status
        )
    return found
