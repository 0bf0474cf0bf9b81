from django.apps import AppConfig


class ReportConfig(AppConfig):
    name = "sameboat.study.report"
    label = "study_report"
    default_auto_field = "django.db.models.BigAutoField"
