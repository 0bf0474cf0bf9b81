from django.urls import path

from sameboat.web import views

urlpatterns = [
    path("in/", views.shell, name="shell"),
    path("in/sw.js", views.service_worker, name="service-worker"),
    path("in/icon.png", views.icon, name="icon"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("release", views.release, name="release"),
    path("in/<path:rest>", views.shell),
]
