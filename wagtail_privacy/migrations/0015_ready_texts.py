import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_privacy", "0014_imported")]

    operations = [
        migrations.CreateModel(
            name="ReadyText",
            fields=[
                (
                    "text",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ready",
                        serialize=False,
                        to="wagtail_privacy.text",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("content", models.TextField()),
                ("seal", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
    ]
