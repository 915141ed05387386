from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "dreiklang.core"
