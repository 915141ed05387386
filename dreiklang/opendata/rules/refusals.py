"""A parameter that says nothing we understand."""

from typing import Any

from dreiklang.core.errors import Refused


class BadParameter(Refused):
    """The parameter `name` was refused; `code` says why, `facts` fill the wording."""

    def __init__(self, name: str, code: str, **facts: Any) -> None:
        super().__init__(code, **facts)
        self.name = name
