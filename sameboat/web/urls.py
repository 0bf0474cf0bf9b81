from django.urls import path

from sameboat.web import views

urlpatterns = [
    path("in/", views.shell, name="shell"),
    path("release", views.release, name="release"),
    path("in/<path:rest>", views.shell),
]
