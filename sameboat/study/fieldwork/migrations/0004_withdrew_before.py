from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("study_fieldwork", "0003_gone"),
    ]

    operations = [
        migrations.CreateModel(
            name="WithdrewBefore",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
            ],
        ),
    ]
