"""Addresses that panels on pages of others lead to."""

from django.urls import path

from dreiklang.monitoring.views import effect_start, headline

urlpatterns = [
    path("arbeit/wirkungen/neu/", effect_start.effect_start, name="effect-start"),
    path("konzepte/<path:number>/indikatoren/", headline.of_concept, name="concept-indicators"),
    path("leitindikatoren/", headline.headline, name="headline"),
]
