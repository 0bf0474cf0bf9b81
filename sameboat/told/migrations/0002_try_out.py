from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("told", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="errand",
            name="kind",
            field=models.CharField(
                choices=[("waiting", "waiting"), ("meeting", "meeting"), ("ask", "ask"), ("try", "try")], max_length=7
            ),
        ),
    ]
