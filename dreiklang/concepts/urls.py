"""Addresses of the register. Numbers may hold anything, a slash too: fixed words come first."""

from django.urls import path

from dreiklang.concepts import views

app_name = "concepts"

urlpatterns = [
    path("konzepte/", views.concept_list, name="list"),
    path("konzepte/neu/", views.concept_new, name="new"),
    path("konzepte/lesbarkeit/", views.concept_readability, name="readability"),
    path("konzepte/<path:number>/bearbeiten/", views.concept_edit, name="edit"),
    path("konzepte/<path:number>/zielbezuege/", views.concept_goals, name="goals"),
    path("konzepte/<path:number>/verfahren/", views.concept_steps, name="steps"),
    path("konzepte/<path:number>/sichtbarkeit/", views.concept_visibility, name="visibility"),
    path("konzepte/<path:number>/", views.concept, name="concept"),
]
