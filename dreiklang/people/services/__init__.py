"""What can happen to people and departments, and the one check every service starts with."""

from dreiklang.people.permissions import NotAllowed
from dreiklang.people.services.checks import require

__all__ = ["NotAllowed", "require"]
