"""Addresses of what goes out and what comes in."""

from __future__ import annotations

from django.urls import path

from sameboat.study.exchange import views

STUDY = "studies/<uuid:sid>/exchange"

urlpatterns = [
    path("studies/from-file", views.new, name="study-from-file"),
    path("studies/from-file/<str:token>", views.new_look, name="study-new-look"),
    path(STUDY, views.exchange, name="study-exchange"),
    path(f"{STUDY}/out/<str:kind>", views.take_out, name="study-take-out"),
    path(f"{STUDY}/backup", views.back_up, name="study-back-up"),
    path(f"{STUDY}/bring", views.bring, name="study-bring"),
    path(f"{STUDY}/bring/<str:token>", views.look, name="study-exchange-look"),
]
