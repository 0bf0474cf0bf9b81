from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("told", "0006_rings"),
    ]

    operations = [
        migrations.AddField(
            model_name="wish",
            name="looks_at",
            field=models.PositiveSmallIntegerField(default=None, null=True),
        ),
        migrations.AddField(
            model_name="wish",
            name="look_at",
            field=models.BigIntegerField(db_index=True, default=None, null=True),
        ),
        migrations.AlterField(
            model_name="errand",
            name="kind",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("meeting", "meeting"),
                    ("ask", "ask"),
                    ("try", "try"),
                    ("ring", "ring"),
                    ("look", "look"),
                ],
                max_length=7,
            ),
        ),
    ]
