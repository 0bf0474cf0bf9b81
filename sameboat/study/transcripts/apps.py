from django.apps import AppConfig


class TranscriptsConfig(AppConfig):
    name = "sameboat.study.transcripts"
    label = "study_transcripts"
    default_auto_field = "django.db.models.BigAutoField"
