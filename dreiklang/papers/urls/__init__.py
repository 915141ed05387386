"""Addresses of papers, one file a part."""

from django.urls import URLPattern

app_name = "papers"

urlpatterns: list[URLPattern] = []
