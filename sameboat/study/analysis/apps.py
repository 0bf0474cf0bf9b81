from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "sameboat.study.analysis"
    label = "study_analysis"
    default_auto_field = "django.db.models.BigAutoField"
