from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("told", "0005_doorbell"),
    ]

    operations = [
        migrations.AddField(
            model_name="wish",
            name="rings",
            field=models.BooleanField(default=False),
        ),
    ]
