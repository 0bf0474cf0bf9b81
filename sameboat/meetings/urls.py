from django.urls import path

from sameboat.meetings import views

urlpatterns = [path("calendar/<str:secret>.ics", views.calendar, name="calendar")]
