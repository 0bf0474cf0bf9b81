from django.urls import path

from sameboat.oversight import views

urlpatterns = [
    path("operator/without-reading", views.without_reading, name="operator-without-reading"),
    path("operator/without-reading/propose", views.propose, name="operator-act-propose"),
    path("operator/without-reading/<int:number>/confirm", views.confirm, name="operator-act-confirm"),
    path("operator/without-reading/<int:number>/put-aside", views.put_aside, name="operator-act-put-aside"),
    path("operator/without-reading/<int:number>/file", views.hand_over, name="operator-act-file"),
    path("operator/reports", views.reports, name="operator-reports"),
    path("operator/reports/away", views.away, name="operator-away"),
    path("operator/reports/<int:number>", views.report, name="operator-report"),
    path("operator/reports/<int:number>/sealed", views.carry_report, name="operator-report-sealed"),
    path("operator/reports/<int:number>/read", views.read_report, name="operator-report-read"),
    path("operator/reports/<int:number>/answer", views.answer_report, name="operator-report-answer"),
]
