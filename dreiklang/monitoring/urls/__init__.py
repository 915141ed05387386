"""Addresses of monitoring, one file per topic."""

from django.urls.resolvers import URLPattern

from dreiklang.monitoring.urls.criteria import urlpatterns as criteria
from dreiklang.monitoring.urls.requests import urlpatterns as requests
from dreiklang.monitoring.urls.small_counts import urlpatterns as small_counts

app_name = "monitoring"

urlpatterns: list[URLPattern] = [
    *criteria,
    *requests,
    *small_counts,
]
