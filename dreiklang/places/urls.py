"""Addresses of places. Keys may hold anything: fixed words come first."""

from django.urls import path

from dreiklang.places import views

app_name = "places"

urlpatterns = [
    path("stadtteile/", views.area_list, name="list"),
    path("stadtteile/<path:key>/", views.area, name="area"),
    path("stadt/angaben/", views.settings, name="settings"),
    path("stadt/wappen/", views.arms, name="arms"),
    path("stadt/ebenen/", views.levels, name="levels"),
    path("stadt/ebenen/<int:pk>/gebiete/", views.mark_neighbours, name="mark-neighbours"),
]
