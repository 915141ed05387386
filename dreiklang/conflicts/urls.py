"""Addresses of conflicts. All of it is for the administration."""

from django.urls import path

from dreiklang.conflicts.views import (
    beside,
    candidate,
    matrix,
    network,
    radar,
    results,
    review,
    runs,
    thresholds,
    weighing,
)

app_name = "conflicts"

ALL = "arbeit/zielkonflikte/"
ONE = f"{ALL}<int:pk>/"

urlpatterns = [
    path(ALL, radar.radar, name="radar"),
    path(f"{ALL}export.csv", radar.radar_csv, name="csv"),
    path(f"{ALL}export.xlsx", radar.radar_xlsx, name="xlsx"),
    path(f"{ALL}matrix/", matrix.matrix, name="matrix"),
    path(f"{ALL}netz/", network.network, name="network"),
    path(f"{ALL}schwellen/", thresholds.thresholds, name="thresholds"),
    path(f"{ALL}vergleichen/", runs.comparison, name="comparison"),
    path(f"{ALL}vergleichen/stand/", runs.progress, name="progress"),
    path(f"{ALL}gespraeche/<int:talk>/", results.of_record, name="talk_note"),
    path(ONE, candidate.candidate, name="candidate"),
    path(f"{ONE}ort/", radar.where, name="where"),
    path(f"{ONE}schritt/<slug:deed>/", candidate.step, name="step"),
    path(f"{ONE}gespraech/<int:talk>/", results.of_candidate, name="talk_result"),
    path(f"{ONE}klaerung/", weighing.weighing, name="weighing"),
    path(f"{ONE}klaerung/<int:weighing>/wieder-ansehen/", review.review, name="review"),
    path(f"{ONE}klaerung/protokoll.<slug:form>", weighing.protocol_file, name="protocol"),
    path("arbeit/nebenan/", beside.beside, name="beside"),
    path("arbeit/nebenan/einladen/", beside.invite_beside, name="invite_beside"),
]
