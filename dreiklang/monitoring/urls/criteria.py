"""Addresses of criteria. Numbers of goals may hold anything, a slash too."""

from django.urls import path

from dreiklang.monitoring.views import criteria, criteria_deeds, criteria_overview

urlpatterns = [
    path("ziele/<path:number>/kriterien/", criteria.goal_criteria, name="goal-criteria"),
    path("kriterien/", criteria_overview.overview, name="criteria"),
    path("kriterien/rhythmus/", criteria_deeds.rhythm, name="criteria-rhythm"),
    path("kriterien/neu/", criteria_deeds.criterion_edit, name="criterion-new"),
    path("kriterien/<int:pk>/bearbeiten/", criteria_deeds.criterion_edit, name="criterion-edit"),
    path("kriterien/<int:pk>/verschieben/", criteria_deeds.move, name="criterion-move"),
    path("kriterien/<int:pk>/aufgeben/", criteria_deeds.retire, name="criterion-retire"),
    path("kriterien/<int:pk>/bewerten/", criteria_deeds.rate, name="criterion-rate"),
    path("bewertungen/<int:pk>/freigeben/", criteria_deeds.release, name="rating-release"),
    path("bewertungen/<int:pk>/zurueckziehen/", criteria_deeds.withdraw, name="rating-withdraw"),
]
