import django.db.models.deletion
import django.db.models.functions.text
import sameboat.study.team.rows
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("study_team", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentForm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("text", models.TextField(blank=True, default="")),
                ("dated", models.DateField()),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_consentform_by_study"),
                    models.UniqueConstraint(fields=("study", "version"), name="study_consent_form_version_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("order", models.IntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interview", "to be interviewed"),
                            ("quotation", "to be quoted"),
                            ("recording", "to be recorded"),
                            ("archive", "to be kept in an archive"),
                            ("contact", "to be asked again"),
                            ("other", "something else"),
                        ],
                        max_length=9,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "form",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="study_fieldwork.consentform",
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_consentitem_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["interview", "quotation", "recording", "archive", "contact", "other"])
                        ),
                        name="study_consent_item_kind_known",
                    ),
                    sameboat.study.team.rows.SameStudy(field="form", name="study_consent_item_form_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("text", models.TextField()),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_criterion_by_study")
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("letter", models.CharField(max_length=4)),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("note", models.TextField(blank=True, default="")),
                ("properties", models.JSONField(default=dict)),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_group_by_study"),
                    models.UniqueConstraint(
                        models.F("study"),
                        django.db.models.functions.text.Lower("letter"),
                        name="study_group_letter_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Candidate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("place", models.CharField(blank=True, default="", max_length=200)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("miles", models.FloatField(null=True)),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                ("criteria", models.JSONField(default=dict)),
                ("invited_on", models.DateField(null=True)),
                ("answered_on", models.DateField(null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("", "no answer yet"), ("yes", "yes"), ("no", "no"), ("later", "perhaps later")],
                        default="",
                        max_length=5,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="study_team.study"
                    ),
                ),
                (
                    "became",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="study_fieldwork.group",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_candidate_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "yes", "no", "later"])),
                        name="study_candidate_answer_known",
                    ),
                    sameboat.study.team.rows.SameStudy(field="became", name="study_candidate_became_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuideVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=20)),
                ("dated", models.DateField()),
                ("text", models.TextField(blank=True, default="")),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_guideversion_by_study"),
                    models.UniqueConstraint(fields=("study", "version"), name="study_guide_version_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=20)),
                ("note", models.TextField(blank=True, default="")),
                ("properties", models.JSONField(default=dict)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="study_fieldwork.group",
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_participant_by_study"),
                    models.UniqueConstraint(
                        models.F("study"),
                        django.db.models.functions.text.Lower("code"),
                        name="study_participant_code_once",
                    ),
                    sameboat.study.team.rows.SameStudy(field="group", name="study_participant_group_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("signed_on", models.DateField()),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("paper", "on paper"),
                            ("online", "on a screen"),
                            ("recorded", "said on the recording"),
                            ("witnessed", "said before a witness"),
                        ],
                        max_length=9,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="study_team.study"
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="study_fieldwork.consentform",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="study_fieldwork.participant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_consent_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["paper", "online", "recorded", "witnessed"])),
                        name="study_consent_how_known",
                    ),
                    sameboat.study.team.rows.SameStudy(
                        field="participant", name="study_consent_participant_same_study"
                    ),
                    sameboat.study.team.rows.SameStudy(field="form", name="study_consent_form_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("given", models.BooleanField()),
                (
                    "consent",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="study_fieldwork.consent",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="study_team.study"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="study_fieldwork.consentitem",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_consentanswer_by_study"),
                    models.UniqueConstraint(fields=("consent", "item"), name="study_consent_answer_once"),
                    sameboat.study.team.rows.SameStudy(field="consent", name="study_consent_answer_consent_same_study"),
                    sameboat.study.team.rows.SameStudy(field="item", name="study_consent_answer_item_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interview",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("held_on", models.DateField()),
                ("place_kind", models.CharField(blank=True, default="", max_length=100)),
                ("minutes", models.PositiveIntegerField(null=True)),
                ("note", models.TextField(blank=True, default="")),
                (
                    "guide",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="study_fieldwork.guideversion",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, to="study_team.study"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interviews",
                        to="study_fieldwork.participant",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_interview_by_study"),
                    sameboat.study.team.rows.SameStudy(
                        field="participant", name="study_interview_participant_same_study"
                    ),
                    sameboat.study.team.rows.SameStudy(field="guide", name="study_interview_guide_same_study"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("participant_code", models.CharField(max_length=20)),
                (
                    "scope",
                    models.CharField(
                        choices=[("interview", "from one interview"), ("study", "from the whole study")], max_length=9
                    ),
                ),
                ("at", models.DateTimeField()),
                ("removed", models.JSONField(default=dict)),
                ("cannot_recall", models.TextField(blank=True, default="")),
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
                    models.UniqueConstraint(fields=("study", "id"), name="study_fieldwork_withdrawal_by_study"),
                    models.CheckConstraint(
                        condition=models.Q(("scope__in", ["interview", "study"])), name="study_withdrawal_scope_known"
                    ),
                ],
            },
        ),
    ]
