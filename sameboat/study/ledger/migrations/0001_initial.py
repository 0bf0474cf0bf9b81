import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("study_team", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("verb", models.CharField(max_length=40)),
                ("label", models.CharField(blank=True, default="", max_length=300)),
                ("kinds", models.CharField(blank=True, default="", max_length=300)),
                ("changes", models.TextField(default="[]")),
                ("undoable", models.BooleanField(default=True)),
                ("undone", models.BooleanField(default=False)),
                ("scrubbed", models.BooleanField(default=False)),
                (
                    "researcher",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="study_team.researcher",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="study_team.study",
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="study_ledger.entry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["study", "id"], name="study_entry_in_order"),
                    models.Index(fields=["study", "researcher", "id"], name="study_entry_by_person"),
                    models.Index(
                        condition=models.Q(("undoable", True), ("undoes", None), ("undone", False)),
                        fields=["study", "researcher", "id"],
                        name="study_entry_to_undo",
                    ),
                    models.Index(
                        condition=models.Q(("undoes__isnull", False), ("undone", False)),
                        fields=["study", "researcher", "id"],
                        name="study_entry_to_redo",
                    ),
                ],
            },
        ),
    ]
