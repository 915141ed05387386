"""Addresses of data requests."""

from django.urls import path

from dreiklang.monitoring.views import request_deeds, requests

urlpatterns = [
    path("arbeit/datenanforderungen/", requests.request_list, name="requests"),
    path("arbeit/datenanforderungen/liste.csv", requests.request_csv, name="requests-csv"),
    path("arbeit/datenanforderungen/neu/", request_deeds.request_new, name="request-new"),
    path("arbeit/datenanforderungen/<int:pk>/", requests.request_page, name="request"),
    path("arbeit/datenanforderungen/<int:pk>/bearbeiten/", request_deeds.request_edit, name="request-edit"),
    path(
        "arbeit/datenanforderungen/<int:pk>/antworten/", request_deeds.request_answer, name="request-answer"
    ),
    path(
        "arbeit/datenanforderungen/<int:pk>/zeitreihe/", request_deeds.request_series, name="request-series"
    ),
    path("arbeit/datenanforderungen/<int:pk>/aufgeben/", request_deeds.request_drop, name="request-drop"),
    path("arbeit/datenanforderungen/<int:pk>/oeffnen/", request_deeds.request_reopen, name="request-reopen"),
]
