"""Addresses of coding's own pages."""

from django.urls import path

from sameboat.study.coding import views

urlpatterns = [
    path("studies/<uuid:sid>/coding/", views.coding, name="study-coding"),
]
