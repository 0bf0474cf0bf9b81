"""Addresses of the report."""

from django.urls import path

from sameboat.study.report import figure_views, views

urlpatterns = [
    path("studies/<uuid:sid>/report", views.report, name="study-report"),
    path("studies/<uuid:sid>/report/coreq", views.coreq, name="study-coreq"),
    path("studies/<uuid:sid>/report/tables.xlsx", figure_views.all_tables, name="study-report-tables"),
    path("studies/<uuid:sid>/report/map.pdf", figure_views.map_pdf, name="study-report-map"),
    path("studies/<uuid:sid>/themes/map.svg", figure_views.map_svg, name="study-theme-map"),
    path("studies/<uuid:sid>/report/report.<str:kind>", views.report_file, name="study-report-file"),
    path("studies/<uuid:sid>/compare/table.<str:kind>", figure_views.comparison, name="study-compare-file"),
    path("studies/<uuid:sid>/compare/open.<str:kind>", figure_views.without_a_code, name="study-open-file"),
    path("studies/<uuid:sid>/compare/charts/<str:name>.svg", figure_views.chart, name="study-chart"),
    path("studies/<uuid:sid>/audit.csv", figure_views.audit, name="study-audit-file"),
    path("studies/<uuid:sid>/compare/framework.<str:kind>", figure_views.framework, name="study-framework-file"),
]
