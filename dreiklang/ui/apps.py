"""The look and the building blocks of every page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "dreiklang.ui"
    label = "ui"
    verbose_name = _("Oberfläche")
