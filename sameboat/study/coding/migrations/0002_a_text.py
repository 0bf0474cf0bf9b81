"""One word for a text wherever a memo says what it is about; nothing in the database changes."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("study_coding", "0001_initial")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="memo",
            name="about_kind",
            field=models.CharField(
                choices=[
                    ("study", "the study"),
                    ("document", "a text"),
                    ("code", "a code"),
                    ("span", "a passage"),
                    ("theme", "a theme"),
                    ("participant", "a participant"),
                    ("group", "a group"),
                ],
                max_length=11,
            ),
        ),
    ]
