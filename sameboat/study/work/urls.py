"""Addresses of work that takes long."""

from django.urls import path

from sameboat.study.work import views

urlpatterns = [
    path("too-much", views.too_much, name="study-too-much"),
    path("work/<str:token>", views.going, name="study-work"),
    path("work/<str:token>/file", views.made, name="study-work-made"),
]
