"""Addresses of the report."""

from django.urls import path

from sameboat.study.report import views

urlpatterns = [
    path("studies/<uuid:sid>/report", views.report, name="study-report"),
    path("studies/<uuid:sid>/report/coreq", views.coreq, name="study-coreq"),
    path("studies/<uuid:sid>/report/tables.xlsx", views.tables_file, name="study-report-tables"),
    path("studies/<uuid:sid>/report/map.pdf", views.map_file, name="study-report-map"),
    path("studies/<uuid:sid>/report/report.<str:kind>", views.report_file, name="study-report-file"),
]
