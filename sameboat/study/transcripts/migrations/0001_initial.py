import django.db.models.deletion
import sameboat.study.team.rows
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("study_fieldwork", "0001_initial"),
        ("study_team", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=300)),
                (
                    "kind",
                    models.CharField(
                        choices=[("transcript", "transcript"), ("notes", "field notes"), ("other", "other text")],
                        default="transcript",
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("length", models.PositiveIntegerField()),
                ("words", models.PositiveIntegerField()),
                ("source_name", models.CharField(blank=True, default="", max_length=300)),
                ("source_format", models.CharField(blank=True, default="", max_length=20)),
                ("encoding", models.CharField(blank=True, default="", max_length=40)),
                ("imported_at", models.DateTimeField()),
                (
                    "stage",
                    models.CharField(
                        choices=[("raw", "as it came"), ("anonymised", "names taken out")], default="raw", max_length=10
                    ),
                ),
                ("locked_at", models.DateTimeField(null=True)),
                ("trashed_at", models.DateTimeField(null=True)),
                ("properties", models.JSONField(default=dict)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="study_fieldwork.group",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="study_fieldwork.interview",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="study_fieldwork.participant",
                    ),
                ),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_transcripts_document_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["transcript", "notes", "other"])),
                        name="study_document_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["raw", "anonymised"])), name="study_document_stage_known"
                    ),
                    sameboat.study.team.rows.SameStudy(field="interview", name="study_document_interview_same_study"),
                    sameboat.study.team.rows.SameStudy(
                        field="participant", name="study_document_participant_same_study"
                    ),
                    sameboat.study.team.rows.SameStudy(field="group", name="study_document_group_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("path", models.CharField(max_length=200)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recordings",
                        to="study_transcripts.document",
                    ),
                ),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_transcripts_recording_by_study"),
                    sameboat.study.team.rows.SameStudy(field="document", name="study_recording_document_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplacementKey",
            fields=[
                (
                    "study",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="replacement_key",
                        serialize=False,
                        to="study_team.study",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("salt", models.BinaryField(max_length=16)),
                ("updated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("index", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("speaker", models.CharField(blank=True, default="", max_length=100)),
                (
                    "role",
                    models.CharField(
                        choices=[("interviewer", "asks"), ("participant", "takes part"), ("other", "somebody else")],
                        default="participant",
                        max_length=11,
                    ),
                ),
                ("seconds", models.FloatField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="study_transcripts.document",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="study_team.study"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("document", "index"), name="study_turn_index_once"),
                    models.CheckConstraint(
                        condition=models.Q(("start__lte", models.F("end"))), name="study_turn_not_backwards"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["interviewer", "participant", "other"])),
                        name="study_turn_role_known",
                    ),
                    sameboat.study.team.rows.SameStudy(field="document", name="study_turn_document_same_study"),
                ],
            },
        ),
    ]
