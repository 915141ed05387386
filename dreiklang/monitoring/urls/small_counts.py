"""Addresses of small counts, for the statistics office, and of files that may hold some."""

from django.urls import path

from dreiklang.monitoring.views import delivered_file, small_counts

urlpatterns = [
    path("arbeit/kleine-zahlen/", small_counts.overview, name="small-counts"),
    path("arbeit/kleine-zahlen/<slug:key>/", small_counts.indicator, name="small-count"),
    path("arbeit/lieferungen/<int:pk>/datei/", delivered_file.download, name="delivered-file"),
]
