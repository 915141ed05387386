"""Addresses of papers, one file a part."""

from django.urls import URLPattern

from dreiklang.papers.urls import checks, meetings, papers, proposals, resolutions, sources

app_name = "papers"

urlpatterns: list[URLPattern] = [
    *papers.urlpatterns,
    *meetings.urlpatterns,
    *checks.urlpatterns,
    *proposals.urlpatterns,
    *resolutions.urlpatterns,
    *sources.urlpatterns,
]
