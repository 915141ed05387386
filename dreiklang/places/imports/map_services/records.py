"""Why an address cannot become a map service."""

from dreiklang.core.errors import Refused


class CannotUse(Refused):
    """The address cannot become a map service here; `value` is what the server said. Codes: see `wording`."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code, value=value)
        self.value = value
