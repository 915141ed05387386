"""Maps of indicators."""

from django.urls import path

from dreiklang.monitoring.views import maps

urlpatterns = [
    path("karte/indikatoren/", maps.maps, name="maps"),
    path("karte/indikator/<slug:key>/", maps.show_map, name="map"),
]
