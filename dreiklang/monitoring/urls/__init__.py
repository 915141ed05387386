"""Addresses of monitoring, one file per topic."""

from django.urls.resolvers import URLPattern

from dreiklang.monitoring.urls.catalogue import urlpatterns as catalogue
from dreiklang.monitoring.urls.criteria import urlpatterns as criteria
from dreiklang.monitoring.urls.data_sheets import urlpatterns as data_sheets
from dreiklang.monitoring.urls.frame import urlpatterns as frame
from dreiklang.monitoring.urls.grants import urlpatterns as grants
from dreiklang.monitoring.urls.indicators import urlpatterns as indicators
from dreiklang.monitoring.urls.maps import urlpatterns as maps
from dreiklang.monitoring.urls.panels import urlpatterns as panels
from dreiklang.monitoring.urls.profiles import urlpatterns as profiles
from dreiklang.monitoring.urls.requests import urlpatterns as requests
from dreiklang.monitoring.urls.small_counts import urlpatterns as small_counts
from dreiklang.monitoring.urls.surveys import urlpatterns as surveys
from dreiklang.monitoring.urls.values import urlpatterns as values

app_name = "monitoring"

urlpatterns: list[URLPattern] = [
    *catalogue,
    *criteria,
    *data_sheets,
    *indicators,
    *maps,
    *panels,
    *profiles,
    *frame,
    *grants,
    *requests,
    *small_counts,
    *surveys,
    *values,
]
