import django.db.models.deletion
import sameboat.study.team.rows
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("study_coding", "0001_initial"),
        ("study_fieldwork", "0001_initial"),
        ("study_team", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "participant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_links",
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_checking_checklink_by_study"),
                    sameboat.study.team.rows.SameStudy(
                        field="participant", name="study_check_link_participant_same_study"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("agree", "yes, that may be quoted"),
                            ("amend", "yes, with a change"),
                            ("withdraw", "please take it out"),
                        ],
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "span",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_answers",
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
                    "link",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="study_checking.checklink",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_checking_checkanswer_by_study"),
                    models.UniqueConstraint(fields=("link", "span"), name="study_check_answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["agree", "amend", "withdraw"])),
                        name="study_check_answer_answer_known",
                    ),
                    sameboat.study.team.rows.SameStudy(field="link", name="study_check_answer_link_same_study"),
                    sameboat.study.team.rows.SameStudy(field="span", name="study_check_answer_span_same_study"),
                ],
            },
        ),
    ]
