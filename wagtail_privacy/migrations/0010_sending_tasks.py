import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wagtail_privacy", "0009_handed_over")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="warned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="SendingTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("token", models.UUIDField(unique=True)),
                ("due_at", models.DateTimeField()),
                ("lives_until", models.DateTimeField()),
                ("result_id", models.CharField(blank=True, max_length=64)),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="wagtail_privacy.notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "sending task",
                "verbose_name_plural": "sending tasks",
                "constraints": [models.UniqueConstraint(fields=("notice", "number"), name="privacy_sending_task")],
            },
        ),
    ]
