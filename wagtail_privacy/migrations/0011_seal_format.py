from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_privacy", "0010_sending_tasks")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="seal_format",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="policy",
            name="chain_format",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="text",
            name="seal_format",
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("published", "Published"),
                    ("announced", "Announced"),
                    ("unpublished", "Unpublished"),
                    ("postponed", "Postponed"),
                    ("brought_forward", "Brought forward"),
                    ("withdrawn", "Withdrawn"),
                    ("corrected", "Corrected"),
                    ("translated", "Translated"),
                    ("told", "Told"),
                    ("sealed", "Sealed"),
                ],
                max_length=20,
            ),
        ),
    ]
