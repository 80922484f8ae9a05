from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_privacy", "0011_seal_format")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("announced", "Announced"),
                    ("postponed", "Postponed"),
                    ("withdrawn", "Withdrawn"),
                    ("unpublished", "Unpublished"),
                ],
                default="announced",
                max_length=20,
            ),
        ),
    ]
