"""Addresses of themes, the phases and the points."""

from django.urls import path

from sameboat.study.themes import views

urlpatterns = [
    path("studies/<uuid:sid>/themes", views.themes, name="study-themes"),
    path("studies/<uuid:sid>/themes/phases", views.phases, name="study-phases"),
    path("studies/<uuid:sid>/themes/phases.svg", views.phases_file, name="study-phases-chart"),
    path("studies/<uuid:sid>/themes/points", views.points, name="study-points"),
    path("studies/<uuid:sid>/themes/<uuid:tid>", views.theme, name="study-theme"),
    path("studies/<uuid:sid>/themes/<uuid:tid>/move", views.move, name="study-theme-move"),
    path("studies/<uuid:sid>/themes/<uuid:tid>/remove", views.remove, name="study-theme-remove"),
    path("studies/<uuid:sid>/themes/<uuid:tid>/misfits", views.misfit, name="study-misfit"),
    path("studies/<uuid:sid>/themes/<uuid:tid>/misfits/<uuid:mid>", views.fits, name="study-misfit-forget"),
]
