import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wagtail_privacy.page_model import PAGE_MODEL, migrations_of_pages


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_privacy", "0005_sending"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        *migrations_of_pages(),
    ]

    operations = [
        migrations.AddField(
            model_name="policy",
            name="required_languages",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text=(
                    "A change is held until it is published in each of these languages too; then it is released, "
                    "announced and told in all of them at once."
                ),
                verbose_name="required languages",
            ),
        ),
        migrations.AddField(
            model_name="policy",
            name="translation_days",
            field=models.PositiveSmallIntegerField(
                default=7,
                help_text=(
                    "Days that the e-mail to those who read another language waits for the text in it. Then they "
                    "are told in the language of the original."
                ),
                validators=[django.core.validators.MaxValueValidator(366)],
                verbose_name="waiting for translations",
            ),
        ),
        migrations.CreateModel(
            name="PendingText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=100)),
                ("since", models.DateTimeField()),
                ("revision_id", models.PositiveBigIntegerField(blank=True, null=True)),
                ("answers", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("snapshot_json", models.JSONField()),
                ("shown", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=PAGE_MODEL),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pending_texts",
                        to="wagtail_privacy.policy",
                    ),
                ),
            ],
            options={
                "verbose_name": "pending text",
                "verbose_name_plural": "pending texts",
                "ordering": ["policy", "language"],
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "language"), name="privacy_pending_language")
                ],
            },
        ),
    ]
