from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("raw", models.BinaryField()),
                ("recipient", models.EmailField(db_index=True, max_length=254)),
                ("subject", models.TextField()),
                ("language", models.CharField(blank=True, max_length=20)),
                ("sent_at", models.DateTimeField(db_index=True)),
            ],
            options={"ordering": ["-sent_at", "-pk"]},
        ),
    ]
