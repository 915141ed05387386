"""Addresses of small counts, for the statistics office."""

from django.urls import path

from dreiklang.monitoring.views import small_counts

urlpatterns = [
    path("arbeit/kleine-zahlen/", small_counts.overview, name="small-counts"),
    path("arbeit/kleine-zahlen/<slug:key>/", small_counts.indicator, name="small-count"),
]
