from django.apps import AppConfig


class WithdrawalConfig(AppConfig):
    name = "sameboat.study.withdrawal"
    label = "study_withdrawal"
    default_auto_field = "django.db.models.BigAutoField"
