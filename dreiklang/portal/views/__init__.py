"""The pages of the public site."""

from dreiklang.portal.views.map import card, embedded, show_map
from dreiklang.portal.views.map_data import layer_data
from dreiklang.portal.views.map_sheet import map_drawing, map_pdf, map_sheet
from dreiklang.portal.views.map_table import map_csv, map_table
from dreiklang.portal.views.pages import (
    accessibility,
    counting,
    data,
    easy_language,
    feedback,
    imprint,
    news,
    privacy,
    start,
)

__all__ = [
    "accessibility",
    "card",
    "counting",
    "data",
    "easy_language",
    "embedded",
    "feedback",
    "imprint",
    "layer_data",
    "map_csv",
    "map_drawing",
    "map_pdf",
    "map_sheet",
    "map_table",
    "news",
    "privacy",
    "show_map",
    "start",
]
