"""Addresses of measures. Fixed words come first; a number may hold anything, a slash too."""

from django.urls import path

from dreiklang.measures import views

app_name = "measures"

urlpatterns = [
    path("massnahmen/", views.measure_list, name="list"),
    path("massnahmen/<path:number>/", views.measure, name="measure"),
]
