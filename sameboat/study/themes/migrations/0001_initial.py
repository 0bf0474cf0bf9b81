import django.db.models.deletion
import sameboat.study.team.rows
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("study_coding", "0001_initial"),
        ("study_team", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Phase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("started_on", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("note", models.TextField(blank=True, default="")),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_themes_phase_by_study"),
                    models.UniqueConstraint(fields=("study", "number"), name="study_phase_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 6))), name="study_phase_one_of_six"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PointNote",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("note", models.TextField(blank=True, default="")),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_themes_pointnote_by_study"),
                    models.UniqueConstraint(fields=("study", "number"), name="study_point_note_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 15))), name="study_point_one_of_fifteen"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[("candidate", "candidate"), ("reviewed", "reviewed"), ("named", "named")],
                        default="candidate",
                        max_length=9,
                    ),
                ),
                ("central_idea", models.TextField(blank=True, default="")),
                ("definition", models.TextField(blank=True, default="")),
                ("colour", models.CharField(max_length=7)),
                ("order", models.IntegerField(default=0)),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_themes_theme_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["candidate", "reviewed", "named"])),
                        name="study_theme_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Misfit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("note", models.TextField(blank=True, default="")),
                (
                    "span",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="misfits",
                        to="study_coding.span",
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
                        related_name="misfits",
                        to="study_themes.theme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_themes_misfit_by_study"),
                    models.UniqueConstraint(fields=("theme", "span"), name="study_misfit_once"),
                    sameboat.study.team.rows.SameStudy(field="theme", name="study_misfit_theme_same_study"),
                    sameboat.study.team.rows.SameStudy(field="span", name="study_misfit_span_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThemeCode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "code",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="theme_codes",
                        to="study_coding.code",
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
                        related_name="theme_codes",
                        to="study_themes.theme",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_themes_themecode_by_study"),
                    models.UniqueConstraint(fields=("theme", "code"), name="study_theme_code_once"),
                    sameboat.study.team.rows.SameStudy(field="theme", name="study_theme_code_theme_same_study"),
                    sameboat.study.team.rows.SameStudy(field="code", name="study_theme_code_code_same_study"),
                ],
            },
        ),
    ]
