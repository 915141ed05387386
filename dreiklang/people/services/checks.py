"""What can happen to people and departments, and the one check every service starts with."""

from typing import Any

from dreiklang.people.permissions import NotAllowed
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

__all__ = ["NotAllowed", "require"]


def require(viewer: Viewer, permission: str, thing: Any = None) -> None:
    """Nothing, if the viewer holds the permission for the object.

    Raises: NotAllowed if not; the page then says who may.
    """
    if not may(viewer, permission, thing):
        raise NotAllowed(permission)
