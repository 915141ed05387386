"""The look and the building blocks of every page."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "dreiklang.ui"
    label = "ui"
    verbose_name = "Oberfläche"
