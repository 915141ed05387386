"""What visitors choose on the public pages."""

from dreiklang.portal.forms.map import MapForm
from dreiklang.portal.forms.sheet import SheetForm

__all__ = ["MapForm", "SheetForm"]
