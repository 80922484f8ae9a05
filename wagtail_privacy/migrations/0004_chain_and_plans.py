from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("wagtail_privacy", "0003_notices"),
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
                ],
                "verbose_name": "privacy policy",
                "verbose_name_plural": "privacy policies",
            },
        ),
        migrations.AddField(
            model_name="event",
            name="by_key",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="event",
            name="fingerprints",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="event",
            name="position",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="event",
            name="predecessor",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="event",
            name="seal",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="notice",
            name="about",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="notice",
            name="head",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="policy",
            name="chain_head",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="policy",
            name="chain_length",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="text",
            name="corrected_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="text",
            name="fingerprints",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name="text",
            name="position",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="text",
            name="predecessor",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="text",
            name="seal",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("version", "kind", "about"), name="privacy_notice_about"),
        ),
        # After the new one: MariaDB keeps no foreign key without an index.
        migrations.RemoveConstraint(
            model_name="notice",
            name="privacy_notice_kind",
        ),
    ]
