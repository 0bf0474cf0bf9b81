from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "sameboat.study.ledger"
    label = "study_ledger"
    default_auto_field = "django.db.models.BigAutoField"
