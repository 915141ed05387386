"""Addresses for bringing values and deciding about deliveries."""

from django.urls import path

from dreiklang.monitoring.views import single_values, value_deliveries, value_lists

urlpatterns = [
    path("arbeit/werte/", value_lists.start, name="values"),
    path("arbeit/werte/datei/", value_lists.receive, name="value-receive"),
    path("arbeit/werte/datei/<int:pk>/", value_lists.columns, name="value-columns"),
    path("arbeit/werte/datei/<int:pk>/probelauf/", value_lists.trial, name="value-trial"),
    path("arbeit/werte/datei/<int:pk>/berichtigen/", value_lists.correct, name="value-correct"),
    path("arbeit/werte/datei/<int:pk>/uebernehmen/", value_lists.take_over, name="value-take-over"),
    path("arbeit/werte/datei/<int:pk>/verwerfen/", value_lists.discard, name="value-discard"),
    path("arbeit/werte/eintragen/<slug:key>/", single_values.entry, name="value-entry"),
    path("arbeit/werte/freigaben/", value_deliveries.releases, name="value-releases"),
    path("arbeit/werte/lieferungen/", value_deliveries.delivery_list, name="value-deliveries"),
    path("arbeit/werte/lieferungen/<int:pk>/", value_deliveries.delivery, name="value-delivery"),
    path("arbeit/werte/lieferungen/<int:pk>/<slug:deed>/", value_deliveries.decide, name="value-decide"),
]
