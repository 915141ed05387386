"""What visitors choose on the public pages."""

from dreiklang.portal.forms.map import EARLIEST, LATEST, MapForm, is_year
from dreiklang.portal.forms.sheet import SheetForm

__all__ = ["EARLIEST", "LATEST", "MapForm", "SheetForm", "is_year"]
