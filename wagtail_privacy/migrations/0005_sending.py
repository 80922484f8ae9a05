import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_privacy", "0004_chain_and_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="policy",
            options={
                "permissions": [
                    ("lower_materiality", "Can publish a change as less important than proposed"),
                    ("shorten_notice", "Can announce a material change with less than the shortest notice period"),
                    ("publish_material", "Can publish a change that people must be told about"),
                    ("change_plan", "Can postpone, bring forward and withdraw an announced version"),
                    ("correct_history", "Can correct the wording of the history and of published texts"),
                    ("manage_notices", "Can pause, resume, retry and cancel notices"),
                ],
                "verbose_name": "privacy policy",
                "verbose_name_plural": "privacy policies",
            },
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
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("sending", "Sending"),
                    ("paused", "Paused"),
                    ("finished", "Finished"),
                    ("cancelled", "Cancelled"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="paused_because",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="notice",
            name="sealed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="alerted_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="notice",
            name="purged_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="as_of",
            field=models.PositiveIntegerField(null=True),
        ),
        # Before the index of the foreign key goes: MariaDB keeps none without one.
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("user", "notice"), name="privacy_delivery_person"),
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="privacy_delivery_user",
        ),
        migrations.AlterField(
            model_name="delivery",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="wagtail_privacy.notice",
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("digest", models.CharField(max_length=64)),
                ("subject", models.TextField()),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "wording of a notice",
                "verbose_name_plural": "wordings of notices",
                "ordering": ["notice", "language", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "language", "digest"), name="privacy_wording_digest")
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipt",
                        to="wagtail_privacy.delivery",
                    ),
                ),
                ("provider_id", models.CharField(db_index=True, max_length=128)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("delivered", "Delivered"),
                            ("bounced", "Bounced"),
                            ("complained", "Complained about"),
                        ],
                        default="accepted",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "receipt", "verbose_name_plural": "receipts"},
        ),
        migrations.CreateModel(
            name="Suppression",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(max_length=22, unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("bounced", "Bounced"),
                            ("complained", "Complained about"),
                            ("by hand", "By hand"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "suppressed address", "verbose_name_plural": "suppressed addresses"},
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("next_at", models.DateTimeField()),
            ],
            options={"verbose_name": "pace", "verbose_name_plural": "paces"},
        ),
    ]
