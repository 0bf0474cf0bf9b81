from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circles", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="admitted_position",
            field=models.PositiveBigIntegerField(db_default=0, default=0),
        ),
    ]
