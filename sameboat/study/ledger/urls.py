"""Addresses of the audit trail, and of undo from a page."""

from django.urls import path

from sameboat.study.ledger import views

urlpatterns = [
    path("studies/<uuid:sid>/audit", views.audit, name="study-audit"),
    path("studies/<uuid:sid>/undo", views.undo_here, name="study-undo"),
    path("studies/<uuid:sid>/redo", views.redo_here, name="study-redo"),
]
