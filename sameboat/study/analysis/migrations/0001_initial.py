import django.db.models.deletion
import sameboat.study.team.rows
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("study_fieldwork", "0001_initial"),
        ("study_team", "0001_initial"),
        ("study_themes", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrameworkCell",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("summary", models.TextField(blank=True, default="")),
                (
                    "participant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="study_fieldwork.participant",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="study_team.study"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cells",
                        to="study_themes.theme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_analysis_frameworkcell_by_study"),
                    models.UniqueConstraint(fields=("theme", "participant"), name="study_framework_cell_once"),
                    sameboat.study.team.rows.SameStudy(field="theme", name="study_framework_cell_theme_same_study"),
                    sameboat.study.team.rows.SameStudy(
                        field="participant", name="study_framework_cell_participant_same_study"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedQuery",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("text", models.TextField()),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="study_team.study"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_analysis_savedquery_by_study")
                ],
            },
        ),
    ]
