"""All tags and filters of the components: `{% load ui %}`. Each is documented in ui/README.md."""

from django import template

from dreiklang.ui.templatetags import ui_charts, ui_forms, ui_pictures, ui_tables, ui_words

register = template.Library()
for _library in (ui_words, ui_pictures, ui_tables, ui_forms, ui_charts):
    register.tags.update(_library.register.tags)
    register.filters.update(_library.register.filters)
