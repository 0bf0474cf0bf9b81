"""Addresses of what goes for good: names everywhere, people who withdraw, what lies in the bin, a study."""

from __future__ import annotations

from django.urls import path

from sameboat.study.withdrawal import deleting_views, name_views, views

PLACE = "studies/<uuid:sid>/withdrawals"

urlpatterns = [
    path("studies/<uuid:sid>/names-gone", name_views.names_gone, name="study-names-gone"),
    path("studies/<uuid:sid>/delete", deleting_views.delete, name="study-delete"),
    path("studies/<uuid:sid>/bin/<str:kind>/<uuid:row_id>/for-good", deleting_views.for_good, name="study-for-good"),
    path(PLACE, views.withdrawals, name="study-withdrawals"),
    path(f"{PLACE}/<uuid:pid>", views.withdraw, name="study-withdraw"),
]
