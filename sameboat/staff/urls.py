from django.urls import path

from sameboat.staff import views

urlpatterns = [
    path("operator/sign-in", views.sign_in, name="operator-sign-in"),
    path("operator/sign-out", views.sign_out, name="operator-sign-out"),
    path("operator/leave", views.leave, name="operator-leave"),
    path("operator/first/<int:number>/<slug:token>", views.first_time, name="operator-first-time"),
]
