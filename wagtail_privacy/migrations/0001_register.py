import wagtail.search.index
from django.core.validators import MaxLengthValidator
from django.db import migrations, models

from wagtail_privacy.localized import localized

KEY = (
    "key",
    models.SlugField(
        blank=True,
        help_text="Names the entry in every language and version. Made from the name; do not change it later.",
        max_length=100,
        unique=True,
        verbose_name="key",
    ),
)


def text(verbose_name, **kwargs):
    return lambda: models.TextField(verbose_name=verbose_name, **kwargs)


class Migration(migrations.Migration):
    """The register, with columns for the content languages that the site has when this runs."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DataCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                KEY,
                *localized("name", field=text("category", validators=[MaxLengthValidator(255)])),
                *localized("description", field=text("examples", blank=True)),
                ("special", models.BooleanField(default=False, verbose_name="special category (Art. 9)")),
                (
                    "criminal",
                    models.BooleanField(default=False, verbose_name="criminal convictions and offences (Art. 10)"),
                ),
                (
                    "national_id",
                    models.BooleanField(default=False, verbose_name="national identity number (Art. 87)"),
                ),
            ],
            options={
                "verbose_name": "category of personal data",
                "verbose_name_plural": "categories of personal data",
                "ordering": ["key"],
            },
            bases=(wagtail.search.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                KEY,
                ("name", models.CharField(blank=True, max_length=255, verbose_name="name")),
                *localized("category", field=text("category of recipient", blank=True)),
                ("role", models.CharField(blank=True, max_length=30, verbose_name="role")),
                *localized("data", field=text("which data", blank=True)),
                *localized("purpose", field=text("what for", blank=True)),
                *localized("condition", field=text("only if", blank=True)),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
            ],
            options={
                "verbose_name": "recipient",
                "verbose_name_plural": "recipients",
                "ordering": ["key"],
            },
            bases=(wagtail.search.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                KEY,
                *localized("applies_to", field=text("applies to")),
                ("duration", models.CharField(blank=True, max_length=20, verbose_name="period")),
                ("at_most", models.BooleanField(default=False, verbose_name="at most")),
                *localized("starts", field=text("counted from", blank=True)),
                *localized("criteria", field=text("criteria", blank=True)),
                *localized("reason", field=text("reason", blank=True)),
            ],
            options={
                "verbose_name": "storage period",
                "verbose_name_plural": "storage periods",
                "ordering": ["key"],
            },
            bases=(wagtail.search.index.Indexed, models.Model),
        ),
    ]
