"""Addresses of texts: the list, bringing some in, taking names out."""

from __future__ import annotations

from django.urls import path

from sameboat.study.transcripts import name_views, views

STUDY = "studies/<uuid:sid>/transcripts"

urlpatterns = [
    path(STUDY, views.transcripts, name="study-transcripts"),
    path(f"{STUDY}/bring-in", views.bring_in, name="study-bring-in"),
    path(f"{STUDY}/bring-in/<str:token>", views.look, name="study-look"),
    path(f"{STUDY}/bring-in/<str:token>/drop", views.drop, name="study-drop"),
    path(f"{STUDY}/<uuid:did>/title", views.title, name="study-title"),
    path(f"{STUDY}/<uuid:did>/put-away", views.put_away, name="study-put-away"),
    path(f"{STUDY}/<uuid:did>/names", name_views.names, name="study-names"),
    path(f"{STUDY}/<uuid:did>/no-names", name_views.no_names, name="study-no-names"),
]
