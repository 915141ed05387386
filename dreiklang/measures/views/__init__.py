"""Pages of measures."""

from dreiklang.measures.views.lists import measure_list
from dreiklang.measures.views.page import measure

__all__ = ["measure", "measure_list"]
