import django.core.validators
import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from wagtail_privacy.page_model import PAGE_MODEL, migrations_of_pages, of_policy_page


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_privacy", "0001_register"),
        *migrations_of_pages(),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(editable=False, unique=True)),
                ("source_language", models.CharField(editable=False, max_length=100)),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="Days between the announcement of a material change and the day it takes effect.",
                        validators=[django.core.validators.MaxValueValidator(366)],
                        verbose_name="notice period",
                    ),
                ),
                (
                    "floor_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        help_text="Fewer days than this need a permission and a written reason.",
                        validators=[django.core.validators.MaxValueValidator(366)],
                        verbose_name="shortest notice period",
                    ),
                ),
                (
                    "tells_users",
                    models.BooleanField(
                        default=True,
                        help_text="When a material change is published, each registered user gets one e-mail about it.",
                        verbose_name="tell registered users by e-mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "privacy policy",
                "verbose_name_plural": "privacy policies",
                "permissions": [
                    ("lower_materiality", "Can publish a change as less important than proposed"),
                    ("shorten_notice", "Can announce a material change with less than the shortest notice period"),
                ],
            },
        ),
        *of_policy_page(
            migrations.CreateModel(
                name="PolicyPage",
                fields=[
                    (
                        "page_ptr",
                        models.OneToOneField(
                            auto_created=True,
                            on_delete=django.db.models.deletion.CASCADE,
                            parent_link=True,
                            primary_key=True,
                            serialize=False,
                            to="wagtailcore.page",
                        ),
                    ),
                    ("body", wagtail.fields.StreamField([], blank=True, block_lookup={}, verbose_name="policy")),
                    (
                        "change_materiality",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("material", "Material"),
                                ("minor", "Minor"),
                                ("benefit", "To people’s advantage"),
                                ("editorial", "Editorial"),
                            ],
                            max_length=10,
                            verbose_name="must people be told?",
                        ),
                    ),
                    (
                        "change_summary",
                        models.TextField(blank=True, max_length=1000, verbose_name="summary of the change"),
                    ),
                    ("change_takes_effect", models.DateField(blank=True, null=True, verbose_name="takes effect on")),
                    ("change_reason", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                    ("change_base", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ],
                options={
                    "verbose_name": "privacy policy page",
                    "verbose_name_plural": "privacy policy pages",
                },
                bases=("wagtailcore.page",),
            ),
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("published_at", models.DateTimeField()),
                ("takes_effect_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "materiality",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("material", "Material"),
                            ("minor", "Minor"),
                            ("benefit", "To people’s advantage"),
                            ("editorial", "Editorial"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "proposed_materiality",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("material", "Material"),
                            ("minor", "Minor"),
                            ("benefit", "To people’s advantage"),
                            ("editorial", "Editorial"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("revision_id", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "builds_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtail_privacy.version",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="wagtail_privacy.policy",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["policy", "number"],
            },
        ),
        migrations.CreateModel(
            name="Text",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=100)),
                ("edition", models.PositiveIntegerField(default=1)),
                ("title", models.TextField()),
                ("summary", models.TextField(blank=True)),
                ("snapshot_json", models.JSONField()),
                ("changes_json", models.JSONField(default=list)),
                ("shown", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("sanitiser_version", models.PositiveIntegerField(default=1)),
                ("carried_over", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=PAGE_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="wagtail_privacy.version"
                    ),
                ),
            ],
            options={
                "verbose_name": "text",
                "verbose_name_plural": "texts",
                "ordering": ["version", "language", "edition"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("announced", "Announced"),
                            ("unpublished", "Unpublished"),
                            ("postponed", "Postponed"),
                            ("brought_forward", "Brought forward"),
                            ("withdrawn", "Withdrawn"),
                            ("corrected", "Corrected"),
                            ("translated", "Translated"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.TextField(blank=True)),
                ("data", models.JSONField(default=dict)),
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="wagtail_privacy.version"
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="version",
            index=models.Index(fields=["policy", "takes_effect_at"], name="privacy_version_effect"),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(fields=("policy", "number"), name="privacy_version_number"),
        ),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.UniqueConstraint(fields=("version", "language", "edition"), name="privacy_text_edition"),
        ),
    ]
