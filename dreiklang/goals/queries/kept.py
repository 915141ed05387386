"""Records by the key in the address of their history."""

from django.urls import reverse

from dreiklang.core.errors import NotFound
from dreiklang.goals.models import Framework, FutureTask, Goal
from dreiklang.goals.queries.lookups import in_version, visible
from dreiklang.people.rules import Viewer


def kept_framework(viewer: Viewer, key: str) -> tuple[Framework, str]:
    """The version of that label and the address of the goals. Administration only. Raises: NotFound."""
    found = Framework.objects.filter(label=key).first() if viewer.is_internal else None
    if found is None:
        raise NotFound("framework", key=key)
    return found, reverse("goals:framework")


def kept_goal(viewer: Viewer, key: str) -> tuple[Goal, str]:
    """The goal of that number in the valid version and the address of its page. Raises: NotFound."""
    found = in_version(visible(Goal.objects.all(), viewer), label="").filter(number=key).first()
    if found is None:
        raise NotFound("goal", key=key)
    return found, reverse("goals:goal", args=[found.number])


def kept_task(viewer: Viewer, key: str) -> tuple[FutureTask, str]:
    """The future task of that number in the valid version and the address of its page. Raises: NotFound."""
    found = in_version(visible(FutureTask.objects.all(), viewer), label="").filter(number=key).first()
    if found is None:
        raise NotFound("task", key=key)
    return found, reverse("goals:task", args=[found.number])
