from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_privacy", "0008_change_doubts")]

    operations = [
        migrations.AddField("policy", "handed_over_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField(
            "policy", "handed_over_digests", models.JSONField(blank=True, default=list, editable=False)
        ),
    ]
