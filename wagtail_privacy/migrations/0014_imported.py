from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_privacy", "0013_review")]

    operations = [
        migrations.AddField(
            model_name="version",
            name="stated_on",
            field=models.CharField(blank=True, editable=False, max_length=10),
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
                    ("imported", "Imported"),
                    ("told", "Told"),
                    ("sealed", "Sealed"),
                ],
                max_length=20,
            ),
        ),
    ]
