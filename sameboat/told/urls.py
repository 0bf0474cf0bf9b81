from django.urls import path

from sameboat.told import views

urlpatterns = [path("yes/<str:link>", views.yes, name="yes")]
