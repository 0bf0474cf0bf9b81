import django.db.models.deletion
import sameboat.study.team.rows
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("study_team", "0001_initial"),
        ("study_transcripts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=300)),
                ("definition", models.TextField(blank=True, default="")),
                ("include", models.TextField(blank=True, default="")),
                ("exclude", models.TextField(blank=True, default="")),
                ("example", models.TextField(blank=True, default="")),
                ("colour", models.CharField(max_length=7)),
                ("pattern", models.CharField(default="solid", max_length=12)),
                ("position", models.IntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[("code", "code"), ("category", "category")], default="code", max_length=8
                    ),
                ),
                ("properties", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField()),
                ("trashed_at", models.DateTimeField(null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="study_team.researcher",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="study_coding.code",
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_coding_code_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["code", "category"])), name="study_code_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="study_code_not_its_own_parent",
                    ),
                    sameboat.study.team.rows.SameStudy(field="parent", name="study_code_parent_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Memo",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "about_kind",
                    models.CharField(
                        choices=[
                            ("study", "the study"),
                            ("document", "a document"),
                            ("code", "a code"),
                            ("span", "a passage"),
                            ("theme", "a theme"),
                            ("participant", "a participant"),
                            ("group", "a group"),
                        ],
                        max_length=11,
                    ),
                ),
                ("about_id", models.UUIDField()),
                ("title", models.CharField(blank=True, default="", max_length=300)),
                ("text", models.TextField(blank=True, default="")),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("trashed_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="study_team.researcher",
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
                "indexes": [models.Index(fields=["study", "about_kind", "about_id"], name="study_memo_about")],
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_coding_memo_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("about_kind__in", ["study", "document", "code", "span", "theme", "participant", "group"])
                        ),
                        name="study_memo_about_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Span",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("start", models.IntegerField()),
                ("end", models.IntegerField()),
                ("created_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="study_team.researcher",
                    ),
                ),
                (
                    "code",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spans",
                        to="study_coding.code",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spans",
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
                "indexes": [
                    models.Index(fields=["document", "start"], name="study_span_in_document"),
                    models.Index(fields=["code", "document", "start"], name="study_span_of_code"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_coding_span_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start")), ("start__gte", 0)),
                        name="study_span_not_empty",
                    ),
                    sameboat.study.team.rows.SameStudy(field="document", name="study_span_document_same_study"),
                    sameboat.study.team.rows.SameStudy(field="code", name="study_span_code_same_study"),
                ],
            },
        ),
    ]
