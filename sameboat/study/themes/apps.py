from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "sameboat.study.themes"
    label = "study_themes"
    default_auto_field = "django.db.models.BigAutoField"
