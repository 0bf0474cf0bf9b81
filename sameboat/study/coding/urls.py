"""Addresses of coding's own pages."""

from django.urls import path

from sameboat.study.coding import mending_views, property_views, views

urlpatterns = [
    path("studies/<uuid:sid>/coding/", views.coding, name="study-coding"),
    path("studies/<uuid:sid>/codebook", views.codebook, name="study-codebook"),
    path("studies/<uuid:sid>/codebook/<uuid:cid>", property_views.code, name="study-code"),
    path("studies/<uuid:sid>/texts/<uuid:did>", property_views.text, name="study-text"),
    path("studies/<uuid:sid>/texts/<uuid:did>/mend", mending_views.mend, name="study-mend"),
    path("studies/<uuid:sid>/texts/<uuid:did>/lock", mending_views.lock, name="study-lock"),
    path("studies/<uuid:sid>/bin", views.bin, name="study-bin"),
    path("studies/<uuid:sid>/bin/<str:kind>/<uuid:row_id>/restore", views.restore_from_bin, name="study-bin-restore"),
]
