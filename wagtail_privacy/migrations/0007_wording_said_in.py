from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_privacy", "0006_gate")]

    operations = [
        migrations.AddField(
            model_name="wording",
            name="said_in",
            field=models.CharField(default="", max_length=20),
            preserve_default=False,
        ),
    ]
