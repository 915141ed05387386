"""Addresses of surveys and studies. Fixed words come before short names."""

from django.urls import path

from dreiklang.monitoring.views import said, survey_data, survey_deeds, surveys

urlpatterns = [
    path("ziele/<path:number>/stimmen/", said.goal_voices, name="goal-voices"),
    path("zukunftsaufgaben/<path:number>/stimmen/", said.task_voices, name="task-voices"),
    path("umfragen/", surveys.survey_list, name="surveys"),
    path("umfragen/neu/", survey_deeds.survey_new, name="survey-new"),
    path("umfragen/reihen/<slug:key>/", surveys.series_page, name="question-series"),
    path("umfragen/<slug:key>/", surveys.survey_page, name="survey"),
    path("umfragen/<slug:key>/daten.csv", survey_data.survey_data, {"form": "csv"}, name="survey-csv"),
    path("umfragen/<slug:key>/daten.xlsx", survey_data.survey_data, {"form": "xlsx"}, name="survey-xlsx"),
    path("umfragen/<slug:key>/daten.json", survey_data.survey_data, {"form": "json"}, name="survey-json"),
    path("umfragen/<slug:key>/dokument/", surveys.survey_document, name="survey-document"),
    path("umfragen/<slug:key>/fragen/<str:number>/", surveys.question_page, name="survey-question"),
    path("umfragen/<slug:key>/bearbeiten/", survey_deeds.survey_edit, name="survey-edit"),
    path("umfragen/<slug:key>/bearbeiten/dokument/", survey_deeds.document_edit, name="survey-document-edit"),
    path("umfragen/<slug:key>/bearbeiten/frage/", survey_deeds.question_edit, name="survey-question-new"),
    path(
        "umfragen/<slug:key>/bearbeiten/frage/<int:pk>/",
        survey_deeds.question_edit,
        name="survey-question-edit",
    ),
    path(
        "umfragen/<slug:key>/bearbeiten/frage/<int:pk>/entfernen/",
        survey_deeds.question_remove,
        name="survey-question-remove",
    ),
    path("umfragen/<slug:key>/bearbeiten/aussage/", survey_deeds.statement_edit, name="survey-statement-new"),
    path(
        "umfragen/<slug:key>/bearbeiten/aussage/<int:pk>/",
        survey_deeds.statement_edit,
        name="survey-statement-edit",
    ),
    path(
        "umfragen/<slug:key>/bearbeiten/aussage/<int:pk>/entfernen/",
        survey_deeds.statement_remove,
        name="survey-statement-remove",
    ),
    path("umfragen/<slug:key>/sichtbar/", survey_deeds.survey_publish, name="survey-publish"),
]
