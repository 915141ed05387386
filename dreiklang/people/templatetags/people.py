"""What only the pages of accounts need."""

import json
from typing import Any

from django import template

register = template.Library()


@register.simple_tag
def passkey_options(options: dict[str, Any]) -> str:
    """The server's question to a passkey, as JSON for a data attribute (escaped by the template)."""
    return json.dumps(options)
