"""Addresses of monitoring, one file per topic."""

from django.urls.resolvers import URLPattern

app_name = "monitoring"

urlpatterns: list[URLPattern] = []
